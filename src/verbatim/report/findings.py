"""The headline findings, in sentences that carry their n and their interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from verbatim.report.rows import DriverRow, Outcome
from verbatim.report.wording import counted, interval, listed, percent, signed

CATCH_ALL = "overall"
"""Judgements of the whole experience: the result of the other drivers, so never a finding."""

MOST_DIFFERENCES = 3
OUTCOME_DIGITS = 2

FEWEST_REVIEWS = 10
"""For a difference, per side. Lower than the floor of support: two intervals that don't overlap
already tell the groups apart."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement: a label of one or two words, its subject, and the sentence behind it.

    `tone` is ``positive``, ``negative`` or ``neutral``.
    """

    label: str
    subject: str
    sentence: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Difference:
    """A driver in its best and its worst group, where the two intervals don't overlap."""

    best: DriverRow
    worst: DriverRow

    @property
    def gap(self) -> float:
        """Difference of the two net sentiments, in points, 0 to 200."""
        return (self.best.net or 0.0) - (self.worst.net or 0.0)


def findings(
    rows: Sequence[DriverRow],
    grouped: Sequence[DriverRow] = (),
    by: str = "",
    outcome: str = "",
) -> list[Finding]:
    """List what stands out: best, worst, most mentioned, outcome, differences, low support.

    Parameters
    ----------
    rows : sequence of DriverRow
        All reviews together.
    grouped : sequence of DriverRow
        The same drivers by group.
    by, outcome : str
        Names of the columns that group and that measure, for the sentences.
    """
    specific = [row for row in rows if row.driver != CATCH_ALL]
    supported = [row for row in specific if not row.low_support]
    found = [*_extremes(supported or specific), *_most_mentioned(specific)]
    found += _outcome_finding(supported, outcome)
    if by:
        found += _difference_findings(grouped, by)
    return found + _low_support(rows)


def differences(grouped: Iterable[DriverRow]) -> list[Difference]:
    """Drivers whose best and worst group have intervals that don't overlap, widest gap first.

    Rows of fewer than `FEWEST_REVIEWS` take no part.
    """
    sure = [row for row in grouped if row.n_reviews >= FEWEST_REVIEWS and row.net is not None]
    by_driver = sorted(sure, key=lambda row: row.driver)
    found = []
    for _, same in groupby(by_driver, key=lambda row: row.driver):
        rows = sorted(same, key=lambda row: row.net or 0.0)
        worst, best = rows[0], rows[-1]
        if best.low is not None and worst.high is not None and best.low > worst.high:
            found.append(Difference(best, worst))
    return sorted(found, key=lambda difference: -difference.gap)


def _extremes(rows: Sequence[DriverRow]) -> list[Finding]:
    ranked = sorted((row for row in rows if row.net is not None), key=lambda row: row.net or 0.0)
    if not ranked:
        return []
    best, worst = ranked[-1], ranked[0]
    label = "Best" if _tone(best) == "positive" else "Highest"
    found = [Finding(label, best.name, _verdict(best), _tone(best))]
    if worst is not best:
        label = "Worst" if _tone(worst) == "negative" else "Lowest"
        found.append(Finding(label, worst.name, _verdict(worst), _tone(worst)))
    return found


def _tone(row: DriverRow) -> str:
    """Sign of the whole interval; neutral where it holds 0."""
    if row.low is not None and row.low > 0:
        return "positive"
    return "negative" if row.high is not None and row.high < 0 else "neutral"


def _verdict(row: DriverRow) -> str:
    shares = [
        f"{percent(n / row.n_reviews)} only {word}"
        for n, word in ((row.positive, "praise it"), (row.negative, "criticise it"))
    ]
    return (
        f"Of the {counted(row.n_reviews, 'review')} that mention it, {' and '.join(shares)}: "
        f"{net_text(row)}."
    )


def net_text(row: DriverRow) -> str:
    """Net sentiment with its interval, in words."""
    between = interval(row.low, row.high)
    return f"net sentiment {signed(row.net)}" + (f" ({between})" if between else "")


def _most_mentioned(rows: Sequence[DriverRow]) -> list[Finding]:
    if not rows:
        return []
    top = max(rows, key=lambda row: row.n_reviews)
    between = f"{percent(top.share_low)} to {percent(top.share_high)}"
    sentence = (
        f"In {top.n_reviews:,} of {counted(top.n_read, 'review')} read, "
        f"{percent(top.share)} ({between}); {net_text(top)}."
    )
    return [Finding("Most mentioned", top.name, sentence)]


def sure_outcomes(rows: Iterable[DriverRow]) -> list[DriverRow]:
    """Rows whose difference in the outcome has an interval without 0, the largest first.

    Rows of fewer than `FEWEST_REVIEWS` take no part.
    """
    sure = [row for row in rows if row.outcome and _is_sure(row.outcome)]
    return sorted(sure, key=lambda row: -abs(outcome_gap(row)))


def outcome_gap(row: DriverRow) -> float:
    """Mean outcome with the driver minus that without it; 0 where there is none."""
    return (row.outcome.gap or 0.0) if row.outcome else 0.0


def _is_sure(outcome: Outcome) -> bool:
    low, high = outcome.gap_low, outcome.gap_high
    if low is None or high is None or outcome.n < FEWEST_REVIEWS:
        return False
    return low * high > 0


def _outcome_finding(rows: Sequence[DriverRow], name: str) -> list[Finding]:
    """Name the driver that goes with the largest sure difference in the outcome."""
    for row in sure_outcomes(rows)[:1]:
        assert row.outcome is not None
        between = interval(row.outcome.gap_low, row.outcome.gap_high, OUTCOME_DIGITS)
        sentence = (
            f"Reviews that mention it have a mean {name} of {row.outcome.mean:.{OUTCOME_DIGITS}f} "
            f"(n = {row.outcome.n:,}), {signed(row.outcome.gap, OUTCOME_DIGITS)} ({between}) "
            "against those that don't."
        )
        tone = "positive" if outcome_gap(row) > 0 else "negative"
        return [Finding(f"Goes with {name}", row.name, sentence, tone)]
    return []


def _difference_findings(grouped: Sequence[DriverRow], by: str) -> list[Finding]:
    found = differences(row for row in grouped if row.driver != CATCH_ALL)
    if not found:
        return [
            Finding(
                f"Differs by {by}",
                "No driver for sure",
                f"Between groups of {FEWEST_REVIEWS} reviews or more, all intervals overlap.",
            )
        ]
    return [
        Finding(f"Differs by {by}", found_one.best.name, _contrast(found_one))
        for found_one in found[:MOST_DIFFERENCES]
    ]


def _contrast(difference: Difference) -> str:
    best, worst = (
        f"{row.group} {signed(row.net)} ({interval(row.low, row.high)}, n = {row.n_reviews:,})"
        for row in (difference.best, difference.worst)
    )
    return f"{best} against {worst}: a gap of {difference.gap:.0f} points."


def _low_support(rows: Sequence[DriverRow]) -> list[Finding]:
    low = [row for row in rows if row.low_support]
    if not low:
        return []
    names = listed([f"{row.name} ({row.n_reviews})" for row in low])
    return [
        Finding(
            "Low support",
            f"{counted(len(low), 'driver')} of {len(rows)}",
            f"Too few reviews mention {names}; read their figures as hints.",
        )
    ]
