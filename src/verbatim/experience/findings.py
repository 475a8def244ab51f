"""Say what service, effort and loyalty come to, in sentences with their n and their interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import pandas as pd

from verbatim.comparison.findings import MINUS, counted, records
from verbatim.experience.columns import ALL
from verbatim.experience.groups import Key, keys_of, names_of
from verbatim.tables import is_missing

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]
Rows = Mapping[str, Sequence[Row]]

CAUTION = "an association, not proof of a cause"


def service_findings(tables: Tables, meta: Row) -> list[str]:
    """Volume and feel of service, what it explains, and how problems end."""
    return _in_turn(_service, tables, meta)


def effort_findings(tables: Tables, meta: Row) -> list[str]:
    """Effort, resolution, contacts and waits, and the hardest channel."""
    return _in_turn(_efforts, tables, meta)


def loyalty_findings(tables: Tables, meta: Row) -> list[str]:
    """Loyalty, and how it goes with the score."""
    return _in_turn(_loyalty, tables, meta)


def _in_turn(say: Callable[[Rows, Row], Iterator[str]], tables: Tables, meta: Row) -> list[str]:
    """Say the first sentence of every group, then the second of each, and so on."""
    said = [
        [where + sentence for sentence in say(rows, meta)] for where, rows in _groups(tables, meta)
    ]
    return [sentence for turn in zip_longest(*said) for sentence in turn if sentence is not None]


def _service(rows: Rows, meta: Row) -> Iterator[str]:
    parts = {row["part"]: row for row in rows["parts"]}
    yield _volume(parts, meta)
    yield from _explained(rows.get("explained", ()), meta)
    yield from _recovery(rows["contrasts"], meta)
    yield from _interactions(parts, meta)


def _efforts(rows: Rows, meta: Row) -> Iterator[str]:
    everything = next(row for row in rows["channels"] if row["channel"] == ALL)
    yield from _effort(everything, meta)
    for row in rows["amounts"]:
        if row["channel"] == ALL and not is_missing(row["median_low"]):
            yield _amount(row, meta)
    yield from _hardest(rows["channels"], meta)


def _loyalty(rows: Rows, meta: Row) -> Iterator[str]:
    (row,) = rows["groups"]
    if not row["is_reliable"]:
        return
    if not row["n_reviews"]:
        yield "No review shows an intent to return, recommend, leave or warn."
        return
    both = f"{row['both']:,} {'shows' if row['both'] == 1 else 'show'} both"
    yield (
        f"Loyalty is {signed(row['loyalty'])} ({ends(row, 'loyalty', meta)}): of the "
        f"{counted(row['n_reviews'], 'review')} that show an intent ({row['coverage']:.0%} of "
        f"{row['n_read']:,}), {row['loyal']:,} will return or recommend, {row['disloyal']:,} "
        f"will leave or warn, {both}{_few(row)}."
    )
    if meta["score"] is not None and not is_missing(row["correlation_low"]):
        yield (
            f"Where both are there, loyalty goes with {meta['score']} at a rank correlation of "
            f"{signed(row['correlation'], 2)} ({ends(row, 'correlation', meta, 2)}, "
            f"{counted(row['correlation_n'], 'review')}{_few(row, 'correlation_low_support')})."
        )


def _groups(tables: Tables, meta: Row) -> Iterator[tuple[str, dict[str, list[dict[str, Any]]]]]:
    """Name of each group, for the front of a sentence, and its rows by table."""
    n = len(meta["by"])
    grouped = {name: _by_group(table, n) for name, table in tables.items() if name != "quantities"}
    for key, texts in names_of(next(iter(tables.values())), n).items():
        where = ", ".join(f"{by}: {text}" for by, text in zip(meta["by"], texts, strict=True))
        rows = {name: table[key] for name, table in grouped.items()}
        yield f"[{where}] " if where else "", rows


def _by_group(table: pd.DataFrame, n_columns: int) -> defaultdict[Key, list[dict[str, Any]]]:
    found: defaultdict[Key, list[dict[str, Any]]] = defaultdict(list)
    for key, row in zip(keys_of(table, n_columns), records(table), strict=True):
        found[key].append(row)
    return found


def _volume(parts: Mapping[str, Row], meta: Row) -> str:
    texts = []
    for name, part in (("Customer service", "service"), ("the rest of the experience", "rest")):
        row = parts[part]
        if not row["n_reviews"]:
            texts.append(f"{name} is not told of")
            continue
        texts.append(
            f"{name} is told of in {counted(row['n_reviews'], 'review')} ({row['share']:.0%}), net "
            f"sentiment {signed(row['net_sentiment'])} ({ends(row, 'net_sentiment', meta)}"
            f"{_few(row)})"
        )
    return "; ".join(texts) + "."


def _explained(rows: Sequence[Row], meta: Row) -> Iterator[str]:
    row = next((row for row in rows if row["part"] == "service"), None)
    if row is None or is_missing(row["importance"]):
        return
    low, high = row["importance_low"], row["importance_high"]
    yield (
        f"Of what all opinions together explain of {meta['outcome']} (R2 {row['r2']:.2f}), service "
        f"accounts for {row['importance']:.0f}% ({meta['confidence']:.0%} interval {low:.0f}% to "
        f"{high:.0f}%, {counted(row['n'], 'review')}) and the rest for "
        f"{100 - row['importance']:.0f}%; {CAUTION}."
    )


def _recovery(rows: Sequence[Row], meta: Row) -> Iterator[str]:
    """Solved against unsolved, and against no problem; weak heads are named in the notes."""
    measure = "net_emotion" if meta["outcome"] is None else "outcome"
    # A report calls an outcome of a long name "the outcome".
    name = "Net emotion" if meta["outcome"] is None else _mean(meta["outcome"])
    found = {
        (row["first"], row["second"]): row
        for row in rows
        if row["measure"] == measure and row["is_reliable"] and not is_missing(row["difference"])
    }
    pair = found.get(("solved", "unsolved"))
    if pair is not None:
        yield (
            f"{name} where a problem was solved {_compared(pair)} where one was left unsolved "
            f"({_difference(pair, meta, measure)}); {CAUTION}."
        )
    paradox = found.get(("solved", "none"))
    if paradox is not None:
        yield (
            f"{name} where a problem was solved {_compared(paradox)} in reviews without criticism "
            f"({_difference(paradox, meta, measure)}): {_paradox(paradox, meta)}."
        )


def _mean(outcome: str) -> str:
    return f"Mean {outcome.removeprefix('the ')}"


def _compared(row: Row) -> str:
    side = _side(row)
    if not side:
        return "doesn't surely differ from that"
    return f"is {'higher' if side > 0 else 'lower'} than"


def _paradox(row: Row, meta: Row) -> str:
    side = _side(row) * (1 if meta["higher_is_better"] or row["measure"] != "outcome" else -1)
    if not side:
        return "neither a recovery paradox nor its absence is shown"
    if side > 0:
        return f"these reviews show a recovery paradox, {CAUTION}"
    return "no recovery paradox"


def _side(row: Row) -> int:
    """Sign of the whole interval, 0 where it holds 0."""
    return int(row["difference_low"] > 0) - int(row["difference_high"] < 0)


def _difference(row: Row, meta: Row, measure: str) -> str:
    digits = 2 if measure == "outcome" else 0
    return (
        f"difference {signed(row['difference'], digits)}, {ends(row, 'difference', meta, digits)}, "
        f"{row['n_first']:,} and {counted(row['n_second'], 'review')}{_few(row)}"
    )


def _interactions(parts: Mapping[str, Row], meta: Row) -> Iterator[str]:
    for part, act in (("proactive", "acts unasked"), ("reactive", "answers")):
        row = parts[part]
        if row["n_reviews"] and row["is_reliable"]:
            yield (
                f"{counted(row['n_reviews'], 'review')} ({row['share']:.0%}) say that the company "
                f"{act}, net sentiment there {signed(row['net_sentiment'])} "
                f"({ends(row, 'net_sentiment', meta)}{_few(row)})."
            )


def _effort(row: Row, meta: Row) -> Iterator[str]:
    if not row["n_reviews"]:
        yield f"None of {counted(row['n_read'], 'review')} shows any effort, low or high."
    elif row["is_reliable"]:
        yield (
            f"Effort score {signed(row['effort_score'])} ({ends(row, 'effort_score', meta)}) over "
            f"the {counted(row['n_reviews'], 'review')} of {row['n_read']:,} that show any: "
            f"{row['easy']:,} easy, {row['hard']:,} hard{_few(row)}. Silence is not ease."
        )
    if row["n_problems"] and row["resolution_is_reliable"]:
        low, high = row["resolution_rate_low"], row["resolution_rate_high"]
        yield (
            f"{row['resolution_rate']:.0%} of the {counted(row['n_problems'], 'review')} that tell "
            f"how a problem ended had it solved ({meta['confidence']:.0%} interval {low:.0%} to "
            f"{high:.0%}{_few(row, 'resolution_low_support')})."
        )


def _amount(row: Row, meta: Row) -> str:
    name = {
        "contacts": "Contacts that customers had to make",
        "minutes": "Waits told in minutes or hours",
        "days": "Waits told in days or longer",
    }[row["unit"]]
    unit = "" if row["unit"] == "contacts" else f" {row['unit']}"
    return (
        f"{name}: median {row['median']:,.3g}{unit} ({meta['confidence']:.0%} interval "
        f"{row['median_low']:,.3g} to {row['median_high']:,.3g}, "
        f"{counted(row['n_reviews'], 'review')}{_few(row)})."
    )


def _hardest(rows: Sequence[Row], meta: Row) -> Iterator[str]:
    """The channel of the lowest effort score whose interval lies below 0."""
    hard = [
        row
        for row in rows
        if row["channel"] != ALL
        and row["is_reliable"]
        and not is_missing(row["effort_score"])
        and row["effort_score_high"] < 0
    ]
    if hard:
        row = min(hard, key=lambda row: row["effort_score"])
        yield (
            f"Hardest channel: {row['channel'].replace('_', ' ')}, effort score "
            f"{signed(row['effort_score'])} ({ends(row, 'effort_score', meta)}, "
            f"{counted(row['n_reviews'], 'review')}{_few(row)})."
        )


def signed(value: float, digits: int = 0) -> str:
    """Write a figure with its sign.

    Examples
    --------
    >>> signed(41.6), signed(0.254, 2), signed(-0.2)
    ('+42', '+0.25', '0')
    """
    shown = f"{abs(value):.{digits}f}"
    return shown if not float(shown) else f"{'+' if value > 0 else MINUS}{shown}"


def ends(row: Row, name: str, meta: Row, digits: int = 0) -> str:
    """Say the interval of a figure."""
    low, high = (signed(row[f"{name}_{end}"], digits) for end in ("low", "high"))
    return f"{meta['confidence']:.0%} interval {low} to {high}"


def _few(row: Row, mark: str = "low_support") -> str:
    return "; low support" if row[mark] else ""
