"""The language of an article."""

from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from transforms.words import count_words

# The detector's normalised probability; below 0.9 its answers on single sentences are often wrong
# between near languages (es and pt, no and da). Fewer than 6 words carry too few letters.
SURE = 0.9
FEWEST_WORDS = 6
UNSURE = "und"


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or "und" where the detector is unsure.

    >>> detect_language("The government said it had started a campaign against the services.")
    'en'
    >>> detect_language("WeChat 2014")
    'und'
    """
    if count_words(text) < FEWEST_WORDS:
        return UNSURE
    code, probability = _identifier().classify(text)
    return str(code) if probability >= SURE else UNSURE


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
