"""Find the moments of an analysis: alerts worth a call back today, and wows worth celebrating."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.comparison.sample import provenance
from verbatim.drivers.bootstrap import wilson
from verbatim.drivers.columns import meanings, typed
from verbatim.drivers.groups import by_columns
from verbatim.drivers.options import ScoreOptions
from verbatim.errors import OptionError, unknown
from verbatim.grouping import group
from verbatim.moments.columns import COUNTS, KINDS, MOMENTS, RESERVED
from verbatim.moments.result import Moments
from verbatim.moments.rules import Kind, Rules, load_rules
from verbatim.moments.table import Moment, moments_of, moments_table
from verbatim.schema import ID

Ints = NDArray[np.int64]

READ = ("ok", "truncated")

_JOURNEY = ("touchpoint", "stage", "effort")


def moments(
    analysis: Analysis,
    *,
    kinds: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    min_reviews: int = 30,
    confidence: float = 0.95,
) -> Moments:
    """Find alerts that are worth a call back today, and moments that are worth celebrating.

    Rules look for trigger phrases with what must and must not stand around them, and combine them
    with what the engine says of the sentence. Precision comes before recall: what is found is
    meant to be read by somebody, what is missed is not proof that there is nothing.

    Parameters
    ----------
    analysis : Analysis
    kinds : str or sequence of str, optional
        What to look for: ``"safety"``, ``"discrimination"``, ``"legal"``, ``"unsolved"``,
        ``"churn"``, ``"wow"``; all by default.
    by : str or sequence of str, optional
        Columns of the verbatims to carry along, and to count by; NA is a group of its own.
    min_reviews : int
        Reviews below which a count is marked as of low support.
    confidence : float
        Share of the intervals that should hold the true share, 0 to 1.

    Returns
    -------
    Moments

    Raises
    ------
    OptionError
        There is no such kind or column, or an option is out of its range.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["The oven caught fire and burned my hand.", "I'd kill for that breakfast."]
    >>> found = verbatim.analyze(texts, engine="lexicon").moments()
    >>> found.frame[["id", "kind", "trigger"]].values.tolist()
    [[0, 'safety', 'caught fire']]
    """
    options = ScoreOptions(min_reviews=min_reviews, confidence=confidence)
    rules, asked = load_rules(), _kinds(kinds)
    wanted = [kind for kind in rules.kinds if kind.name in asked]
    names = by_columns(by, None)
    held = {_shown(name): analysis.column(name).array for name in names}
    own = pd.DataFrame(held, index=range(len(analysis)))
    groups = group({name: own[name] for name in own}, len(analysis))
    is_read = analysis.column("status").isin(READ).to_numpy()
    table = moments_table(_found(analysis, rules, wanted))
    verbatim = table.pop("verbatim").to_numpy(dtype=np.int64)
    n_read = np.bincount(groups.of_row[is_read], minlength=len(groups.values))
    counts = _counts(table["kind"], groups.of_row[verbatim], n_read, wanted, options)
    of_group = np.repeat(np.arange(len(n_read)), len(wanted))
    meta = {
        "kinds": [kind.name for kind in wanted],
        "by": [str(name) for name in names],
        "min_reviews": options.min_reviews,
        "confidence": options.confidence,
        "n_verbatims": len(analysis),
        "n_read": int(is_read.sum()),
        "n_moments": {kind.name: int((table["kind"] == kind.name).sum()) for kind in wanted},
        "without": _without(analysis),
        "columns": {"moments": meanings(MOMENTS), "counts": meanings(COUNTS)},
        "rules": dict(rules.written),
        **provenance(analysis),
    }
    frame = _beside(own.iloc[verbatim], table)
    tables = {"moments": frame, "counts": _beside(groups.values.iloc[of_group], counts)}
    return Moments(tables, meta)


def _found(analysis: Analysis, rules: Rules, kinds: Sequence[Kind]) -> list[Moment]:
    """Moments of all verbatims, with the position of each in the whole."""
    found: list[Moment] = []
    n_before = 0
    for block in analysis.blocks():
        for moment in moments_of(block, rules, kinds):
            found.append(moment | {"verbatim": moment["verbatim"] + n_before})
        n_before += len(block)
    return found


def _beside(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    joined: pd.DataFrame = pd.concat([left.reset_index(drop=True), right], axis=1)
    return joined


def _kinds(kinds: str | Sequence[str] | None) -> list[str]:
    if kinds is None:
        return list(KINDS)
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in asked:
        if kind not in KINDS:
            raise OptionError(unknown("kind", kind, KINDS))
    if not asked:
        raise OptionError(f"kinds={kinds!r} asks for nothing; give one of {', '.join(KINDS)}")
    return asked


def _shown(name: Hashable) -> Hashable:
    """Name of a caller's column in the tables: `by_` before one that they need themselves."""
    return f"by_{name}" if name in RESERVED or name == ID else name


def _counts(
    kinds_found: pd.Series[Any],
    of_group: Ints,
    n_read: Ints,
    kinds: Sequence[Kind],
    options: ScoreOptions,
) -> pd.DataFrame:
    """One row per group and kind: in how many reviews, of how many."""
    place = {kind.name: number for number, kind in enumerate(kinds)}
    cell = of_group * len(kinds) + kinds_found.map(place).to_numpy(dtype=np.int64)
    n_reviews = np.bincount(cell, minlength=len(n_read) * len(kinds))
    total = np.repeat(n_read, len(kinds))
    low, high = wilson(n_reviews, total, options.confidence)
    figures = {
        "kind": [kind.name for kind in kinds] * len(n_read),
        "name": [kind.title for kind in kinds] * len(n_read),
        "n_reviews": n_reviews,
        "n_read": total,
        "share": n_reviews / np.where(total > 0, total, np.nan),
        "share_low": low,
        "share_high": high,
        "low_support": total < options.min_reviews,
    }
    return typed(COUNTS, figures)


def _without(analysis: Analysis) -> list[str]:
    """Columns of the sentences that rules ask for and that the engine doesn't know.

    An engine that tells the journey may find none of the two in a few short answers; it lacks
    nothing.
    """
    asked = ["interaction", "resolution"]
    tells_journey = any(
        values.notna().any()
        for block in analysis.blocks()
        for _, values in block.select("sentences", [*asked, *_JOURNEY]).items()
    )
    return [] if tells_journey else asked
