"""The language of a text by its script, by the detector, and of long texts."""

import pytest

from transforms.language.detect import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("微信关闭账号", "zh"),
        ("北京星期一下雨，优衣库「の」店关门。" + "市长说学校和商店明天都会重新开放。" * 20, "zh"),
        ("対話アプリを点検", "ja"),
        ("リスボン・マラソン", "ja"),
        ("메신저 단속 시작", "ko"),
        ("สวัสดีชาวโลก", "th"),
        ("Σεισμός στην Κρήτη", "el"),
        ("שלום עולם", "he"),
        ("زلزال في المغرب", "ar"),
        ("زلزله در گیلان", "fa"),
        ("WeChat 微信", "und"),
        ("Berlin 2024", "und"),
        ("12:40", "und"),
        ("", "und"),
    ],
)
def test_script_tells(text, language):
    assert detect_language(text).code == language


@pytest.mark.parametrize("text", ["微信", "สวัสดี", "Σεισμός"])
def test_detector_is_not_asked_about_a_few_words(text):
    assert detect_language(text).confidence is None


@pytest.mark.parametrize("place", [0, 40, 80])
def test_a_passage_in_another_language_does_not_decide(place):
    german = ["Der Bürgermeister sagte am Montag, dass die Brücke über den Fluss wieder offen ist."] * 80
    german[place:place] = ["The bridge over the river is open again, said the mayor."] * 5
    assert detect_language("\n".join(german)).code == "de"


def test_sample_of_a_long_text_holds_whole_letters():
    assert detect_language("中国政府宣布新的经济政策以促进发展。" * 200).code == "zh"
