"""Detect the language of a text."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from transforms.language.words import count_words

# The detector's normalised probability. Below 0.9 its results for single sentences are often wrong
# between similar languages (es and pt, no and da). Fewer than 6 words have too few letters.
SURE_OF_LANGUAGE = 0.9
FEWEST_WORDS = 6
UNSURE = "und"


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, or "und", and the probability of the detector's best guess (0 to 1)."""

    code: str
    confidence: float | None


def detect_language(text: str) -> Language:
    """Return the language of a text, "und" if the detector is unsure.

    A text of fewer than 6 words is not classified: its confidence is None.

    >>> detect_language("The government said it had started a campaign against the services.").code
    'en'
    >>> detect_language("WeChat 2014")
    Language(code='und', confidence=None)
    """
    if count_words(text) < FEWEST_WORDS:
        return Language(UNSURE, None)
    code, probability = _identifier().classify(text)
    return Language(
        str(code) if probability >= SURE_OF_LANGUAGE else UNSURE, round(float(probability), 4)
    )


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
