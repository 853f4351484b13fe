"""The folder of a language is in order, its examples hold, and it is all that a new one needs."""

import csv
import json
import shutil
import subprocess
import sys

import pytest

from tests.facts_cases import assert_rows
from tests.loading import ROOT
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.language.reference import FOLDERS as LANGUAGE_FOLDERS

FOLDERS = sorted(folder for folder in LANGUAGE_FOLDERS.iterdir() if folder.is_dir())
# Tlön: a language that nobody has added.
MADE_UP = {
    "grammar.csv": "trait\ndecimal_point\n",
    "scales.csv": "kind,form,factor\nscale,zork,1000\nscale,mizork,1000000\n",
    "number_words.csv": "form,value\ndwo,2\ntru,3\n",
    "hedges.csv": "form,bound\nvelmo,about\n",
    "units.csv": "kind,form,unit\nmeasure,lenga,km\n",
    "nouns.csv": "form,noun\nusoj,users\n",
    "cues.csv": "kind,form\nsay,parolis\nsay,diris\n",
}
SENTENCE = "Ŝi havas velmo tru mizork usoj kaj 2.5 lenga. “Ni venos morgaŭ matene,” diris Jana Doe."
READ = """
import sys
from pathlib import Path
from transforms.language import reference
reference.FOLDERS = Path(sys.argv[1])
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
facts = extract_facts("0" * 64, sys.argv[2], read_entities(), "qtl")
print([(q.value, q.unit, q.hedge) for q in facts.quantities], [q.speaker for q in facts.quotes])
"""


def examples():
    for folder in FOLDERS:
        if (file := folder / "examples.json").exists():
            for example in json.loads(file.read_text(encoding="utf-8")):
                yield pytest.param(folder.name, example, id=f"{folder.name}: {example['text'][:40]}")


@pytest.mark.parametrize(("language", "example"), [*examples()])
def test_example(language, example):
    facts = extract_facts("0" * 64, example["text"], read_entities(), language)
    assert_rows(facts.quantities, example.get("figures", []))
    if "speakers" in example:
        statements = [quote for quote in facts.quotes if quote.kind == "statement"]
        assert [quote.speaker for quote in statements] == example["speakers"]


@pytest.mark.parametrize(
    "file", sorted(LANGUAGE_FOLDERS.glob("*/*.csv")), ids=lambda f: f"{f.parent.name}/{f.name}"
)
def test_lines_are_in_order_and_each_once(file):
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [tuple(row) for row in csv.reader(lines)][1:]
    assert rows == sorted(set(rows))


def test_a_language_is_added_by_its_folder_alone(tmp_path):
    folders = tmp_path / "languages"
    shutil.copytree(LANGUAGE_FOLDERS, folders)
    (folders / "qtl").mkdir()
    for name, content in MADE_UP.items():
        (folders / "qtl" / name).write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folders), SENTENCE], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == ("[(3000000.0, 'usoj', 'velmo'), (2.5, 'km', None)] ['Jana Doe']"), (
        done.stderr
    )
