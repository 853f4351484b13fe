"""Bylines in Chinese, Japanese and Korean, whatever their label, and pictures that name no author."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks.page import Page
from transforms.language.word_lists import listed_words
from transforms.metadata.byline import find_byline
from transforms.metadata.east_asian_byline import find_east_asian_byline, find_reporter
from transforms.metadata.read import read_metadata

CHINESE = st.sampled_from(["张晓明", "李强", "王小明", "欧阳文静"])
JAPANESE = st.sampled_from(["山田 太郎", "鈴木花子", "佐々木 あかり", "ジョン・スミス"])
KOREAN = st.sampled_from(["홍길동", "김철수"])


def labels(kind):
    return st.sampled_from(sorted(listed_words(kind)))


@given(labels("chinese_byline"), st.sampled_from(["：", ": ", "／", " "]), CHINESE)
def test_label_before_a_chinese_name(label, mark, name):
    assert find_east_asian_byline(f"{label}{mark}{name}") == name
    assert find_byline(f"{label}{mark}{name}") == name


@given(labels("japanese_byline"), st.sampled_from(["：", "／", "＝"]), JAPANESE)
def test_label_before_a_japanese_name(label, mark, name):
    assert find_east_asian_byline(f"{label}{mark}{name}") == name


@given(st.lists(KOREAN, min_size=1, max_size=2, unique=True), labels("korean_author"))
def test_role_behind_a_korean_name(names, role):
    assert find_east_asian_byline(f"{'·'.join(names)} {role}") == "; ".join(names)


@pytest.mark.parametrize(
    "line",
    ["首页", "国内新闻", "摄影：张晓明", "责任编辑：沈一诺", "作者：  责任编辑：沈一诺",
     "写真：山田太郎",
     "記者会見", "기자 회견", "多家平台周五宣布，将关闭群聊功能。"],
)  # fmt: skip
def test_line_that_names_no_author(line):
    assert find_byline(line) is None


@given(st.lists(CHINESE, min_size=1, max_size=3, unique=True), st.sampled_from("（("))
def test_reporter_in_the_dateline_of_an_agency(names, bracket):
    close = "）" if bracket == "（" else ")"
    text = f"新华社北京5月30日电{bracket}记者 {'、'.join(names)}{close}多家平台宣布关闭群聊。"
    assert find_reporter(text) == "; ".join(names)
    assert find_reporter(text.replace("电", "")) is None


@given(labels("picture_label"), st.sampled_from([" by ", ": ", " / "]), st.sampled_from(["h1", "h2"]))
def test_who_made_a_picture_is_not_the_author(label, mark, other):
    line = f"{label.capitalize()}{mark}Tom Renner"
    head = "<title>Gates go up</title><h1>Gates go up</h1>"
    html = f"{head}<p>{line}</p><p>May 30, 2014</p><{other}>More</{other}>"
    assert read_metadata(Page(html), None).author is None


@given(st.text(alphabet="作者记：／ 、张晓明山田ァ・記홍길동기자·（）", max_size=70))
def test_any_line_has_an_answer_made_of_its_own_words(line):
    found = find_east_asian_byline(line)
    assert found is None or all(name in line for name in found.split("; "))


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("كتب – محمود عبد الرازق", "محمود عبد الرازق"),
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("เรื่อง สมชาย ใจดี", "สมชาย ใจดี"),
        ("文・山田太郎", "山田太郎"),
        ("Ditulis oleh Siti Rahma", "Siti Rahma"),
    ],
)
def test_byline_of_a_language(line, author):
    assert find_byline(line) == author


@pytest.mark.parametrize("line", ["آخرین اخبار", "최신 뉴스", "ข่าว ล่าสุด", "ताज़ा ख़बरें"])
def test_words_beside_the_date_in_letters_without_capitals_are_no_name(line):
    page = f"<title>A month</title><body><h1>A month</h1><p>{line}</p><p>2017-05-03</p><p>Text.</p>"
    assert read_metadata(Page(page), None).author is None
