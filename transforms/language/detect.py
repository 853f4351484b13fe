"""Detect the language of a text."""

import re
from dataclasses import dataclass

from transforms.language.detector import detector
from transforms.language.scripts import HAN, HANGUL, HIRAGANA, KATAKANA
from transforms.language.words import count_words

# The detector's normalised probability. Below 0.9 its results for single sentences are often wrong
# between similar languages (es and pt, no and da). Fewer than 6 words have too few letters.
SURE_OF_LANGUAGE = 0.9
FEWEST_WORDS = 6
UNSURE = "und"
# The detector walks its input byte by byte. On 908 main texts of the benchmark, four pieces of 250 bytes
# gave the language of the whole text each time, in a tenth of the time.
SAMPLE_BYTES = 1_000
PIECES = 4
# Scripts that one language is written in, or nearly: the first that most letters belong to decides.
# Kana and Hangul come before Han, which Japanese and Korean use too; letters that only Persian
# and Urdu add to the Arabic script come before it.
SCRIPTS = (
    ("ja", re.compile(f"[{HIRAGANA}{KATAKANA}]"), re.compile(f"[{HAN}{HIRAGANA}{KATAKANA}]")),
    ("ko", re.compile(f"[{HANGUL}]"), re.compile(f"[{HAN}{HANGUL}]")),
    ("zh", re.compile(f"[{HAN}]"), re.compile(f"[{HAN}]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"), re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]"), re.compile(r"[\u0590-\u05ff]")),
    ("ur", re.compile(r"[ٹڈڑںے]"), re.compile(r"[\u0600-\u06ff]")),
    ("fa", re.compile(r"[پچژگ]"), re.compile(r"[\u0600-\u06ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]"), re.compile(r"[\u0600-\u06ff]")),
)
# Of these, a text that is mostly in the script has the language, whatever the detector says.
OWN_SCRIPT = frozenset(("ja", "ko", "zh", "th", "el"))
OWN_SHARE = 0.02  # of the letters: a Chinese text can have some kana in a name; Persian has 3 % or more
ANY_SCRIPT = re.compile("|".join(own.pattern for _, own, _ in SCRIPTS))
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, or "und", and the probability of the detector's best guess (0 to 1)."""

    code: str
    confidence: float | None


def detect_language(text: str) -> Language:
    """Return the language of a text; where the detector is unsure, the one that its script tells.

    It is "und" if the script is used by many languages. The detector is not asked about a text of a
    few words: its confidence is None. Of a long text only a sample is read.

    >>> detect_language("The government said it had started a campaign against the services.").code
    'en'
    >>> detect_language("WeChat 2014"), detect_language("ไทย").code
    (Language(code='und', confidence=None), 'th')
    """
    sample = _sample(text)
    if count_words(sample) < FEWEST_WORDS:
        return Language(_by_script(sample), None)
    code, probability = detector().classify(sample)
    script = _by_script(sample)
    is_told = probability < SURE_OF_LANGUAGE or script in OWN_SCRIPT
    return Language(script if is_told else str(code), round(float(probability), 4))


def _sample(text: str) -> str:
    """Return pieces of a long text that are evenly spaced from its start to its end.

    >>> _sample("short"), len(_sample("long " * 1_000))
    ('short', 1003)
    """
    content = text.encode("utf-8", "replace")
    if len(content) <= SAMPLE_BYTES:
        return text
    length = SAMPLE_BYTES // PIECES
    starts = (i * (len(content) - length) // (PIECES - 1) for i in range(PIECES))
    return b"\n".join(content[start : start + length] for start in starts).decode("utf-8", "ignore")


def _by_script(text: str) -> str:
    """Return the language whose script has most of a text's letters, or "und".

    >>> [_by_script(text) for text in ("微信", "微信の利用", "카카오톡", "κόσμος", "سلام", "Wort")]
    ['zh', 'ja', 'ko', 'el', 'ar', 'und']
    """
    if not ANY_SCRIPT.search(text):
        return UNSURE
    letters = len(LETTER.findall(text))
    for code, own, script in SCRIPTS:
        found = len(own.findall(text))
        if found and found >= OWN_SHARE * letters and 2 * len(script.findall(text)) > letters:
            return code
    return UNSURE
