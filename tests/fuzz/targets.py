"""What is fuzzed: readers, decoder, renderer, splitter, facts, cleaner, `winnow sql`, arguments."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from flows.commands.main import winnow
from tests.hostile.test_fuzz_readers import VALID, Memory, assert_well_formed, mutations
from tests.house.test_invariants import TEXTS
from tests.loading import capture_of, run
from transforms.blocks.decode import Decoded, decode
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.blocks.split import split_text
from transforms.captures.capture import Rejected
from transforms.captures.inputs import InputFile
from transforms.captures.readers import read_captures
from transforms.clean import Cleaned, clean
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.language.sentences import split_sentences

WORDS = st.sampled_from(
    "“ ” \" ' ‘ ’ « » said says told Jane Doe Mr. Li Reuters BEIJING 40 2014 1,000 7.5 million % $ "
    "May 30 accounts of and the \n . , : ; ! ? — - ( ) [ ] # * 年 月 日 五 百 万 说 表示 中国 “我们 ” "
    "sagte Müller zwei Millionen Euro dit-il trois cents \u200b \u202e \u0301 \ufffd é "
    "Å\u030a 😀 \x1b \x9b".split(" ")
)
SALAD = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join), TEXTS)
LANGUAGES = st.sampled_from(
    ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh", "ja", "und", "xx"]
)
TAGS = st.sampled_from(
    "<p> </p> <div> </div> <br> <a href=/x> </a> <ul> <li> <table> <tr> <td> <pre> <!-- "
    "--> <script> "
    "</script> <style> <svg> <template> <noscript> <title> <meta charset=utf-7> <b> &amp; "
    "&#x1b; &#xd800; "
    "<h1> <article> <math> <select> <option> <base href=x> <html> <body> <p hidden> "
    "<![CDATA[ ]]>".split(" ")
)
MARKUP = st.lists(st.one_of(TAGS, WORDS, st.text(max_size=20)), max_size=80).map(" ".join)
DAMAGED = st.sampled_from(list(VALID)).flatmap(lambda kind: mutations(VALID[kind]))
TYPES = st.one_of(
    st.none(), st.sampled_from(["text/html", "text/plain; charset=x", "utf-7", "\x00", "a" * 999])
)
SQL = st.lists(
    st.sampled_from(
        "SELECT FROM COPY TO ATTACH DETACH USE SET RESET PRAGMA CALL INSTALL LOAD EXPORT "
        "IMPORT CREATE DROP "
        "DELETE INSERT UPDATE INTO VALUES TABLE VIEW MACRO SECRET * ( ) , ; 1 'x' "
        "'/tmp/winnow-fuzz' documents "
        "segments memory warehouse temp main AS read_csv read_text glob query DATABASE "
        "VARIABLE PREPARE "
        "EXECUTE EXPLAIN ANALYZE BEGIN COMMIT ROLLBACK CHECKPOINT VACUUM LIMIT WHERE = $a "
        "? -- /* */ \\ \x00".split(" ")
    ),
    max_size=12,
).map(" ".join)
ARGUMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            "--json --csv --raw --all --max-age --runs --format --table --warehouse "
            "--help -h --version -- - "
            "26h 9999999999d 0 -1 x csv jsonl parquet documents show list".split(" ")
        ),
        st.text(st.characters(exclude_characters="\0"), max_size=12),  # no argument can hold NUL
    ),
    max_size=5,
)
# Those that look; the others start a server, or wait for one.
COMMANDS = st.sampled_from(["status", "explain", "sql", "quarantine", "doctor", "export", "nothing", ""])


TARGETS: dict[str, Callable[[], Callable[[], None]]] = {}


def target(*strategies: st.SearchStrategy) -> Callable:
    """Register a function as a target: what makes a new test of it."""

    def register(function: Callable) -> Callable:
        TARGETS[function.__name__] = lambda: given(*strategies)(function)
        return function

    return register


@target(st.one_of(st.binary(max_size=600), SALAD.map(lambda text: text.encode("utf-16"))), TYPES)
def decoder(content, content_type):
    found = decode(content, content_type)
    assert isinstance(found, Decoded | Rejected)


@target(MARKUP)
def renderer(html):
    rendering = render_page(Page(html))
    for block in rendering.blocks:
        assert rendering.text[block.start_char : block.end_char] == block.text


@target(DAMAGED)
def readers(content):
    for outcome in read_captures(InputFile("a.file", "a.file", Memory(content))):
        assert_well_formed(outcome)


@target(SALAD, LANGUAGES)
def splitter(text, language):
    for block in split_text(text):
        assert text[block.start_char : block.end_char] == block.text
    ends = [(span.start, span.end) for span in split_sentences(text, language)]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in ends)


@target(SALAD, LANGUAGES)
def facts(text, language):
    found = extract_facts("a" * 64, text, read_entities(), language)
    for rows, column in (
        (found.quotes, "text"),
        (found.quantities, "text"),
        (found.mentions, "surface"),
    ):
        for row in rows:
            assert text[row.start_char : row.end_char] == getattr(row, column)


@target(st.one_of(SALAD, MARKUP), TYPES)
def cleaner(text, content_type):
    cleaned = clean(capture_of(text.encode("utf-8", "surrogatepass"), content_type=content_type))
    if isinstance(cleaned, Cleaned):
        (document,), at = cleaned.documents, 0
        for segment in cleaned.segments:
            assert segment.start_char == at
            at = segment.end_char
        assert at == len(document.text)


@target(SQL)
def sql(query):
    database = _warehouse()
    before = database.read_bytes(), sorted(database.parent.iterdir())
    _call(["sql", "--warehouse", str(database), "--", query])
    assert (database.read_bytes(), sorted(database.parent.iterdir())) == before
    assert not Path("/tmp/winnow-fuzz").exists()


@target(COMMANDS, ARGUMENTS)
def arguments(command, given_):
    with CliRunner().isolated_filesystem():
        _call([*filter(None, [command]), *given_], env={"WINNOW_WAREHOUSE": str(_warehouse())})


def _call(arguments: list[str], env: dict[str, str] | None = None) -> None:
    """Call the command line; what it raises must be what `main` puts into words."""
    from warehouse.errors import WarehouseError

    done = CliRunner().invoke(winnow, arguments, env=env, input="")
    said_in_words = SystemExit | click.ClickException | WarehouseError | OSError
    if done.exception is not None and not isinstance(done.exception, said_in_words):
        raise done.exception


@cache
def _warehouse() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="winnow-fuzz-"))
    text = "The office said on Monday that the campaign would last for a month and cover all. " * 5
    (folder / "a.txt").write_text(text)
    run(folder / "w.duckdb", folder / "a.txt")
    return folder / "w.duckdb"
