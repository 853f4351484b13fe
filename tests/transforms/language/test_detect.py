"""The language of short texts, by their script."""

import pytest

from transforms.language.detect import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("微信关闭账号", "zh"),
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
def test_short_text(text, language):
    assert detect_language(text).code == language


@pytest.mark.parametrize("text", ["微信", "สวัสดี", "Σεισμός"])
def test_detector_is_not_asked_about_a_few_words(text):
    assert detect_language(text).confidence is None
