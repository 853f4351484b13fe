"""Read and write the card of the models: what they were trained on, and how good they are."""

import json
from pathlib import Path
from typing import Any

Card = dict[str, Any]
NAME = "card.json"


def read_card(folder: Path) -> Card:
    """Return the card in a folder of models, or an empty one without models."""
    path = folder / NAME
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {"models": {}}


def write_card(folder: Path, card: Card) -> None:
    """Write the card, the same bytes for the same content."""
    text = json.dumps(card, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8")
