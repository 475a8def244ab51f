"""One text in, its sentences out, as people really write them.

Sentences end at full stops, but also at line breaks, list marks, labels ("Pros:") and emoji
(`verbatim.sentences.boundaries`), and stay whole over an answer (`verbatim.sentences.answers`); a
run with no full stop is cut where clauses begin (`verbatim.sentences.clauses`), and one with no
verb between its pairs of noun and adjective (`verbatim.sentences.pairs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from verbatim.sentences.boundaries import boundaries
from verbatim.sentences.clauses import MOST_WORDS, split_run
from verbatim.sentences.pairs import part_pairs
from verbatim.sentences.tokens import Tokens, tokenise

__all__ = ["Sentence", "split_sentences"]

_LONG = 40


class Sentence(NamedTuple):
    """A sentence, or a unit like one, and its words.

    Attributes
    ----------
    text : str
        Slice of the text that was split, without white space around it.
    start : int
        Offset of the slice in that text, in code points.
    words : tuple of str, length n >= 1
        Words as written; every character that is not white space is in exactly one.
    starts : tuple of int, length n
        Offset of each word in the slice.
    """

    text: str
    start: int
    words: tuple[str, ...]
    starts: tuple[int, ...]


def split_sentences(text: str) -> list[Sentence]:
    r"""Split a text into sentences of 60 words at most; safe in threads, linear in the length.

    Parameters
    ----------
    text : str
        Any text; `verbatim.text.normalise` makes the outcome better.

    Returns
    -------
    list of Sentence
        In order, without overlap; together they hold all that is not white space.

    Examples
    --------
    >>> [sentence.text for sentence in split_sentences("Arrived at 9 p.m. tired... No lift! :(")]
    ['Arrived at 9 p.m. tired...', 'No lift! :(']
    >>> [sentence.text for sentence in split_sentences("Pros: clean, quiet Cons: no lift\n+ pool")]
    ['Pros: clean, quiet', 'Cons: no lift', '+ pool']
    """
    tokens = tokenise(text)
    cuts = part_pairs(tokens.words, boundaries(tokens))
    if len(tokens.words) > _LONG:
        cuts = list(_inner_bounds(tokens, cuts))
    return [_sentence(tokens, first, last) for first, last in pairwise([*cuts, len(tokens.words)])]


def _sentence(tokens: Tokens, first: int, last: int) -> Sentence:
    words, starts = tuple(tokens.words[first:last]), tokens.starts[first:last]
    start = starts[0]
    text = tokens.text[start : starts[-1] + len(words[-1])]
    if start:
        starts = [place - start for place in starts]
    return Sentence(text, start, words, tuple(starts))


def _inner_bounds(tokens: Tokens, cuts: Sequence[int]) -> Iterator[int]:
    """Yield the index of the first word of each sentence, units that run on cut further."""
    for first, last in pairwise([*cuts, len(tokens.words)]):
        yield first
        if last - first > _LONG and _runs_on(tokens.words[first:last]):
            inner = split_run(tokens.words[first:last], tokens.starts[first:last])
            yield from (first + index for index in inner)


def _runs_on(words: Sequence[str]) -> bool:
    """Say whether a long unit lacks a full stop, or any mark before it, or is far too long."""
    if len(words) > MOST_WORDS or words[-1] not in ".!?":
        return True
    return all(word[0].isalnum() or "'" in word for word in words[:-1])
