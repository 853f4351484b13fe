"""From bytes to text and back: no character is lost, whatever the page did to it."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.blocks.decode import Decoded, decode
from transforms.blocks.repair import _lines_changes, repair_text
from transforms.blocks.repaired import restore_text
from transforms.captures.capture import Rejected

# A few sentences in each language, and the codecs in which its pages were saved before UTF-8.
LANGUAGES = {
    "en": ("“It’s a month,” she said – no more. The café paid £30 for it, they say.", ["cp1252"]),
    "de": (
        "Über Nacht verschwanden die größten Konten, für die Männer dort ein Ärgernis. Müßig, sagt er.",
        ["cp1252", "latin-1"],
    ),
    "fr": (
        "À Pékin, le contrôle a commencé mardi ; les élèves n’ont rien reçu, a déclaré le député.",
        ["cp1252"],
    ),
    "es": ("¿Qué pasó en mayo? El año pasado también cerró la compañía española, dijo él.", ["cp1252"]),
    "pt": (
        "As autoridades não responderam às ligações; a inspeção começou na terça, à noite.",
        ["cp1252"],
    ),
    "pl": (
        "Zażółć gęślą jaźń: kontrola potrwa miesiąc, a usługi działają dalej, mówi rzecznik.",
        ["cp1250"],
    ),
    "cs": ("Příliš žluťoučký kůň úpěl ďábelské ódy, řekl úředník v pondělí večer.", ["cp1250"]),
    "hu": ("Az őrült kormány egy hónapig ellenőrzi a szolgáltatásokat, mondta a szóvivő.", ["cp1250"]),
    "tr": (
        "Hükümet hizmetleri bir ay boyunca denetleyecek; şirketler ise bir şey söylemiyor.",
        ["cp1254"],
    ),
    "ru": (
        "Китай на месяц взялся за мессенджеры, сообщило агентство во вторник вечером.",
        ["cp1251", "koi8-r"],
    ),
    "el": ("Η κυβέρνηση θα ελέγξει τις υπηρεσίες για έναν μήνα, είπε ο εκπρόσωπος.", ["cp1253"]),
    "he": ("הממשלה תבדוק את השירותים במשך חודש, אמר הדובר ביום שני בערב.", ["cp1255"]),
    "ar": ("ستراقب الحكومة الخدمات لمدة شهر، كما قال المتحدث باسمها يوم الاثنين.", ["cp1256"]),
    "zh": (
        "中国政府开展了为期一个月的专项行动，打击通过即时通信工具传播谣言的行为。",
        ["gb18030", "big5hkscs"],
    ),
    "ja": (
        "中国当局は対話アプリを一か月間一斉に点検すると発表した。利用者は八億人。",
        ["cp932", "euc-jp"],
    ),
    "ko": ("중국 정부는 한 달 동안 메신저 서비스를 점검한다고 월요일에 밝혔다.", ["cp949"]),
}
WIDE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
SIMPLIFIED = {"big5hkscs": "中國政府開展了為期一個月的專項行動，打擊透過即時通訊工具傳播謠言的行為。"}
# Without a mark UTF-16 shows only in zero bytes, of which these scripts have few.
WITHOUT_ZEROS = {"ru", "el", "he", "ar", "zh", "ja", "ko"}


def legacy():
    for language, (text, encodings) in LANGUAGES.items():
        for encoding in encodings:
            yield pytest.param(SIMPLIFIED.get(encoding, text), encoding, id=f"{language}-{encoding}")


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_unicode_encodings(language, encoding):
    if language in WITHOUT_ZEROS and encoding in ("utf-16-le", "utf-16-be"):
        encoding = "utf-16"
    text = LANGUAGES[language][0] * 4
    decoded = decode(text.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text.removeprefix("\ufeff") == text


@pytest.mark.parametrize(("text", "encoding"), legacy())
def test_declared_encoding_is_believed(text, encoding):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{text}</p></body></html>'
    decoded = decode(page.encode(encoding))
    assert (decoded.text, decoded.media_type) == (page, "text/html")
    decoded = decode(text.encode(encoding), f"text/plain; charset={encoding}")
    assert (decoded.text, decoded.media_type) == (text, "text/plain")


@pytest.mark.parametrize(("text", "encoding"), legacy())
def test_encoding_is_detected_where_nothing_says_it(text, encoding):
    decoded = decode((text + "\n").encode(encoding) * 12)
    assert decoded.text == (text + "\n") * 12


@pytest.mark.parametrize("declared", ["latin-1", "ascii", "no-such-codec", "utf-16"])
def test_bytes_that_are_utf_8_are_read_so_whatever_is_declared(declared):
    text = LANGUAGES["ru"][0]
    assert decode(text.encode(), f"text/plain; charset={declared}").text == text


def test_name_of_the_codec_is_one_that_python_knows():
    for text, encodings in LANGUAGES.values():
        for encoding in encodings:
            found = decode(text.encode(encoding, "replace") * 10)
            assert codecs.lookup(found.encoding)


@pytest.mark.parametrize(
    "label",
    ["raw_unicode_escape", "unicode_escape", "utf-7", "idna", "punycode", "mbcs", "rot13", "undefined"],
)
def test_a_page_cannot_ask_for_a_codec_that_only_python_has(label):
    text = "Un mois pr\u00e8s de la gare \\u003cscript\\u003e +ADw-script+AD4-"
    for content_type, head in ((f"text/html; charset={label}", ""), (None, f'<meta charset="{label}">')):
        decoded = decode(f"<html>{head}<p>{text}</p></html>".encode("latin-1"), content_type)
        assert text in decoded.text
        assert "<script>" not in decoded.text


def test_one_damaged_byte_does_not_change_the_encoding():
    text = LANGUAGES["fr"][0] * 20
    decoded = decode(text.encode() + b"\xff")
    assert decoded.text == text + "\ufffd"


@pytest.mark.parametrize("content", [b"%PDF-1.4\n%x", b"\x89PNG\r\n", b"GIF89a", b"", b" \n", bytes(99)])
def test_what_is_no_text_is_refused_with_a_reason(content):
    refused = decode(content)
    assert isinstance(refused, Rejected)
    assert refused.stage == "decode"
    assert refused.reason in ("unsupported_type", "empty", "binary")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(content):
    assert isinstance(decode(content), Decoded | Rejected)


DAMAGE = {
    "mojibake": ("Chinaâ€™s â€œpublicâ€\x9d pages", "China’s “public” pages"),
    "entity": ("Tea &amp; rice&nbsp;&#8211; both", "Tea & rice\u00a0– both"),
    "line_end": ("One\r\nTwo\rThree\u2028Four", "One\nTwo\nThree\nFour"),
    "control": (
        "Zero\u200bwidth and \x07bell and soft\u00adhyphen",
        "Zerowidth and bell and softhyphen",
    ),
    "byte_order_mark": ("\ufeffBegins", "Begins"),
}


@pytest.mark.parametrize("reason", DAMAGE)
def test_damage_is_repaired_and_named(reason):
    damaged, whole = DAMAGE[reason]
    text, repairs = repair_text(damaged)
    assert text == whole
    assert {repair.reason for repair in repairs} == {reason}
    assert restore_text(text, repairs) == damaged


@pytest.mark.parametrize(
    "text",
    [
        '“Curly” and "straight" and «guillemets» and „low“ stay',
        "A no-break\u00a0space, a thin\u2009space and an ideographic\u3000space stay",
        "می‌خواهم",
        "Ligatures like ﬁ and full-width Ａ１ stay",
        "5 < 6 & 7 > 2",
        "naïve café résumé Ångström",
        "AT&T; R&D;",
        "",
    ],
)
def test_what_is_whole_is_left_alone(text):
    assert repair_text(text) == (text, ())


PIECES = st.sampled_from(
    ["\r\n", "\r", "\n", "\n\r", "\v", "\f", "\x85", "\u2028", "\ufeff", "\x1b[31m", "\x1b", "\0",
     "\u00ad", "&bogus;", "ï»¿", "&#8203;", "&#7;", "&shy;", "&#13;", "&#x85;", "&amp;shy;",
     "â€™", "Ã©", "&amp;", "&#39;", "&lt;b&gt;", "&nbsp", "’", "é", "中", "😀", "a", " ", "\u00a0"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=30).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=20).map("".join),
)


@given(TEXTS)
@example("\ufeff\ufeff\r\n\r")
@example("&amp;amp;â€™\r\n")
def test_repairs_can_be_undone(text):
    repaired, repairs = repair_text(text)
    assert restore_text(repaired, repairs) == text


@given(TEXTS)
def test_repairs_are_in_order_and_say_what_changed(text):
    repaired, repairs = repair_text(text)
    position = 0
    for repair in repairs:
        assert position <= repair.start_char <= repair.end_char <= len(repaired)
        assert repaired[repair.start_char : repair.end_char] != repair.original
        position = repair.end_char


@given(TEXTS)
def test_repaired_text_has_one_kind_of_line_end_and_no_control_characters(text):
    repaired, _ = repair_text(text)
    assert not set("\r\v\f\x85\u2028\u2029\0\x07\ufeff\u200b") & set(repaired)


TO_REPAIR = (
    "Ã©",
    "â€™",
    "Ã ",
    "\u00a0",
    "œ",
    "Über ",
    "T wo",
    "A hen",
    "T\n",
    "he ",
    "&amp;",
    "\r",
    "\x00",
    "\n",
    "a",
)


@given(st.lists(st.sampled_from(TO_REPAIR), max_size=14).map("".join))
@example("T\nhe bridge\nÃ  bientôt\n“ A fter")
def test_lines_that_are_passed_over_need_no_repair(text):
    repaired, changes = repair_text(text)
    one_by_one = list(_lines_changes(text, 0, len(text)))
    assert repaired == "".join(new for _, new, _ in one_by_one)
    assert [one.original for one in changes] == [old for old, _, reason in one_by_one if reason]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the cam\u00ad\npaign would", "the campaign would"),
        ("the cam\u00ad\r\npaign would", "the campaign would"),
        ("the cam\u00adpaign would\nlast", "the campaign would\nlast"),
        ("a well-\nknown name", "a well-\nknown name"),  # the hyphen may be the word's own
        ("the end\u00ad\n\nAnother", "the end\n\nAnother"),
    ],
)
def test_word_parted_by_a_soft_hyphen_is_joined(written, read):
    text, repairs = repair_text(written)
    assert text == read
    assert restore_text(text, repairs) == written


@pytest.mark.parametrize(
    "tag", ["iframe", "template", "nav", "ul", "blockquote", "font size=2", "img src=x"]
)
def test_part_of_a_page_is_no_text(tag):
    assert decode(f"<{tag}>".encode() * 50).media_type == "text/html"
    text = f"<{tag}> is what the page began with.\nNobody knew why.\nIt was mended on Monday."
    assert decode(text.encode()).media_type == "text/plain"
