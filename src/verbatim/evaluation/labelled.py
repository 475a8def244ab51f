"""Read labelled texts: which can be measured with, and what each is labelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from verbatim.errors import InputError, unknown
from verbatim.tables import is_missing

if TYPE_CHECKING:
    from verbatim.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts to measure with.

    Attributes
    ----------
    texts : list of str
    labels : list of str or None
        Driver of each text; None where it is about none.
    n_examples : int
        Texts left out, as the taxonomy was taught with them, in whatever case or punctuation.
    n_contradictory : int
        Texts that stand under more than one label. Each row counts, so that no taxonomy can get
        all of them right.
    """

    texts: list[str]
    labels: list[str | None]
    n_examples: int
    n_contradictory: int


def read_labelled(labelled: Any, text: str, driver: str, taxonomy: Taxonomy) -> Labelled:
    """Read a DataFrame or pairs; raise `InputError` if no text or an unknown driver is there."""
    pairs = [
        _pair(number, *row, taxonomy) for number, row in enumerate(_rows(labelled, text, driver))
    ]
    kept = [pair for pair in pairs if not taxonomy.has_example(pair[0])]
    if not kept:
        left = "; all of its texts are examples of the taxonomy" if pairs else ""
        raise InputError(f"there is no labelled text to measure with{left}")
    labels_of: dict[str, set[str | None]] = {}
    for one, label in kept:
        labels_of.setdefault(one, set()).add(label)
    return Labelled(
        texts=[one for one, _ in kept],
        labels=[label for _, label in kept],
        n_examples=len(pairs) - len(kept),
        n_contradictory=sum(len(labels) > 1 for labels in labels_of.values()),
    )


def _rows(labelled: Any, text: str, driver: str) -> Iterable[tuple[Any, Any]]:
    if isinstance(labelled, pd.DataFrame):
        for column in (text, driver):
            if column not in labelled.columns:
                raise InputError(unknown("column", column, labelled.columns))
        return zip(labelled[text].tolist(), labelled[driver].tolist(), strict=True)
    if isinstance(labelled, str) or not isinstance(labelled, Iterable):
        raise InputError(f"labelled={labelled!r}; give a DataFrame or (text, driver) pairs")
    rows = list(labelled)
    for row in rows:
        if not isinstance(row, tuple | list) or len(row) != 2:
            raise InputError(f"{row!r} is no (text, driver) pair")
    return [(row[0], row[1]) for row in rows]


def _pair(number: int, text: Any, label: Any, taxonomy: Taxonomy) -> tuple[str, str | None]:
    if not isinstance(text, str):
        raise InputError(f"row {number}: {text!r} is not a text; leave such rows out")
    if is_missing(label):
        return text.strip(), None
    if label not in taxonomy:
        fix = "give None for a text that is about none of them"
        raise InputError(f"row {number}: {unknown('driver', label, taxonomy.ids)}; {fix}")
    return text.strip(), str(label)
