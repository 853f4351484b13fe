"""What cleaning makes of any article keeps the contracts of the tables, so that none is quarantined."""

import json
from collections import defaultdict

import duckdb
import pytest

from tests.benchmarks.articles import PARTS, read_articles
from tests.benchmarks.own_pages import read_pages
from tests.house.test_cases import RECORDS, cleaned_of
from tests.loading import ROOT, capture_of
from transforms.captures.capture import Rejected
from transforms.clean import clean
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from warehouse.schema.arrow import arrow_table
from warehouse.schema.ddl import table_sql
from warehouse.schema.document_tables import DOCUMENT_TABLES


def articles():
    for part in PARTS:
        for article in read_articles(part):
            yield clean(capture_of(article.text.encode(), content_type="text/plain"))


def pages():
    for kind, content_type in (("html", "text/html"), ("flat.txt", "text/plain")):
        for page in read_pages(kind):
            yield clean(capture_of(page.content.encode(), content_type=content_type))


def cases():
    yield from map(cleaned_of, RECORDS)


def sentences():
    for file in sorted((ROOT / "seeds" / "languages").glob("*/examples.json")):
        for number, example in enumerate(json.loads(file.read_text(encoding="utf-8"))):
            article_id = f"{hash((file.parent.name, number)) % 16**15:064x}"
            yield extract_facts(article_id, example["text"], read_entities(), file.parent.name)


@pytest.mark.parametrize("made", [articles, pages, cases, sentences])
def test_rows_keep_the_contracts_of_their_tables(made):
    rows = defaultdict(list)
    for one in made():
        for table in [] if isinstance(one, Rejected) else DOCUMENT_TABLES:
            rows[table] += getattr(one, table, ())
    assert len(rows["quotes"]) > 5
    with duckdb.connect() as db:
        for table in DOCUMENT_TABLES:
            for statement in table_sql(table):
                db.execute(statement)
            staged = arrow_table(table, rows[table])
            db.execute(f"INSERT INTO {table} SELECT * FROM staged")
            assert db.sql(f"FROM {table}").to_arrow_table().num_rows == staged.num_rows
