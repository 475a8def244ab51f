"""A driver as a value: what is judged, and the phrases that tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from verbatim.labels import DRIVERS
from verbatim.taxonomy.phrases import Kind, Parts


@dataclass(frozen=True, slots=True)
class SubDriver:
    """A part of a driver, told from the others by its phrases."""

    id: str
    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver: what is judged, and the phrases that tell it.

    Attributes
    ----------
    id, name, description : str
        Key in tables; label for people; one line of meaning.
    targets, positive, negative : tuple of str
        Phrases that name what is judged; that judge well; that judge badly.
    subdrivers : tuple of SubDriver
    universal : tuple of str
        Universal drivers whose opinions it reports, whatever their words: itself, if it is one,
        and those merged into it.
    sources : tuple of str
        For a driver of the user's own: universal drivers from which it takes the opinions that
        hold one of its phrases; empty for any.
    examples : tuple of str
        Texts about this driver, and so about none of the others.
    """

    id: str
    name: str = ""
    description: str = ""
    targets: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    subdrivers: tuple[SubDriver, ...] = ()
    universal: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def is_universal(self) -> bool:
        """Whether it is one of the 21 drivers that an engine knows."""
        return self.id in DRIVERS

    @property
    def is_described(self) -> bool:
        """Whether it says more than phrases, so that opinions may be told by likeness."""
        return bool(self.description or self.examples)

    def phrases(self) -> Iterator[tuple[str, Kind]]:
        """Every phrase with what it does; those of sub-drivers name an own driver's target too."""
        yield from ((phrase, "target") for phrase in self.targets)
        yield from ((phrase, "positive") for phrase in self.positive)
        yield from ((phrase, "negative") for phrase in self.negative)
        if not self.is_universal:
            yield from ((text, "target") for sub in self.subdrivers for text in sub.phrases)

    def to_dict(self) -> dict[str, Any]:
        """Return what a taxonomy document says of it, as plain dicts and lists."""
        subdrivers = {
            sub.id: {"name": sub.name, "phrases": list(sub.phrases)} for sub in self.subdrivers
        }
        values = {
            "name": self.name,
            "description": self.description,
            "from": list(self.sources),
            "targets": list(self.targets),
            "positive": list(self.positive),
            "negative": list(self.negative),
            "subdrivers": subdrivers,
            "examples": list(self.examples),
        }
        return {key: value for key, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase for an engine: its words and the universal driver that it points to.

    `parts` holds more than one sequence of words for ``a + b``; a `weak` term counts only where
    no other driver's target is named.
    """

    parts: Parts
    universal: str
    kind: Kind
    weak: bool
