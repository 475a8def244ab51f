"""Find what triggers a rule: a pass over all texts per rule, then the sentences of those found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from verbatim.moments.guards import held_back
from verbatim.moments.phrases import for_many
from verbatim.moments.rules import Kind, Rule, Rules
from verbatim.moments.sentences import Ints, Sentences

CHUNK = 100_000
"""Texts that are looked through at a time."""

Match = tuple[Kind, Rule, int, re.Match[str]]
"""A kind and a rule, the row of a sentence, and what was found in it."""

_WHOLE = re.compile(r"\S.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger: its kind and rule, the row of its sentence, its place in the original text."""

    kind: Kind
    rule: Rule
    row: int
    start: int
    end: int


def find(sentences: Sentences, rules: Rules, kinds: Sequence[Kind]) -> list[Hit]:
    """Everything that triggers a rule of these kinds and is not held back."""
    pairs = [(kind, rule) for kind in kinds for rule in kind.rules]
    hits = []
    for kind, rule, row, found in chain(_phrased(sentences, pairs), _signed(sentences, pairs)):
        if _holds(sentences, rules, kind, rule, row, found):
            start = int(sentences.starts[row])
            hits.append(Hit(kind, rule, row, start + found.start(), start + found.end()))
    return hits


def _phrased(sentences: Sentences, pairs: Sequence[tuple[Kind, Rule]]) -> Iterator[Match]:
    """Phrases in sentences: of all texts those that hold one, then of their sentences."""
    for first in range(0, len(sentences.texts), CHUNK):
        texts = _array(sentences.texts[first : first + CHUNK])
        for kind, rule in pairs:
            if rule.find is None:
                continue
            wanted = for_many(rule.find.pattern)
            held = _places(texts, wanted) + first
            rows = [row for text in held.tolist() for row in sentences.rows_of(text)]
            for place in _places(_array([sentences.text(row) for row in rows]), wanted).tolist():
                for found in rule.find.finditer(sentences.text(rows[place])):
                    yield kind, rule, rows[place], found


def _array(texts: Any) -> Any:
    import pyarrow as pa

    return pa.array(texts, pa.large_string(), from_pandas=True)


def _places(texts: Any, wanted: str) -> Ints:
    """Places of the texts that match, found in linear time (RE2)."""
    import pyarrow.compute as pc

    return np.flatnonzero(pc.match_substring_regex(texts, wanted).fill_null(False))


def _signed(sentences: Sentences, pairs: Sequence[tuple[Kind, Rule]]) -> Iterator[Match]:
    """Whole sentences for which a sign of the engine stands in for a phrase."""
    for kind, rule in pairs:
        if rule.sign is not None:
            for row in np.flatnonzero(sentences.signs[rule.sign]).tolist():
                for found in _WHOLE.finditer(sentences.text(row)):
                    yield kind, rule, row, found


def _holds(
    sentences: Sentences, rules: Rules, kind: Kind, rule: Rule, row: int, found: re.Match[str]
) -> bool:
    """Whether a trigger counts: the words around it, the guards, the signs."""
    text = found.string
    if _contradicted(sentences, kind, rule, row):
        return False
    if rule.near is not None and not rule.near.search(text):
        return False
    if rule.unless is not None and rule.unless.search(text):
        return False
    guards = (guard for guard in rules.guards if guard.name not in rule.despite)
    if any(held_back(each, text, found.start(), sentences.following(row)) for each in guards):
        return False
    return all(any(_has(sentences, rules, name, row) for name in names) for names in rule.signs)


def _contradicted(sentences: Sentences, kind: Kind, rule: Rule, row: int) -> bool:
    """Whether the sentence is praise, or for a moment to celebrate blame with no praise beside."""
    signs = sentences.signs
    if kind.is_alert:
        return "positive" not in rule.despite and bool(signs["positive"][row])
    return bool(signs["bad"][row]) and not signs["positive"][sentences.beside(row)].any()


def _has(sentences: Sentences, rules: Rules, name: str, row: int) -> bool:
    """Whether a sign holds; anger and delight may stand beside, in words too."""
    if name not in ("upset", "delight"):
        return bool(sentences.signs[name][row])
    words = rules.upset if name == "upset" else rules.delighted
    felt = sentences.signs[name][sentences.beside(row)]
    return bool(felt.any()) or words.search(sentences.text_beside(row)) is not None
