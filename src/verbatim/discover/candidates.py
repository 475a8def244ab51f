"""Find in a phrase what may name a theme: things, judgements, and judgements of things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from verbatim.discover.phrases import NEGATIONS, WORD, stem
from verbatim.discover.words import PARTICLES, base, is_adjective, is_empty, is_verb

Term = tuple[str, ...]
Pair = tuple[Term, Term]
"""Judgement and thing; one of them may be ()."""
Run = tuple[Term, str]
"""A term and how it is written."""

Token = tuple[str, int, int]
"""A word without case, and where it starts and ends."""

LONGEST = 3
"""Words of a term, at most."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the phrases teach of words: those that things end in, and those before a thing."""

    heads: frozenset[str]
    wholes: frozenset[Term]
    adjectives: frozenset[str]

    def judges(self, word: str) -> bool:
        """Whether a word is an adjective, as far as lists and phrases tell."""
        known = is_adjective(word) or word in self.adjectives
        return known and not is_empty(word) and not is_verb(word)


def learn(phrases: pd.DataFrame) -> Words:
    """Learn from all phrases which words are things, and which stand before things."""
    segments = [part for form in phrases["target_form"].unique() for part in _segments(form)]
    wholes = {tuple(stem(word) for word, _, _ in part[:LONGEST]) for part in segments}
    heads = {stem(part[-1][0]) for part in segments}
    before = phrases[(phrases["before"] > 0) & ~phrases["assessment"].str.contains(" ")]
    learnt = {str(word) for word in before["assessment"]}
    adjectives = {word for word in learnt if stem(word) not in heads}
    return Words(frozenset(heads), frozenset(wholes), frozenset(adjectives))


def _tokens(form: str) -> list[Token]:
    """Words without case, and where they stand."""
    return [
        (one[0].replace("\u2019", "'").casefold().removesuffix("'s"), one.start(), one.end())
        for one in WORD.finditer(form)
    ]


def _segments(form: str) -> list[list[Token]]:
    """Runs of words that may name a thing."""
    parts: list[list[Token]] = [[]]
    for token in _tokens(form):
        if is_empty(token[0]):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _run(form: str, tokens: list[Token], root: Callable[[str], str]) -> Run:
    term = tuple(root(word) for word, _, _ in tokens)
    return term, form[tokens[0][1] : tokens[-1][2]]


def pairs(target: str, assessment: str, words: Words) -> Iterator[tuple[Pair, list[Run]]]:
    """Every term of a phrase with how its parts are written."""
    things, inside = _things(target, words)
    judgements = inside + _judgements(assessment, words)
    more = _nouns(assessment, words)
    for run in dict.fromkeys([*things, *more]):
        yield ((), run[0]), [run]
    for how in dict.fromkeys([*judgements, *sayings(assessment)]):
        yield (how[0], ()), [how]
    for how in judgements:
        for run in things:
            if not set(how[0]) & set(run[0]):
                yield (how[0], run[0]), []


def _things(form: str, words: Words) -> tuple[list[Run], list[Run]]:
    """Things that a target names, and judgements that stand before them in it."""
    things, inside = [], []
    for part in _segments(form):
        tokens = list(part)
        while len(tokens) > 1 and words.judges(tokens[0][0]):
            inside.append(_judgement(tokens.pop(0)[0]))
        for start in range(len(tokens)):
            for stop in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
                run = _run(form, tokens[start:stop], stem)
                last = tokens[stop - 1][0]
                ends = stop == len(tokens) or run[0] in words.wholes
                if ends and not (is_adjective(last) or is_verb(last)):
                    things.append(run)
    return things, inside


def _judgement(word: str) -> Run:
    return (base(word),), base(word)


def _judgements(form: str, words: Words) -> list[Run]:
    """Adjectives of an assessment; none where it denies something."""
    tokens = [word for word, _, _ in _tokens(form)]
    if any(word in NEGATIONS or word.endswith("n't") for word in tokens):
        return []
    return [_judgement(word) for word in tokens if words.judges(word)]


def _nouns(form: str, words: Words) -> list[Run]:
    """Words of an assessment that are things elsewhere."""
    return [
        _run(form, [token], stem)
        for token in _tokens(form)
        if stem(token[0]) in words.heads
        and not (is_empty(token[0]) or is_verb(token[0]) or words.judges(token[0]))
    ]


def sayings(form: str) -> list[Run]:
    """Runs of two or three words of an assessment, such as "never answers" and "come back".

    Examples
    --------
    >>> [form for _, form in sayings("they never answer the phone")]
    ['never answer', 'answer the phone']
    """
    tokens = _tokens(form)
    found = []
    for start in range(len(tokens)):
        for stop in range(start + 2, min(start + LONGEST, len(tokens)) + 1):
            part = [word for word, _, _ in tokens[start:stop]]
            if _is_saying(part):
                found.append(_run(form, tokens[start:stop], stem))
    return found


def _is_saying(part: list[str]) -> bool:
    first, last = part[0], part[-1]
    if any("'" in word or word in ("and", "or", "but", "i", "we") for word in part):
        return False
    begins = first in NEGATIONS or not is_empty(first)
    ends = last in PARTICLES or not is_empty(last)
    told = [word for word in part if not (is_empty(word) or is_adjective(word))]
    return begins and ends and bool(told)
