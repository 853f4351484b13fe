"""The persons and organisations that an article names, and the speakers among them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from transforms.facts.names.entities import Named
from transforms.language.cues import Cues
from transforms.language.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: the fullest name, the words used in the sentence, and the entity, as far as known."""

    name: str | None
    surface: str
    entity_id: str | None


@dataclass(slots=True)
class NamedPeople:
    """The persons and organisations of an article."""

    text: str
    named: Sequence[Named]
    cues: Cues
    ids: frozenset[str]  # entity_ids of the article's mentions
    outside: str  # the text with the words between quotation marks blotted out
    fullest: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.named:
            name = one.span.of(self.text)
            if one.entity.kind == "person" and len(name) > len(
                self.fullest.get(one.entity.entity_id, "")
            ):
                self.fullest[one.entity.entity_id] = name

    def inside(self, span: Span) -> list[Named]:
        """Return the names within a span."""
        return [one for one in self.named if span.covers(one.span)]

    @property
    def persons(self) -> list[Named]:
        """Return where the text names persons."""
        return [one for one in self.named if one.entity.kind == "person"]

    def persons_in(self, span: Span) -> list[Named]:
        """Return the names of persons within a span."""
        return [one for one in self.inside(span) if one.entity.kind == "person"]

    def speaker(self, one: Named, surface: str) -> Speaker:
        """Return a known entity as the speaker whom a phrase means."""
        return Speaker(self.full_name(one), surface, one.entity.entity_id)

    def full_name(self, one: Named) -> str:
        """Return the fullest name that the text gives to an entity."""
        return self.fullest.get(one.entity.entity_id) or one.span.of(self.text)


def only_one(found: Collection[T]) -> T | None:
    """Return the element of a collection that has just one, else None."""
    return next(iter(found)) if len(found) == 1 else None


def only_entity(named: Iterable[Named]) -> Named | None:
    """Return the last of several names if all of them are of one entity, else None."""
    return only_one({one.entity.entity_id: one for one in named}.values())
