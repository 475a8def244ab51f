r"""Themes that grew since a date, each with a test, under false-discovery control.

What grows may be the theme as a whole, or only the complaints about it, or the praise: rooms are
called clean all year, and then dirty. So each theme is asked three times, for the share of reviews
that hold it, that praise it and that criticise it, by a one-sided permutation test. The smallest
p-value stands for the theme, times three (Bonferroni), and the figures are of that question.

What no theme stands for, since its reviews are read under many drivers, is told by what they name
(`verbatim.discover.subjects`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.comparison.compare import compare
from verbatim.comparison.dates import ASSUMED, date_column, read_dates
from verbatim.comparison.discovery import q_values
from verbatim.comparison.findings import counted, figure, q_text
from verbatim.comparison.options import Options
from verbatim.comparison.sample import with_dates
from verbatim.discover import view
from verbatim.discover.columns import EMERGING, GREW, SUBJECTS, THEME
from verbatim.discover.subjects import subjects
from verbatim.drivers.columns import typed
from verbatim.drivers.options import integer
from verbatim.errors import OptionError
from verbatim.labels import READ
from verbatim.results import Result, records, visible

if TYPE_CHECKING:
    from verbatim.discover.result import Themes
    from verbatim.discover.stored import State

BEFORE, SINCE = "before", "since"
_LABELS = {"criticism": "negative", "praise": "positive"}
_PERIOD = "period"


@dataclass(frozen=True, eq=False, repr=False)
class Emerging(Result):
    """What grew since a date. Immutable.

    `frame` has one row per theme, those that emerge first, the surest first.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``emerging``, and ``subjects``: what is named more since the date, the surest first.
    meta : mapping
        Date, options, counts, and the meaning of the columns.
    themes : Themes
        The themes that were asked, and those that were found beside them.
    """

    themes: Themes

    main = "emerging"

    def __repr__(self) -> str:
        return visible(view.emerging_text(self.frame, self.subjects, self.meta))

    def _repr_html_(self) -> str:
        return view.emerging_html(self.frame, self.subjects, self.meta)

    @property
    def subjects(self) -> pd.DataFrame:
        """Things that are named more since the date, in themes that emerge or in none."""
        return self.tables["subjects"].copy(deep=False)

    def findings(self, n: int = 5) -> list[str]:
        """Say what emerges in up to n sentences, the surest first; where nothing does, that.

        A thing that an emerging theme stands for is told with it.
        """
        n = integer("n", n, 0)
        themes = self.frame[self.frame["emerging"]]
        others = view.in_no_theme(self.subjects)
        told = [(row["p_value"], _sentence(row, self.meta)) for row in records(themes)]
        told += [(row["p_value"], _named(row, self.meta)) for row in records(others)]
        if told:
            return [visible(one) for _, one in sorted(told, key=lambda each: each[0])[:n]]
        tested = counted(self.meta["n_tested"], "theme")
        return [f"No theme grew since {self.meta['since']}: {tested} tested."][:n]


def emerging(
    themes: Themes, analysis: Analysis, since: object, date: Hashable | None, fdr: float
) -> Emerging:
    """Compare the share of each theme since a date with that before; see `Themes.emerging`."""
    fdr = Options(fdr=fdr).fdr
    name = date_column(analysis) if date is None else date
    first = _day(since)
    dated, dates, dating = with_dates(analysis, name)
    grown = themes.refit(dated)
    split = np.where(dates.days >= first, SINCE, BEFORE)
    was_read = dated.verbatims["status"].isin(READ).to_numpy(dtype=bool)
    sizes = {side: int(((split == side) & was_read).sum()) for side in (BEFORE, SINCE)}
    if not all(sizes.values()):
        raise OptionError(
            f"since={since!r} leaves {sizes[BEFORE]:,} reviews before and {sizes[SINCE]:,} since; "
            "give a date that some reviews stand on either side of"
        )
    known = set(themes.frame["theme"])
    lately = grown.names_in(dated.keep(split == SINCE))
    table = _table(_with_period(grown.tag(dated), split), known, lately, fdr)
    named, n_asked = subjects(
        grown._state.said,
        split == SINCE,
        (sizes[BEFORE], sizes[SINCE]),
        grown.meta["min_size"],
        _emerging_themes(grown._state, table),
        fdr,
    )
    meta = {
        "since": str(first),
        "date": str(name),
        "fdr": fdr,
        "n_before": sizes[BEFORE],
        "n_since": sizes[SINCE],
        "n_tested": int(table["p_value"].notna().sum()),
        "n_emerging": int(table["emerging"].sum()),
        "n_subjects_tested": n_asked,
        **dating,
        "drivers": grown.meta["drivers"],
        "columns": {column.name: column.meaning for column in (*THEME, *EMERGING, *SUBJECTS)},
    }
    return Emerging({Emerging.main: table, "subjects": named}, meta, grown)


def _emerging_themes(state: State, table: pd.DataFrame) -> list[str | None]:
    """Id of the emerging theme of each phrase that was heard; None where it is in none."""
    model = state.model
    ids = np.array([*(theme.id for theme in model.themes), ""])
    emerge = frozenset(table["theme"][table["emerging"]])
    of_phrase = ids[model.shown(model.assign(state.said.phrases))].tolist()
    return [theme if theme in emerge else None for theme in of_phrase]


def _day(since: object) -> Any:
    """Read the date; one alone doesn't say whether 01/06/2025 begins with day or month."""
    read = read_dates(pd.Series([since]))
    if np.isnat(read.days[0]):
        raise OptionError(f"since={since!r} is not a date; give one such as '2025-06-01'")
    if (read.order or "").endswith(ASSUMED):
        raise OptionError(
            f"since={since!r} may be several dates; write the year first, such as '2025-06-01'"
        )
    return read.days[0]


def _with_period(analysis: Analysis, split: Any) -> Analysis:
    verbatims = analysis.verbatims.assign(**{_PERIOD: split})
    return Analysis({**analysis.tables, "verbatims": verbatims}, analysis.meta)


def _table(
    tagged: Analysis, known: set[str], lately: Mapping[str, str], fdr: float
) -> pd.DataFrame:
    columns = (*THEME, *EMERGING)
    asked = [_grown(tagged, what) for what in GREW]
    rows = pd.concat(asked, ignore_index=True)
    if rows.empty:
        return typed(columns, {column.name: [] for column in columns})
    rows = rows.sort_values(["theme", "p_value"], kind="stable").drop_duplicates("theme")
    p = np.minimum(len(GREW) * rows["p_value"].to_numpy(dtype=np.float64), 1)
    q = q_values(p)
    data = {
        **{name: rows[name] for name in ("driver", "theme", "name", "grew")},
        "lately": rows["theme"].map(lately),
        "new": ~rows["theme"].isin(known),
        "n_since": rows["n_reviews"],
        "n_before": rows["reference_n_reviews"],
        "read_since": rows["n_read"],
        "read_before": rows["reference_n_read"],
        "share_since": rows["value"],
        "share_before": rows["reference_value"],
        **{name: rows[name] for name in ("difference", "low", "high")},
        "p_value": p,
        "q_value": q,
        "emerging": (q <= fdr) & (rows["difference"].to_numpy() > 0),
    }
    table = typed(columns, data)
    order = np.lexsort(
        (table["theme"], -table["difference"], table["p_value"].fillna(2), ~table["emerging"])
    )
    return table.iloc[order].reset_index(drop=True)


def _grown(tagged: Analysis, what: str) -> pd.DataFrame:
    """Share of reviews that mention, praise or criticise each theme, with a one-sided p-value."""
    opinions = tagged.opinions
    if what in _LABELS:
        held = opinions["theme"].where(opinions["label"] == _LABELS[what])
        tagged = Analysis({**tagged.tables, "opinions": opinions.assign(theme=held)}, tagged.meta)
    if not tagged.opinions["theme"].notna().any():
        return pd.DataFrame()
    compared = compare(
        tagged, by=_PERIOD, baseline=BEFORE, small="flag", level="theme", n_resamples=100
    ).frame
    rows = compared[(compared["measure"] == "share") & (compared[_PERIOD] == SINCE)]
    half = rows["p_value"] / 2  # the p-value is twice that of the side that was found
    grew = rows["difference"] > 0
    return rows.assign(grew=what, p_value=half.where(grew, 1 - half))


def _named(row: Mapping[str, Any], meta: Mapping[str, Any]) -> str:
    return f"{row['subject']} ({view.driver_names(row, meta)}): named {_growth(row, meta)}"


def _sentence(row: Mapping[str, Any], meta: Mapping[str, Any]) -> str:
    lately = f", lately {name}" if (name := view.named_lately(row)) else ""
    said = {"mentions": "", "criticism": "criticised ", "praise": "praised "}[row["grew"]]
    new = ", new" if row["new"] else ""
    return f"{row['name']} ({view.driver_name(row, meta)}{new}{lately}): {said}{_growth(row, meta)}"


def _growth(row: Mapping[str, Any], meta: Mapping[str, Any]) -> str:
    low, high = (figure(row[end], "share") for end in ("low", "high"))
    return (
        f"in {row['share_since']:.1%} of reviews since {meta['since']} against "
        f"{row['share_before']:.1%} before (95% interval of the difference {low} to {high} "
        f"percentage points, {q_text(row['q_value'])}, {counted(row['n_since'], 'review')})."
    )
