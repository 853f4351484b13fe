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


FACTIVA_CODES = """<div id="article-POST1"><div class="article {language}Article"><table>
<tr><td class="index"><b>HD</b>&nbsp;</td>
<td><span class="{language}Headline">Rice is <b>dear</b></span></td></tr>
<tr><td><b>BY</b></td><td>By Jo Roe</td></tr><tr><td><b>WC</b></td><td>186 words</td></tr>
<tr><td><b>PD</b></td><td>{day}</td></tr><tr><td><b>SN</b></td><td>The Post</td></tr><tr></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph">It rose by half.</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph">IN the north
 it fell.</p></td></tr><tr><td><b>NS</b></td><td>gcat : Political/General News</td></tr>
<tr><td><b>AN</b></td><td>Document POST000020210303eh33001</td></tr></table></div></div>"""
FACTIVA_READ = """<div class="article enArticle"><div id="hd"><span class="enHeadline">Rice is dear
</span></div><div class="author">Jo Roe</div><div>186 words</div><div>3 March 2021</div>
<div>The Post</div><div>POST</div>
<div>English</div><div>(c) 2021 Post Group</div><p class="articleParagraph">It rose by half.</p>
<p class="articleParagraph">IN the north it fell.</p><p>Document POST000020210303eh33001</p></div>"""
EUROPRESSE_PAGE = """<article><header><div class="rdp__DocPublicationName">
<span class="DocPublicationName">Le Monde</span></div>
<div><span class="DocHeader">Société, {day}, p. 4</span></div><div>
<p class="titreArticleVisu rdp__articletitle">Rice is <mark>dear</mark></p></div>
<div class="docAuthors">Jo Roe</div></header><section><div class="DocText clearfix">
<div class="docOcurrContainer"><p>It rose by half.</p><p>IN the <mark>north</mark> it fell.</p>
<p>Cet article est paru dans <a href=x>Le Monde</a></p></div></div></section>
<footer><small>© 2021 SA Le Monde</small><p>news·20210303·LM·3437190</p></footer></article>"""
PAGES = {
    "Factiva": FACTIVA_CODES.format(language="en", day="3 March 2021"),
    "Factiva in French": FACTIVA_CODES.format(language="fr", day="3 mars 2021"),
    "Factiva in German": FACTIVA_CODES.format(language="de", day="3. März 2021"),
    "Factiva as read": FACTIVA_READ,
    "Europresse": EUROPRESSE_PAGE.format(day="mercredi 3 mars 2021"),
    "Europresse in English": EUROPRESSE_PAGE.format(day="Wednesday, March 3, 2021"),
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("count", [1, 3])
def test_page_that_a_press_database_exports(inbox, kind, count):
    html = f"<html><head><title>Export</title></head><body>{PAGES[kind] * count}</body></html>"
    articles = captures(read_all(put(inbox, "export.html", html.encode())))
    assert [one.source_uri.partition("#")[2] for one in articles] == [
        f"document={number}" for number in range(1, count + 1)
    ]
    assert {(one.title, one.author, one.published) for one in articles} == {
        ("Rice is dear", "Jo Roe", "2021-03-03")
    }
    assert {one.content.decode() for one in articles} == {
        "Rice is dear\n\nIt rose by half.\nIN the north it fell."
    }


@pytest.mark.parametrize(
    "html",
    [
        "<article><p class='titreArticle'>Rice</p><p>It rose.</p></article>",  # a page of another site
        "<div class='article enArticle'><p>It rose.</p></div>",
        "<div class='article enArticle'><table><tr><td>HD<tr></table></div>",
    ],
)
def test_page_with_such_a_class_and_no_export_stays_a_page(inbox, html):
    page = only(read_all(put(inbox, "page.html", html.encode())))
    assert page.content == html.encode()


LABELLED = """Document {n} of 2

Le riz est cher
{author}: Roe, Jo
{text}: Il a doublé en un an.
Et rien ne change.
{tail}: Le Post
{date}: 3 mars 2021
"""
PROQUEST = {
    "French": ("Auteur", "Texte intégral", "Titre de publication", "Date de publication"),
    "Spanish": ("Autor", "Texto completo", "Título de publicación", "Fecha de publicación"),
    "German": ("Autor", "Volltext", "Titel der Publikation", "Erscheinungsdatum"),
    "Italian": ("Autore", "Testo integrale", "Titolo della pubblicazione", "Data di pubblicazione"),
}


@pytest.mark.parametrize("language", PROQUEST)
def test_export_of_proquest_in_other_languages(inbox, language):
    names = dict(zip(("author", "text", "tail", "date"), PROQUEST[language], strict=True))
    text = "".join(LABELLED.format(n=n, **names) for n in (1, 2))
    articles = captures(read_all(put(inbox, "export.txt", text.encode())))
    assert [(one.title, one.author, one.published) for one in articles] == [
        ("Le riz est cher", "Jo Roe", "2021-03-03")
    ] * 2
    assert {one.content.decode() for one in articles} == {
        "Le riz est cher\n\nIl a doublé en un an.\nEt rien ne change."
    }


def test_what_stands_behind_the_last_article_is_skipped_with_a_count(inbox):
    content = (FIELD / "f1-nexis-uni-single.txt").read_text() + "Search: ferry AND Amble\n"
    outcomes = read_all(put(inbox, "export.txt", content.encode()))
    assert [type(one) for one in outcomes] == [RawCapture, Skipped]


def test_single_article_of_one_needs_the_labels_of_a_database(inbox):
    text = FRENCH.format(n=1).replace("de 2", "de 1")
    article = only(read_all(put(inbox, "export.txt", text.encode())))
    assert (article.title, article.author) == ("Le riz est cher", "Jo Roe")


def lexis(number, total, headline, text):
    return (
        f"{number:>32} of {total} DOCUMENTS\n\n\n            The Harbour Post\n\n"
        f"            May 28, 2014 Wednesday\n\n{headline}\n\nBYLINE: Jane Doe\n\nSECTION: NEWS\n\n"
        f"LENGTH: 58 words\n\n\n{text}\n\nLOAD-DATE: May 28, 2014\n\nLANGUAGE: ENGLISH\n\n\n"
    )


def test_part_of_an_export_is_taken_apart_by_its_labels(inbox):
    text = "The office said that it\nwould last for a month.\n\nNobody answered."
    part = lexis(2, 214, "A month", text) + lexis(4, 214, "A year", text)
    one, two = captures(read_all(put(inbox, "a.txt", part.encode())))
    assert (one.title, one.author, one.published) == ("A month", "Jane Doe", "2014-05-28")
    assert (two.title, two.source_uri) == ("A year", f"{inbox}/a.txt#document=2")
    assert one.content.decode() == f"A month\n\n{text}"


def test_count_that_goes_back_is_no_part_of_an_export(inbox):
    text = "The office said so."
    part = lexis(4, 214, "A month", text) + lexis(2, 214, "A year", text)
    assert len(captures(read_all(put(inbox, "a.txt", part.encode())))) == 1
