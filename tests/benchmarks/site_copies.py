"""Copies of the samples' rows, as many as asked: other ids, addresses, days, sites, names and words.

Words are made up: each copy has the letters of its sample exchanged, so that spans still hold. The n-th
alphabet, site and name is as frequent as 1 / n (Zipf's law). One copy in fifty is a later version of
the copy before. The same number of copies gives the same rows.
"""

import random
import string
from pathlib import Path

import duckdb

from warehouse.schema.column import keys_of
from warehouse.schema.ddl import path_literal
from warehouse.schema.tables import TABLES
from warehouse.site_memory import COHORTS

ALPHABETS, NAMES = 1_000, 200  # of the latter, as many for each entity of the samples
DOCUMENTS_A_SITE = 5_000  # on average, of each site of the samples
COPIES_AT_ONCE = 334
VOWELS = "aeiou"
CONSONANTS = "".join(sorted(set(string.ascii_lowercase) - set(VOWELS)))
LETTERS = VOWELS + CONSONANTS + (VOWELS + CONSONANTS).upper()
# What a copy c gets anew; all else is that of the sample.
WORDS = ("text", "title", "author", "sentence", "subject", "counted", "surface", "speaker",
         "speaker_surface", "relayed_by", "line")  # fmt: skip
ENTITIES = ("entity_id", "relayed_by_entity_id")
IDS = ("document_id", "article_id", "other_article_id")
DAYS = ("published_on", "first_published_on", "last_published_on")
CHANGED = {
    **{name: f"translate({name}, '{LETTERS}', c.letters)" for name in WORDS},
    **{name: f"{name} || c.name_ending" for name in ENTITIES},
    **{name: f"sha256({name} || '#' || c.k)" for name in IDS},
    **{name: f"{name} + c.days" for name in DAYS},
    "name": "name || c.name_ending",
    "story_id": "(SELECT name FROM story_names AS s WHERE s.k = c.k AND s.story_id = t.story_id)",
    "story_key": "if(c.k % 1000 = 0, story_key, left(sha256(story_key || c.k), 16))",
    "site": "c.site_start || coalesce(site, 'news.example')",
    "url": "coalesce(url, 'https://news.example/' || left({key}, 8)) || '?copy=' || c.place",
    "address": "coalesce(address, '') || '?copy=' || c.place",
    "captured_at": "coalesce(captured_at, TIMESTAMPTZ '2014-06-01') + to_days(c.days + c.k - c.place)",
    "source_uri": "regexp_replace(source_uri, '.*/', 'captures/' || c.k || '/')",
    "first_run_id": "c.run_id",
}
COPIED = [
    name
    for name in TABLES
    if name
    not in ("entities", "runs", "expectation_results", "run_sites", "run_languages", "quarantine",
            "schema_versions", "site_lines", "article_versions")
]  # fmt: skip
PREPARE = f"""
CREATE TEMP MACRO drawn(k, what) AS ('0x' || left(md5(k || what), 8))::UBIGINT / 4294967296;
CREATE TEMP MACRO zipf(k, what, most) AS CAST(floor(pow(most + 1, drawn(k, what))) - 1 AS BIGINT);
CREATE TEMP TABLE copies AS
    WITH drawn AS (
        SELECT k, k - CAST(k % 50 = 1 AS BIGINT) AS place, zipf(k, 'word', {ALPHABETS}) AS alphabet,
            zipf(k, 'name', {NAMES}) AS name, zipf(place, 'site', $sites) AS site
        FROM range($copies) AS r(k)
    )
    SELECT k, place, letters, run_id, CAST(k * 3000 // $copies AS INTEGER) AS days,
        if(name = 0, '', '-' || name) AS name_ending,
        if(site = 0, '', 'n' || site || '.') AS site_start
    FROM drawn JOIN alphabets USING (alphabet)
    JOIN nights ON i = k * (SELECT count(*) FROM nights) // $copies;
CREATE TEMP TABLE story_names AS
    SELECT k, story_id, 's-' || left(min(sha256(article_id || '#' || k)), 12) AS name
    FROM copies, base.articles WHERE story_id IS NOT NULL GROUP BY ALL;
INSERT INTO entities BY NAME FROM base.entities;
INSERT INTO entities BY NAME
    SELECT e.* REPLACE (entity_id || '-' || n AS entity_id, name || '-' || n AS name, 'person' AS kind,
        CAST([] AS VARCHAR[]) AS aliases, NULL AS wikidata_id, true AS is_candidate)
    FROM range(1, {NAMES}) AS r(n), base.entities AS e ORDER BY n, entity_id;
"""
# Documents of a site were compared in cohorts.
MEMBERS = """
CREATE TEMP TABLE site_members AS
    SELECT p.document_id, p.site, p.address, p.captured_at, d.cleaner_version
    FROM site_pages AS p JOIN documents AS d USING (document_id);
"""
COMPARED = """
UPDATE site_pages SET cohort = c.cohort FROM site_cohorts AS c
WHERE c.document_id = site_pages.document_id;
"""
# A name that only an article introduces has one that does.
CANDIDATES = """
INSERT INTO candidates BY NAME
    SELECT min(article_id) AS article_id, entity_id, any_value(name) AS name
    FROM mentions JOIN entities USING (entity_id)
    WHERE is_candidate AND entity_id NOT IN (SELECT entity_id FROM candidates) GROUP BY entity_id;
"""


def copy_samples(db: duckdb.DuckDBPyConnection, documents: int) -> int:
    """Write the copies to an open file with `base` attached and the table `nights`; return how many."""
    copies = -(-documents // db.execute("SELECT count(*) FROM base.documents").fetchall()[0][0])
    db.execute("CREATE TEMP TABLE alphabets (alphabet BIGINT, letters VARCHAR)")
    db.executemany("INSERT INTO alphabets VALUES (?, ?)", [(n, alphabet(n)) for n in range(ALPHABETS)])
    known = {"copies": copies, "sites": documents // DOCUMENTS_A_SITE}
    for statement in db.extract_statements(PREPARE):
        db.execute(statement, {name: known[name] for name in statement.named_parameters})
    for start in range(0, copies, COPIES_AT_ONCE):
        db.execute("BEGIN")  # each commit writes a checkpoint
        for table in COPIED:
            copy_table(db, table, f"k >= {start} AND k < {start + COPIES_AT_ONCE}")
        db.execute("COMMIT")
    for statement in (CANDIDATES, MEMBERS, COHORTS, COMPARED):
        db.execute(statement)
    return copies


def alphabet(number: int) -> str:
    """Return LETTERS in another order, vowels for vowels; 0 is the alphabet as it is."""
    drawn = random.Random(number)
    groups = [VOWELS, CONSONANTS]
    lower = "".join(
        group if number == 0 else "".join(drawn.sample(group, len(group))) for group in groups
    )
    return lower + lower.upper()


def copy_table(db: duckdb.DuckDBPyConnection, table: str, which: str) -> None:
    """Write the rows of a table for some copies, in the order in which a load writes them."""
    columns = [row[0] for row in db.execute(f"DESCRIBE base.{table}").fetchall()]
    key = "document_id" if "document_id" in columns else "article_id"
    changed = ", ".join(
        f"{CHANGED[name].replace('{key}', key)} AS {name}" for name in columns if name in CHANGED
    )
    if table == "story_links":  # a pair is told in the order of its ids
        pair = "sha256(article_id || '#' || k), sha256(other_article_id || '#' || k)"
        changed = f"least({pair}) AS article_id, greatest({pair}) AS other_article_id"
    db.execute(f"""INSERT INTO {table} BY NAME
        SELECT t.* REPLACE ({changed}) FROM (FROM copies WHERE {which}) AS c, base.{table} AS t
        ORDER BY c.run_id, {", ".join(keys_of(TABLES[table]))}""")


def write_raw(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write a raw store for the documents of an open file; the bytes are their texts."""
    folder.mkdir(parents=True)
    for (run_id,) in db.execute("SELECT DISTINCT first_run_id FROM documents ORDER BY ALL").fetchall():
        db.execute(f"""COPY (
            SELECT document_id, source_uri, url, NULL::VARCHAR AS title, captured_at,
                NULL::VARCHAR AS content_type, NULL::VARCHAR AS author, NULL::VARCHAR AS published,
                encode(text) AS content
            FROM documents WHERE first_run_id = '{run_id}' ORDER BY document_id
        ) TO {path_literal(folder / f"{run_id}.parquet")} (FORMAT parquet, COMPRESSION zstd)""")
