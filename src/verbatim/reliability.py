"""How far the engine's word for a value can be trusted: what it got right on held-out sentences.

One rule for all views: a value (a stage, a touchpoint, high effort ...) is *told reliably* if at
least `LEAST_PRECISION` of at least `LEAST_FOUND` held-out sentences on which the engine found it
were annotated with it. Other values are named with their figures instead of being drawn.

The counts stand in the engine's ``meta.json`` and travel in ``analysis.meta["engine"]``. An engine
that carries none, such as one made by hand, is taken at its word, and the views say so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

LEAST_PRECISION = 0.6
LEAST_FOUND = 10

RULE = f"at least {LEAST_PRECISION:.0%} right of at least {LEAST_FOUND} held-out sentences"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Counts of held-out sentences for a value of a head, or for several that count as one.

    Attributes
    ----------
    n_found : int
        On which the engine found it.
    n_right : int
        Of these, those that are annotated with it.
    n_annotated : int
        That are annotated with it.
    """

    n_found: int
    n_right: int
    n_annotated: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right, 0 to 1; None where nothing was found."""
        return self.n_right / self.n_found if self.n_found else None

    @property
    def recall(self) -> float | None:
        """Share of what is annotated that was found, 0 to 1; None where nothing is annotated."""
        return self.n_right / self.n_annotated if self.n_annotated else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where there is nothing to find and nothing was found."""
        both = self.n_found + self.n_annotated
        return 2 * self.n_right / both if both else None

    @property
    def is_reliable(self) -> bool:
        """Whether the rule of this module holds.

        Examples
        --------
        >>> Accuracy(10, 6, 40).is_reliable, Accuracy(9, 9, 9).is_reliable
        (True, False)
        """
        return self.n_found >= LEAST_FOUND and self.n_right >= LEAST_PRECISION * self.n_found

    def __str__(self) -> str:
        """Say the counts.

        Examples
        --------
        >>> print(Accuracy(66, 38, 80))
        right on 38 of 66 held-out sentences
        """
        return f"right on {self.n_right:,} of {self.n_found:,} held-out sentences"


def accuracy(meta: Mapping[str, Any], head: str, values: Collection[str]) -> Accuracy | None:
    """Accuracy of a head's values taken together; None where the engine carries no figures.

    Parameters
    ----------
    meta : mapping
        Of an `Analysis`.
    head : {"touchpoint", "stage", "interaction", "effort", "resolution", "emotion", "intent"}
    values : collection of str
        Values of that head, which count as one: one of them taken for another is right.

    Examples
    --------
    >>> counts = {"a": {"annotated": 5, "found": {"a": 3, "b": 1, "none": 1}},
    ...           "b": {"annotated": 4, "found": {"b": 4}}}
    >>> meta = {"engine": {"name": "mine", "held_out": {"stage": counts}}}
    >>> accuracy(meta, "stage", ["a"]), accuracy(meta, "stage", ["a", "b"])
    (Accuracy(n_found=5, n_right=3, n_annotated=5), Accuracy(n_found=9, n_right=8, n_annotated=9))
    """
    counts = meta["engine"].get("held_out", {}).get(head)
    if counts is None:
        return None
    held = [counts[value] for value in values if value in counts]
    return Accuracy(
        n_found=sum(sum(one["found"].values()) for one in held),
        n_right=sum(n for one in held for real, n in one["found"].items() if real in values),
        n_annotated=sum(one["annotated"] for one in held),
    )


def is_told_reliably(meta: Mapping[str, Any], head: str, values: Collection[str]) -> bool:
    """Whether a view may draw these values, taken together; True where nothing is known of them.

    Examples
    --------
    >>> is_told_reliably({"engine": {"name": "by hand"}}, "effort", ["high"])
    True
    """
    found = accuracy(meta, head, values)
    return found is None or found.is_reliable
