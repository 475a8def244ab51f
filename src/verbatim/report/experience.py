"""What a report shows of customer service, effort and loyalty."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verbatim.analysis import Analysis
from verbatim.experience import Effort, Loyalty, ServiceExperience
from verbatim.experience.columns import ALL
from verbatim.experience.view import weak_note
from verbatim.report.findings import FEWEST_REVIEWS
from verbatim.report.names import with_spoken_outcome
from verbatim.report.rows import Figure, Record, figure, text_or_none
from verbatim.report.wording import number, percent

MOST_SENTENCES = 4
FELT = "Felt most"
NOTHING = Figure()

SERVICE = (
    "Service: opinions on staff and service, and on information, waiting, procedure, billing, "
    "rules, delivery or safety where a contact is told of."
)
PARADOX = (
    "A recovery paradox: customers whose problem was solved are happier than those who had none."
)
EMOTION = (
    "Net emotion: 100 × (reviews with pleasant emotions only − reviews with unpleasant ones only) "
    "÷ reviews."
)
EFFORT = (
    "Effort score: 100 × (reviews where it was easy − reviews where it was hard) ÷ their number."
)
AMOUNT = "Of several numbers in a review the largest counts. Only what is told in numbers is read."

PARTS = {
    "service": "Customer service",
    "rest": "The rest of the experience",
    "reactive": "The company answers",
    "proactive": "The company acts unasked",
}
PROBLEMS = {
    "solved": "A problem, solved",
    "unsolved": "A problem, left unsolved",
    "untold": "Criticism, its end untold",
    "none": "No criticism",
}
UNITS = {
    "contacts": "Contacts made",
    "minutes": "Waits told in minutes or hours",
    "days": "Waits told in days or longer",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a name, the reviews behind it, and its figures.

    Attributes
    ----------
    share : str
        Of all reviews.
    net : Figure
        Net sentiment, net emotion or effort score, -100 to 100.
    mean : Figure
        Mean outcome.
    words : str
        Another figure in words, or empty.
    """

    name: str
    n: int
    low_support: bool
    net: Figure = NOTHING
    mean: Figure = NOTHING
    share: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the section: a title, sentences, and rows under the heads of their columns.

    `about` is what the rows are, `net` the name of their net figure, `words` that of their words;
    `note` says how they are made.
    """

    title: str
    said: tuple[str, ...] = ()
    about: str = ""
    net: str = ""
    words: str = ""
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExperiencePart:
    """Blocks that have enough to show, and notes of what the engine gets wrong too often."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def experience_part(
    analysis: Analysis,
    outcome: str | None,
    weight: str | None,
    higher_is_better: bool,
    **options: Any,
) -> ExperiencePart | None:
    """Lay out service, effort and loyalty; None if too few reviews tell of any."""
    service = analysis.service_experience(
        outcome=outcome, weight=weight, higher_is_better=higher_is_better, **options
    )
    service = with_spoken_outcome(service)
    effort = analysis.effort(weight=weight, **options)
    loyalty = with_spoken_outcome(analysis.loyalty(score=outcome, weight=weight, **options))
    blocks = (*_service(service), *_effort(effort), *_loyalty(loyalty))
    metas = (service.meta, effort.meta, loyalty.meta)
    weak = {one["name"]: one for meta in metas for one in meta["weak"]}
    note = weak_note({**service.meta, "weak": list(weak.values())}) if weak else ""
    return ExperiencePart(blocks, (f"{note}.",) if note else ()) if blocks else None


def _service(found: ServiceExperience) -> list[Block]:
    parts = _records(found.frame, "part", PARTS)
    if not any(row["part"] == "service" for row in parts):
        return []
    lines = tuple(_line(row, PARTS[row["part"]], "net_sentiment") for row in parts)
    said = tuple(found.findings(MOST_SENTENCES))
    note = f"{SERVICE} {PARADOX}" if any("paradox" in one for one in said) else SERVICE
    blocks = [
        Block("Customer service and the rest", said, "Part", "Net sentiment", FELT, lines, note)
    ]
    endings = _records(found.recovery, "problem", PROBLEMS)
    if {"solved", "unsolved"} <= {row["problem"] for row in endings}:
        rows = tuple(_line(row, PROBLEMS[row["problem"]], "net_emotion") for row in endings)
        blocks.append(
            Block("When something goes wrong", (), "Reviews of", "Net emotion", FELT, rows, EMOTION)
        )
    return blocks


def _effort(found: Effort) -> list[Block]:
    channels = [row for row in _records(found.frame) if not (row["low_support"] and _is_all(row))]
    channels = channels if channels and _is_all(channels[0]) else []
    amounts = [row for row in _records(found.amounts) if _is_all(row)]
    lines = [
        _line(row, "All reviews" if _is_all(row) else _channel(row), "effort_score")
        for row in channels
    ]
    told = [
        Line(UNITS[row["unit"]], row["n_reviews"], row["low_support"], words=_median(row))
        for row in amounts
    ]
    said = tuple(found.findings(MOST_SENTENCES))
    blocks = (
        [Block("Effort", said, "Channel", "Effort score", "", tuple(lines), EFFORT)]
        if lines
        else []
    )
    if told:
        title = "Contacts and waits read from the texts"
        blocks.append(Block(title, (), "What", "", "Median", tuple(told), AMOUNT))
    return blocks


def _loyalty(found: Loyalty) -> list[Block]:
    rows = _records(found.frame)
    return [Block("Loyalty in the texts", tuple(found.findings(MOST_SENTENCES)))] if rows else []


def _records(frame: Any, key: str = "", names: Mapping[str, str] | None = None) -> list[Any]:
    """Rows that are reliable and rest on reviews enough to be told."""
    rows = frame[frame["is_reliable"] & (frame["n_reviews"] >= FEWEST_REVIEWS)].to_dict("records")
    return [row for row in rows if names is None or row[key] in names]


def _line(row: Record, name: str, net: str) -> Line:
    has_mean = "outcome_mean" in row
    emotion = text_or_none(row["emotion"]) if "emotion" in row else None
    felt = f"{emotion} {percent(number(row['emotion_share']))}" if emotion else ""
    return Line(
        name=name,
        n=int(row["n_reviews"]),
        low_support=bool(row["low_support"]),
        net=figure(row, net),
        mean=figure(row, "outcome_mean") if has_mean else NOTHING,
        share=percent(number(row["share"])) if "share" in row else "",
        words=felt,
    )


def _is_all(row: Mapping[Hashable, Any]) -> bool:
    return bool(row["channel"] == ALL)


def _channel(row: Record) -> str:
    return str(row["channel"]).replace("_", " ").capitalize()


def _median(row: Record) -> str:
    unit = "" if row["unit"] == "contacts" else f" {row['unit']}"
    ends: Sequence[float] = (row["median_low"], row["median_high"])
    return f"{row['median']:,.3g}{unit} ({ends[0]:,.3g} to {ends[1]:,.3g})"
