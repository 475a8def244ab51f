"""How precise the rules of moments are, on the hand-written list of hard cases of the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.moments.cases import KEPT_ASIDE, TUNED, Found, load_cases, look
from verbatim.drivers.bootstrap import wilson
from verbatim.moments.columns import KINDS

PARTS = {
    TUNED: "cases with which the rules were written",
    KEPT_ASIDE: "cases that were written after the phrases; no phrase was changed for them",
}
ENGINES = ("neural", "lexicon")


def run_moments(
    data: Path, names: Sequence[str], systems: Mapping[str, Any], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part's name and measures, with Wilson's 95% intervals."""
    for name in names if limit is None else ():
        cases = load_cases(name)
        without = sum(not kinds for kinds in cases.values())
        found = {f"verbatim {engine}": look(name, engine) for engine in ENGINES}
        yield (
            name,
            {
                "about": f"{PARTS[name]}; {without} of them look like a moment and hold none",
                "texts": len(cases),
                "measures": measures(found),
            },
        )


def measures(found: Mapping[str, Found]) -> dict[str, dict[str, Any]]:
    """Precision and recall, of all kinds together and of each."""
    rows: dict[str, dict[str, Any]] = {}
    for title, kinds in (("all kinds", KINDS), *((kind, (kind,)) for kind in KINDS)):
        cells = {name: _counts(one, kinds) for name, one in found.items()}
        rows[f"{title}: precision"] = {
            name: share(right, right + false) for name, (right, false, _) in cells.items()
        }
        rows[f"{title}: recall"] = {
            name: share(right, right + missed) for name, (right, _, missed) in cells.items()
        }
    return rows


def _counts(found: Found, kinds: Sequence[str]) -> tuple[int, int, int]:
    right, false, missed = (
        sum(kind in kinds for _, kind in part) for part in (found.right, found.false, found.missed)
    )
    return right, false, missed


def share(count: int, total: int) -> dict[str, float]:
    """A share with its interval and n.

    Examples
    --------
    >>> share(9, 10)["value"], round(share(9, 10)["low"], 3)
    (0.9, 0.596)
    """
    if not total:
        return {"value": 0.0, "n": 0}
    low, high = (float(end[0]) for end in wilson([count], [total], 0.95))
    return {"value": count / total, "low": low, "high": high, "n": total}
