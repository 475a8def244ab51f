"""Find in a phrase what may name a theme: things, judgements, and judgements of things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from verbatim.discover.phrases import NEGATIONS, WORD, stem
from verbatim.discover.words import (
    MEASURES,
    PARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
    base,
    is_adjective,
    is_verb,
    says_nothing,
)

Term = tuple[str, ...]
Pair = tuple[Term, Term]
"""Judgement and thing; one of them may be ()."""
Run = tuple[Term, str]
"""A term and how it is written."""

Token = tuple[str, int, int]
"""A word without case, and where it starts and ends."""

LONGEST = 3
"""Words of a term, at most; what stands behind "out of" is one more."""

_QUOTES = re.compile(r"(?<!\w)['\u2018\u2019](?=\w)|(?<=[^\Ws])['\u2019](?!\w)|[\"\u201c\u201d]")
"""Quotation marks, of which a term may hold one without the other; an apostrophe stays."""
_OPEN = frozenset("in on over".split())
"""Particles that are prepositions where a thing stands behind them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the phrases teach of words: those that things end in, and those before a thing."""

    heads: frozenset[str]
    wholes: frozenset[Term]
    adjectives: frozenset[str]

    def judges(self, word: str) -> bool:
        """Whether a word is an adjective, as far as lists and phrases tell."""
        known = is_adjective(word) or word in self.adjectives
        return known and not says_nothing(word) and not is_verb(word)

    def names(self, word: str, somebodys: bool = False) -> bool:
        """Whether a word of an assessment is a thing elsewhere, or may be one of somebody's."""
        known = somebodys or stem(word) in self.heads
        return known and not (says_nothing(word) or is_verb(word) or self.judges(word))


def learn(phrases: pd.DataFrame) -> Words:
    """Learn from all phrases which words are things, and which stand before things."""
    segments = [part for form in phrases["target_form"].unique() for part, _ in _segments(form)]
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


def _segments(form: str) -> list[tuple[list[Token], bool]]:
    """Runs of words that may name a thing, and whether each is what a judgement is about.

    In "queue for breakfast" that is the queue alone; in "cup of coffee" the coffee as well.
    """
    parts: list[tuple[list[Token], bool]] = [([], True)]
    for token in _tokens(form):
        run, is_head = parts[-1]
        if not says_nothing(token[0]):
            run.append(token)
            continue
        before = run[-1][0] if run else ""
        holds = token[0] == "of" and stem(before) in MEASURES
        begun = any(held for held, _ in parts)
        ends = begun and token[0] in PREPOSITIONS and not holds
        parts.append(([], is_head and not ends))
    return [(run, is_head) for run, is_head in parts if run]


def _run(form: str, tokens: list[Token], root: Callable[[str], str]) -> Run:
    term = tuple(root(word) for word, _, _ in tokens)
    return term, _QUOTES.sub("", form[tokens[0][1] : tokens[-1][2]])


def pairs(target: str, assessment: str, words: Words) -> Iterator[tuple[Pair, list[Run]]]:
    """Every term of a phrase with how its parts are written."""
    things, heads, judged = [], [], []
    for part, is_head in _segments(target):
        found, inside = _things(target, part, words)
        things += found
        heads += found if is_head else []
        judged += [(how, found) for how in inside]
    for how, noun in _judgements(assessment, words):
        judged.append((how, heads if noun is None else [noun]))
    for run in dict.fromkeys([*things, *_nouns(assessment, words)]):
        yield ((), run[0]), [run]
    for how in dict.fromkeys([*(how for how, _ in judged), *sayings(assessment)]):
        yield (how[0], ()), [how]
    for how, about in judged:
        for run in about:
            if not set(how[0]) & set(run[0]):
                yield (how[0], run[0]), [] if run in things else [run]


def _things(form: str, part: list[Token], words: Words) -> tuple[list[Run], list[Run]]:
    """Things that a part of a target names, and judgements that stand before them in it."""
    things, inside = [], []
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


def _judgements(form: str, words: Words) -> list[tuple[Run, Run | None]]:
    """Adjectives of an assessment, and the thing right behind each; none where it denies."""
    tokens = _tokens(form)
    if any(_denies(word) for word, _, _ in tokens):
        return []
    behind = [_run(form, [token], stem) if words.names(token[0]) else None for token in tokens[1:]]
    return [
        (_judgement(token[0]), noun)
        for token, noun in zip(tokens, [*behind, None], strict=False)
        if words.judges(token[0])
    ]


def _denies(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _nouns(form: str, words: Words) -> list[Run]:
    """Words of an assessment that are things elsewhere, or that are somebody's."""
    tokens = _tokens(form)
    return [
        _run(form, [token], stem)
        for i, token in enumerate(tokens)
        if words.names(token[0], somebodys=i > 0 and tokens[i - 1][0] in POSSESSIVES)
    ]


def sayings(form: str) -> list[Run]:
    """Runs of two or three words of an assessment, such as "never answers" and "come back".

    None leaves out a "not" before it, or a particle behind it.

    Examples
    --------
    >>> [form for _, form in sayings("they never answer the phone")]
    ['never answer']
    >>> [form for _, form in sayings("went out of their way")]
    ['went out of their way']
    """
    tokens = _tokens(form)
    words = [word for word, _, _ in tokens]
    found = []
    for start in range(len(tokens)):
        if _is_denied(words[:start]):
            continue
        for stop in range(start + 2, min(_reach(words, start), len(tokens)) + 1):
            if _is_saying(words[start:stop]) and not _is_cut(words[:stop], words[stop:]):
                found.append(_run(form, tokens[start:stop], stem))
    return found


def _reach(words: list[str], start: int) -> int:
    """Where a saying ends at last: behind "out of" with the thing behind it."""
    for i in range(start, min(start + LONGEST, len(words) - 1)):
        if words[i : i + 2] == ["out", "of"]:
            behind = (j for j in range(i + 2, len(words)) if _ends(words[j]))
            return max(start + LONGEST, next(behind, -1) + 1)
    return start + LONGEST


def _ends(word: str) -> bool:
    """Whether a word may end what begins with "out of", as "way" does."""
    return word == "way" or not says_nothing(word)


def _is_denied(before: list[str]) -> bool:
    """Whether a "not" stands before, with nothing but empty words between."""
    for word in reversed(before):
        if _denies(word):
            return True
        if not says_nothing(word):
            return False
    return False


def _is_cut(words: list[str], behind: list[str]) -> bool:
    """Whether what stands behind belongs to the last word: "come" of "come back"."""
    if not behind:
        return False
    last, following = words[-1], behind[0]
    if last in _OPEN:
        return not says_nothing(following)
    if last == "out":
        return following in ("of", "the")
    return following in PARTICLES - _OPEN or (following in _OPEN and len(behind) == 1)


def _is_saying(part: list[str]) -> bool:
    first, last = part[0], part[-1]
    if any("'" in word or word in ("and", "or", "but", "i", "we") for word in part):
        return False
    begins = first in NEGATIONS or not says_nothing(first)
    ends = last in PARTICLES or (_ends(last) if "out" in part else not says_nothing(last))
    told = [word for word in part if not (says_nothing(word) or is_adjective(word))]
    return begins and ends and bool(told)
