"""What a page shows otherwise than it is written: notes, powers, readings, quotation marks."""

import pytest

from transforms.blocks.page import Page
from transforms.blocks.render import render_page

SHOWN = {
    "653<sup>2</sup> empty homes": "653 empty homes",
    "1,480<sup><a href='#fn3'>3</a></sup>, and": "1,480, and",
    "48<sup>[7]</sup> dry wells": "48 dry wells",
    "1,250<sup>a</sup> sheep": "1,250 sheep",
    "39<a class='footnote-ref' href='#fn9'>9</a> villages": "39 villages",
    "39<a href='/9'>9</a> villages": "399 villages",
    "£900<sup>*</sup> each": "£900 each",
    "closed.<sup>3, 4</sup> It": "closed. It",
    "27<sup>note 4</sup> months": "27 months",
    "14 km<sup>2</sup> and 3 m<sup>3</sup>": "14 km² and 3 m³",
    "10<sup>6</sup> barrows": "10⁶ barrows",
    "E=mc<sup>2</sup>": "E=mc²",
    "the 1<sup>st</sup> and 2<sup>nd</sup>": "the 1st and 2nd",
    "le 1<sup>er</sup> et 2<sup>e</sup>": "le 1er et 2e",
    "XX<sup>e</sup> siècle": "XXe siècle",
    "M<sup>r</sup> Roe and M<sup>me</sup> Doe": "Mr Roe and Mme Doe",
    "H<sub>2</sub>O": "H2O",
    "<ruby>松<rt>まつ</rt></ruby>を": "松を",
    "<ruby>木下<rp>（</rp><rt>きのした</rt><rp>）</rp></ruby>さん": "木下さん",
    "<q>We shall <q>not</q> go</q>, she said": "“We shall ‘not’ go”, she said",
    "Read<span class='sr-only'>opens in a new window</span> on": "Read on",
}


@pytest.mark.parametrize("html", SHOWN)
def test_page_is_rendered_as_it_is_read(html):
    assert render_page(Page(f"<p>{html}</p>")).text == SHOWN[html]
