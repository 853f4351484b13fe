"""Exports of press databases."""

import pytest

from tests.loading import read_all
from tests.transforms.captures.made import FIELD, captures, only, put
from transforms.captures.capture import RawCapture, Skipped


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        (b"1 of 2 DOCUMENTS\nRice\n2 of 2 DOCUMENTS\nTea", ["1", "2"]),
        (b"Results\r\n Document 1 of 2 \r\nRice\r\nDocument 2 of 2\r\nTea", ["0", "1", "2"]),
        (b"Document 1 of 3\nRice\nDocument 3 of 3\nTea", []),  # one is missing: no export
        (b"1 of 1 DOCUMENTS\nRice", []),
        (b"It was document 1 of 2.\nThe other, document 2 of 2, was lost.", []),
    ],
)
def test_an_export_of_many_articles_is_taken_apart_at_its_marks(tmp_path, content, documents):
    file = tmp_path / "export.txt"
    file.write_bytes(content)
    captures = read_all(file)
    assert [one.source_uri.partition("#document=")[2] for one in captures] == (documents or [""])
    assert b"".join(one.content for one in captures) == content


PRESS = {
    "f1-factiva.txt": ("Lorna Whitting", "Pim Aldous"),
    "f1-nexis-uni-two.txt": ("Lorna Whitting", "Pim Aldous"),
    "f1-nexis-uni-single.txt": ("Lorna Whitting",),
    "p2-proquest.txt": ("Lorna Whitting", "Pim Aldous"),
    "p3-dokument-von.txt": ("Lorna Witting", "Pim Aldus"),
}
LABELS = (
    "Load-Date",
    "End of Document",
    "Length:",
    "gcat",
    "ESTPST",
    "Document type",
    "RUBRIK",
    "Dokument 1",
)


@pytest.mark.parametrize("name", PRESS)
def test_article_of_a_press_database_has_its_fields(name):
    articles = captures(read_all(FIELD / name))
    assert tuple(one.author for one in articles) == PRESS[name]
    assert [one.published for one in articles] == ["2021-03-03", "2021-03-04"][: len(articles)]
    for one in articles:
        text = one.content.decode()
        assert text.startswith(one.title)
        assert not any(label in text for label in LABELS)


FACTIVA_AS_READ = """Rice is dear
Jo Roe
186 words
3 March 2021
The Post
POST
English
(c) 2021 Post Group

It rose by half.
IN the north it fell.
Document POST000020210303eh33001

"""
EUROPRESSE = """Le Monde
Société, mercredi 3 mars 2021 186 mots, p. 4

Le riz est cher
Jo Roe
Il a doublé en un an, dit le rapport.
Cet article est paru dans Le Monde
© 2021 SA Le Monde. Tous droits réservés.
news·20210303·LM·3437190
"""
FRENCH = """Document {n} de 2

Le Post

3 mars 2021

Le riz est cher

AUTEUR: Jo Roe
LONGUEUR: 186 mots

Il a doublé en un an, dit le rapport.

DATE-CHARGEMENT: 4 mars 2021
LANGUE: FRENCH
"""
EXPORTS = {
    "Factiva as read": (FACTIVA_AS_READ * 2, "Rice is dear", "It rose by half.\nIN the north it fell."),
    "Europresse": (EUROPRESSE * 2, "Le riz est cher", "Il a doublé en un an, dit le rapport."),
    "LexisNexis in French": (
        FRENCH.format(n=1) + FRENCH.format(n=2),
        "Le riz est cher",
        "Il a doublé en un an, dit le rapport.",
    ),
}


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_export_in_other_forms_and_languages(inbox, kind, encoding):
    content, title, body = EXPORTS[kind]
    articles = captures(read_all(put(inbox, "export.txt", content.encode(encoding))))
    assert [(one.title, one.author, one.published) for one in articles] == [
        (title, "Jo Roe", "2021-03-03")
    ] * 2
    assert {one.content.decode() for one in articles} == {f"{title}\n\n{body}"}


def test_what_stands_behind_the_last_article_is_skipped_with_a_count(inbox):
    content = (FIELD / "f1-nexis-uni-single.txt").read_text() + "Search: ferry AND Amble\n"
    outcomes = read_all(put(inbox, "export.txt", content.encode()))
    assert [type(one) for one in outcomes] == [RawCapture, Skipped]


def test_single_article_of_one_needs_the_labels_of_a_database(inbox):
    text = FRENCH.format(n=1).replace("de 2", "de 1")
    article = only(read_all(put(inbox, "export.txt", text.encode())))
    assert (article.title, article.author) == ("Le riz est cher", "Jo Roe")
