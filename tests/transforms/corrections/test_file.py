"""The file of corrections: what is not valid is named with its line, and hostile content is harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.corrections.correction import Correction
from transforms.corrections.read_file import make_corrections, read_corrections
from transforms.corrections.write_file import add_corrections, insert
from transforms.corrections.yaml_nodes import YamlFault, parse_yaml

ID, OTHER = "0a" * 32, "0b" * 32
GOOD = f"""\
corrections:
- remove: 'Read also: no'
  above: ''
  below: The gates…
  document: {ID}
  address: https://post.example/a
  by: Ines
  made_on: 2026-11-28
  reason: a teaser
- title: 2014
  document: {ID}
  by: Ines
  reason: yes
sites:
  post.example:
    name: The Post
    language: en-GB
    time_zone: Europe/London
    boilerplate:
    - line: The Post comes out on Fridays
    text:
    - path: div.story > p.note
"""
ENTRY = f"- title: Gates\n  document: {ID}\n  by: Ines\n  reason: r\n"


def read(text):
    return make_corrections(parse_yaml(text))


def test_file_is_read_and_every_value_is_a_text():
    found = read(GOOD)
    first, second = found.corrections
    assert (first.kind, first.value, first.below, first.number) == (
        "remove",
        "Read also: no",
        "The gates…",
        2,
    )
    assert (second.value, second.reason) == ("2014", "yes")
    (site,) = found.sites.values()
    assert (site.name, site.language, str(site.zone)) == ("The Post", "en-gb", "Europe/London")


def test_date_may_be_unknown():
    (one,) = read(f"corrections:\n{ENTRY.replace('title: Gates', 'date: unknown')}").corrections
    assert one.value == "unknown"


@pytest.mark.parametrize("text", ["", "# nothing\n", "corrections:\n", "corrections: []\n", "---\n"])
def test_empty_file_decides_nothing(text):
    assert read(text).corrections == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("corrections:\n- [1", 3, "not valid YAML"),
        ("correction:\n", 1, "has no 'correction'"),
        ("corrections:\n  a: b\n", 2, "must be a list"),
        (f"corrections:\n{ENTRY}- by: x\n", 6, "needs one of keep, remove, title, author, date"),
        (f"corrections:\n{ENTRY}  keep: a\n", 2, "it has 2"),
        (f"corrections:\n{ENTRY}  color: red\n", 6, "has no 'color'"),
        (f"corrections:\n{ENTRY}  by: Lu\n", 6, "'by' twice"),
        ("corrections:\n- title: a\n  by: x\n", 2, "has no document, reason"),
        (f"corrections:\n{ENTRY.replace(ID, 'abc')}", 3, "64 hex digits"),
        (f"corrections:\n{ENTRY}  occurrence: 2\n", 2, "occurrence does not go with title"),
        (f"corrections:\n{ENTRY}  made_on: soon\n", 6, "2014-05-30"),
        (f"corrections:\n{ENTRY}  made_on: unknown\n", 6, "2014-05-30"),
        (f"corrections:\n{ENTRY.replace('title: Gates', 'date: May 3')}", 2, "2014-05-30"),
        (f"corrections:\n{ENTRY.replace('Gates', '[a]')}", 2, "must be a text"),
        (
            f"corrections:\n{ENTRY}{ENTRY.replace('Gates', 'Open')}",
            6,
            "contradicts line 2 about the title",
        ),
        ("sites:\n  post.example:\n    time_zone: Mars/Base\n", 3, "Europe/Berlin"),
        ("sites:\n  post.example:\n    time_zone: ../../etc/passwd\n", 3, "Europe/Berlin"),
        ("sites:\n  post.example:\n    text:\n    - path: 'a{b}'\n", 4, "no path"),
        (
            "sites:\n  post.example:\n    text:\n    - line: a\n    boilerplate:\n    - line: a\n",
            3,
            "both",
        ),
        ("sites:\n  http://a/b:\n    name: x\n", 3, "no site"),
        ("a: &x [1]\nb: *x\n", 2, "an alias"),
        ("corrections: !!python/object/apply:os.system ['true']\n", 1, "names and values"),
        (f"corrections:\n{ENTRY}---\na: b\n", 6, "a second document"),
        ("a: " + "[" * 5000, 1, "nested|not valid"),
        ("a: \x07", 1, "not valid YAML"),
        (f"corrections:\n{ENTRY.replace('Gates', chr(34) + chr(92) + 'e[31m' + chr(34))}", 2, "control"),
    ],
)
def test_fault_is_named_with_its_line(text, line, words):
    with pytest.raises(YamlFault, match=words) as caught:
        read(text)
    assert caught.value.number == line


def test_fault_names_the_file(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_bytes(b"corrections:\n- title: \xff\n")
    with pytest.raises(ValueError, match=r"c\.yaml, line 2: not UTF-8"):
        read_corrections(path)
    with pytest.raises(ValueError, match="not a file"):
        read_corrections(tmp_path)


def fault_of(call):
    """Return what a call raises of faults, or None."""
    try:
        call()
    except YamlFault as fault:
        return fault
    return None


@given(st.text(alphabet="ab:- \n\t[]{}&*!|>'\"#%@,?", max_size=80))
def test_any_text_is_read_or_refused_with_a_line(text):
    fault = fault_of(lambda: read(text))
    assert fault is None or fault.number >= 1


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]), min_size=1, max_size=60
)
LINES = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(LINES, min_size=1, max_size=4, unique=True), LINES)
def test_what_is_written_is_read_again_and_the_rest_stays_byte_for_byte(lines, name):
    text = f"# by hand\nsites:\n  post.example: {{name: 'The Post'}}\ncorrections:\n  # ours\n  {ENTRY}"
    text = text.replace("\n  document", "\n    document").replace("\n  by", "\n    by")
    text = text.replace("\n  reason", "\n    reason") + "\n# the end\n"
    added = [
        Correction("remove", line, OTHER, name, "why", above="", below=name, made_on="2026-11-28")
        for line in lines
    ]
    new = insert(text, parse_yaml(text), added)
    assert read(new).corrections == (*read(text).corrections, *added)
    kept = [line for line in new.splitlines() if line in set(text.splitlines())]
    assert [line for line in kept if line in text.splitlines()][-1] == "# the end"
    assert new.startswith(text[: text.index("\n# the end")])


@pytest.mark.parametrize("text", ["corrections: [{a: b}]\n", "sites:\n  a.b: {}\ncorrections: {}\n"])
def test_what_cannot_be_continued_is_left_alone(tmp_path, text):
    path = tmp_path / "c.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match="line"):
        add_corrections(path, [Correction("title", "a", ID, "Ines", "r")])
    assert path.read_text() == text


def test_line_ends_and_a_link_stay(tmp_path):
    real, link = tmp_path / "team" / "c.yaml", tmp_path / "c.yaml"
    real.parent.mkdir()
    real.write_bytes(f"corrections:\n{ENTRY}".replace("\n", "\r\n").encode())
    link.symlink_to(real)
    add_corrections(link, [Correction("title", "a", OTHER, "Ines", "r")])
    assert link.is_symlink()
    assert real.read_bytes().count(b"\n") == real.read_bytes().count(b"\r\n") == 9


@given(st.permutations(range(4)))
def test_order_does_not_matter(order):
    entries = [
        ENTRY,
        ENTRY.replace(ID, OTHER),
        f"- keep: a\n  document: {ID}\n  by: x\n  reason: r\n",
        f"- remove: b\n  document: {ID}\n  by: x\n  reason: r\n",
    ]
    straight = read("corrections:\n" + "".join(entries)).concerning(ID, None)
    mixed = read("corrections:\n" + "".join(entries[i] for i in order)).concerning(ID, None)
    assert (straight.mark(), straight.corrections) == (mixed.mark(), mixed.corrections)


def test_mark_depends_on_what_cleaning_depends_on_alone():
    before = read(f"corrections:\n{ENTRY}").concerning(ID, None).mark()
    other_words = ENTRY.replace("reason: r", "reason: another").replace("Ines", "Lu")
    assert read(f"corrections:\n{other_words}").concerning(ID, None).mark() == before
    assert read(f"corrections:\n{ENTRY.replace('Gates', 'Open')}").concerning(ID, None).mark() != before
    assert read(f"corrections:\n{ENTRY}").concerning(OTHER, None).mark() == ""
