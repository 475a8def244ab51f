"""The stages and touchpoints of a map: those of the engine, renamed, merged, or found by phrases.

One form serves both. A list chooses from the engine's values and orders them; a mapping gives each
name what belongs to it: values of the engine, and phrases that put a sentence there whatever the
engine says of it. ::

    {"book": ["consideration", "purchase"], "triage": ["triage", "waiting area"], "visit": ["use"]}

It is plain data, so a file of YAML or JSON holds it as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from verbatim.errors import OptionError, unknown
from verbatim.labels import STAGES, TOUCHPOINTS

Given = Mapping[str, str | Sequence[str]] | Sequence[str]
"""How a caller says what stages or touchpoints there are."""

KINDS: Mapping[str, tuple[str, ...]] = {"stage": STAGES, "touchpoint": TOUCHPOINTS}

OTHER = "other"
"""Touchpoint of the sentences that have none, or none that is drawn."""

MOST_STEPS = 40
MISSPELT = 0.85
"""Likeness to a value of the engine from which an item is taken for a slip, not for a phrase."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage or touchpoint of the map.

    Attributes
    ----------
    name : str
    values : tuple of str
        Values of the engine that belong to it.
    phrases : tuple of str
        Words that put a sentence there, first of all.
    """

    name: str
    values: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds any of the phrases as whole words, singular or plural; None without phrases."""
        if not self.phrases:
            return None
        words = (r"\s+".join(map(re.escape, phrase.split())) for phrase in self.phrases)
        return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?:'?s)?(?!\w)", re.IGNORECASE)


def read_steps(kind: str, given: Given | None) -> tuple[Step, ...]:
    """Read what a caller gave; by default every value of the engine is a step.

    Raises
    ------
    OptionError
        A name or an item isn't a text, is empty or stands there twice, a list names what the engine
        doesn't know, or an item looks like a misspelt value.

    Examples
    --------
    >>> read_steps("stage", {"book": ["consideration", "purchase"], "triage": "waiting area"})[1]
    Step(name='triage', values=(), phrases=('waiting area',))
    >>> [step.name for step in read_steps("stage", ["arrival", "use"])]
    ['arrival', 'use']
    """
    known = KINDS[kind]
    if given is None:
        return tuple(Step(value, (value,)) for value in known)
    if isinstance(given, Mapping):
        steps = tuple(_step(kind, name, items) for name, items in given.items())
    else:
        steps = tuple(_chosen(kind, value) for value in _texts(kind, f"{kind}s", given))
    if not 0 < len(steps) <= MOST_STEPS:
        raise OptionError(f"{kind}s has {len(steps)} entries; give 1 to {MOST_STEPS}")
    _check_once(kind, [step.name for step in steps], "name")
    _check_once(kind, [value for step in steps for value in step.values], "value")
    _check_once(kind, [p.casefold() for step in steps for p in step.phrases], "phrase")
    return steps


def _step(kind: str, name: object, items: object) -> Step:
    if not isinstance(name, str) or not name.strip() or name == OTHER:
        raise OptionError(
            f"{kind}s has the name {name!r}; give a text that isn't empty and isn't {OTHER!r}, "
            "which stands for what has no touchpoint"
        )
    texts = _texts(kind, f"{kind} {name!r}", [items] if isinstance(items, str) else items)
    known = KINDS[kind]
    phrases = tuple(text for text in texts if text not in known)
    for phrase in phrases:
        near = get_close_matches(phrase.casefold(), known, n=1, cutoff=MISSPELT)
        if near and phrase.casefold() != name.casefold():
            raise OptionError(
                f"{kind} {name!r} holds {phrase!r}, which looks like {near[0]!r}; write that for "
                f"what the engine calls so, or a phrase of several words. There are: "
                f"{', '.join(known)}"
            )
    return Step(name, tuple(text for text in texts if text in known), phrases)


def _chosen(kind: str, value: str) -> Step:
    if value not in KINDS[kind]:
        hint = f"; give a mapping, such as {{{value!r}: ['a phrase']}}, to find it by phrases"
        raise OptionError(unknown(kind, value, KINDS[kind]) + hint)
    return Step(value, (value,))


def _texts(kind: str, place: str, items: object) -> list[str]:
    is_many = isinstance(items, Sequence) and not isinstance(items, str)
    if not is_many or not items:
        raise OptionError(
            f"{place} is {items!r}; give a list of {kind}s of the engine"
            f"{'' if place == f'{kind}s' else ' or of phrases'}"
        )
    texts = list(items)  # type: ignore[call-overload]
    for text in texts:
        if not isinstance(text, str) or not text.strip():
            raise OptionError(f"{place} holds {text!r}; give texts that aren't empty")
    return [" ".join(text.split()) for text in texts]


def _check_once(kind: str, texts: Sequence[str], what: str) -> None:
    for place, text in enumerate(texts):
        if text in texts[:place]:
            raise OptionError(f"{kind}s has the {what} {text!r} twice; give it once")


def shown(name: str) -> str:
    """Write a name for people.

    Examples
    --------
    >>> shown("in_person"), shown("Tisch")
    ('In person', 'Tisch')
    """
    spaced = name.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]
