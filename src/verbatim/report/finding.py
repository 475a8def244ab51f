"""One headline finding, and what all kinds of them share."""

from __future__ import annotations

from dataclasses import dataclass

CATCH_ALL = "overall"
"""Judgements of the whole experience: the result of the other drivers, so never a finding."""

MOST_OF_A_KIND = 2

FEW = "Few reviews: a hint."
"""Behind a finding of low support."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement: a label of one or two words, its subject, and the sentence behind it.

    `tone` is ``positive``, ``negative`` or ``neutral``; `driver` is the id of which it tells, and
    `also` further sentences.
    """

    label: str
    subject: str
    sentence: str
    driver: str
    tone: str = "neutral"
    also: tuple[str, ...] = ()


def capital(sentence: str) -> str:
    """Begin a sentence with a capital.

    Examples
    --------
    >>> capital("in 3 reviews")
    'In 3 reviews'
    """
    return sentence[0].upper() + sentence[1:]
