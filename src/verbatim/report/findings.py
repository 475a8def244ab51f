"""The headline findings, in sentences that carry their n and their interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from verbatim.charts.priorities import SURE
from verbatim.comparison import Comparison
from verbatim.report.finding import CATCH_ALL, FEW, MOST_OF_A_KIND, Finding, capital
from verbatim.report.group_findings import apart_from_rest, different, with_group
from verbatim.report.names import unit
from verbatim.report.rows import DriverRow, Effects, Figure
from verbatim.report.through_time import Change, TrendPart
from verbatim.report.wording import counted, percent

OUTCOME_DIGITS = 2

FEWEST_REVIEWS = 10
"""For a figure to be told in a line of its own, where no table shows how few they are."""


def findings(
    rows: Sequence[DriverRow],
    outcome: str = "",
    compared: Comparison | None = None,
    trend: TrendPart | None = None,
) -> list[Finding]:
    """List what stands out: what to fix and keep, what changes, and what differs.

    Parameters
    ----------
    rows : sequence of DriverRow
        All reviews together.
    outcome : str
        Name of the outcome, for the sentences.
    compared : Comparison, optional
    trend : TrendPart, optional
    """
    specific = [row for row in rows if row.driver != CATCH_ALL]
    supported = [row for row in specific if not row.low_support] or specific
    placed = [row for row in supported if row.effects and row.effects.quadrant]
    changes = _specific(trend.changes) if trend is not None else []
    found = _placed(placed, outcome) if placed else _extremes(supported)
    found += _most_mentioned(specific, {one.driver for one in found}) if not placed else []
    told = {one.driver for one in found}
    found = [_with_change(one, changes) for one in found]
    others = [change for change in changes if change.driver not in told]
    found += [_changed(change) for change in others[:MOST_OF_A_KIND]]
    if compared is None:
        return found
    apart = apart_from_rest(compared)
    found = [with_group(one, apart) for one in found]
    return found + different(apart, {one.driver for one in found})


def _specific(changes: Iterable[Change]) -> list[Change]:
    """Changes of a driver of its own, one each, those of net sentiment first."""
    kept = [change for change in changes if change.driver != CATCH_ALL]
    first: dict[str, Change] = {}
    for change in sorted(kept, key=lambda change: change.is_share):
        first.setdefault(change.driver, change)
    return list(first.values())


def _with_change(finding: Finding, changes: Iterable[Change]) -> Finding:
    """Say of a driver also how it changed, as what is to be fixed may be mended by now."""
    for change in changes:
        if change.driver == finding.driver and not change.is_share:
            joint = "and" if change.tone == finding.tone or finding.tone == "neutral" else "though"
            label = f"{finding.label}, {joint} {_turn(change)}"
            tone = change.tone if finding.tone == "neutral" else finding.tone
            return replace(finding, label=label, tone=tone, also=(_change_sentence(change),))
    return finding


def _placed(rows: Sequence[DriverRow], outcome: str) -> list[Finding]:
    """What matters most, what to fix first and what to keep up, by importance."""
    ranked_rows = sorted(rows, key=lambda row: -row.importance)
    top = ranked_rows[0]
    fix = [row for row in ranked_rows if _stands(row, "fix first")][:MOST_OF_A_KIND]
    keep = [row for row in ranked_rows if _stands(row, "keep up")][:MOST_OF_A_KIND]
    found = [_to_do("Fix first", row, outcome, "negative") for row in fix]
    if top not in fix and top not in keep:
        # What matters more may be told by too few reviews to be called so.
        is_minor = any(_stands(top, quadrant) for quadrant in ("low priority", "possible overkill"))
        label = "Matters little" if is_minor else "Matters most"
        found.insert(0, _to_do(label, top, outcome, "neutral"))
    return found + [_to_do("Keep up", row, outcome, "positive") for row in keep]


def _stands(row: DriverRow, quadrant: str) -> bool:
    effects = row.effects
    return (
        effects is not None and effects.quadrant == quadrant and (effects.probability or 0) >= SURE
    )


def _to_do(label: str, row: DriverRow, outcome: str, tone: str) -> Finding:
    assert row.effects is not None
    effects = row.effects
    side, effect = ("complaint", effects.penalty)
    if tone == "positive":
        side, effect = ("word of praise", effects.reward)
    parts = [_weight(effects, outcome)]
    if effect.is_whole:
        parts.append(_effect(side, effect, outcome))
    if tone == "positive" and _costs_more(effects):
        parts.append(f"A complaint goes with more: {_said(effects.penalty, outcome)}.")
    parts.append(f"Net sentiment {row.net.text()}, n = {row.n_reviews:,}.")
    parts += [_place(effects, tone), *_hint(row)]
    return Finding(label, row.name, " ".join(parts), row.driver, tone)


def _effect(side: str, effect: Figure, outcome: str) -> str:
    """What a mention goes with; of an effect that may be none, no direction is told as if sure."""
    said = _said(effect, outcome)
    if effect.tone == "neutral":
        return f"What a {side} goes with isn't sure: {said}."
    return f"A {side} goes with {said}."


def _said(effect: Figure, outcome: str) -> str:
    return f"{effect.text(OUTCOME_DIGITS)} {unit(outcome)}"


def _costs_more(effects: Effects) -> bool:
    """Whether poor work surely moves the outcome, and further than good work does."""
    reward, penalty = effects.reward.value or 0.0, effects.penalty.value or 0.0
    return effects.penalty.tone != "neutral" and abs(penalty) > abs(reward)


def _place(effects: Effects, tone: str) -> str:
    share = percent(effects.probability)
    if tone != "neutral":
        return f"{share} of resamples place it here."
    border = "It is on a border: " if (effects.probability or 0) < SURE else ""
    return f"{border}{share} of resamples say {effects.quadrant}."


def _weight(effects: Effects, outcome: str) -> str:
    low, high = effects.importance.low, effects.importance.high
    return (
        f"It accounts for {effects.importance.value:.0f}% ({low:.0f} to {high:.0f}) of what all "
        f"drivers explain of {outcome}."
    )


def _extremes(rows: Sequence[DriverRow]) -> list[Finding]:
    """The worst and the best driver; where there is no difference, what its tone says."""
    order = sorted((row for row in rows if row.net.value is not None), key=_net)
    if not order:
        return []
    worst, best = order[0], order[-1]
    if _net(worst) == _net(best):
        label = {"negative": "Criticised", "positive": "Praised"}.get(worst.net.tone)
        return [_verdict(label, worst)] if label else []
    found = [_verdict("Worst" if worst.net.tone == "negative" else "Lowest", worst)]
    if _net(best) < 0:  # the least bad is no good news
        return found
    return [*found, _verdict("Best" if best.net.tone == "positive" else "Highest", best)]


def _net(row: DriverRow) -> float:
    return row.net.value or 0.0


def _hint(row: DriverRow | Change) -> list[str]:
    return [FEW] if row.low_support else []


def _verdict(label: str, row: DriverRow) -> Finding:
    shares = [
        f"{percent(n / row.n_reviews)} only {word}"
        for n, word in ((row.positive, "praise it"), (row.negative, "criticise it"))
    ]
    verb = "mentions" if row.n_reviews == 1 else "mention"
    sentence = (
        f"Of the {counted(row.n_reviews, 'review')} that {verb} it, {' and '.join(shares)}: "
        f"{net_text(row)}."
    )
    told = " ".join([sentence, *_hint(row)])
    return Finding(label, row.name, told, row.driver, row.net.tone)


def net_text(row: DriverRow) -> str:
    """Net sentiment with its interval, in words."""
    return f"net sentiment {row.net.text()}"


def _most_mentioned(rows: Sequence[DriverRow], told: set[str]) -> list[Finding]:
    top = max(rows, key=lambda row: row.n_reviews, default=None)
    if top is None or top.driver in told:
        return []
    between = f"{percent(top.share.low)} to {percent(top.share.high)}"
    sentence = (
        f"In {top.n_reviews:,} of {counted(top.n_read, 'review')} read, "
        f"{percent(top.share.value)} ({between}); {net_text(top)}."
    )
    return [Finding("Most mentioned", top.name, " ".join([sentence, *_hint(top)]), top.driver)]


def _changed(change: Change) -> Finding:
    label, sentence = capital(_turn(change)), _change_sentence(change)
    return Finding(label, change.name, sentence, change.driver, change.tone)


def _turn(change: Change) -> str:
    verb = {"positive": "better", "negative": "worse", "neutral": "changed"}[change.tone]
    return f"{verb} since {change.period}"


def _change_sentence(change: Change) -> str:
    unit = "percentage points" if change.is_share else "points"
    sentence = (
        f"{capital(change.measure)} went from {change.before} to {change.after}: "
        f"{change.difference.text()} {unit}, {change.q}, n = {change.n_before:,} before and "
        f"{change.n_after:,} after."
    )
    return " ".join([sentence, *_hint(change)])
