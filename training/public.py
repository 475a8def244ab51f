"""What the rows of the public sets say in this project's label space, and what they leave open.

Each set was annotated for its own purpose. Where one of its categories may be one of several
drivers, the opinion names them all; where it says nothing of a driver, the driver is `unknown`, so
that no loss pulls it either way.
"""

from __future__ import annotations

from typing import Any

from training.examples import Example, Opinion, Span, cleaned
from verbatim.labels import DRIVERS

Row = dict[str, Any]

MAMS_UNKNOWN = frozenset(
    {
        "cleanliness",
        "process",
        "communication",
        "product",
        "safety",
        "billing",
        "policy",
        "technology",
        "delivery",
    }
)
"""Drivers that no category of MAMS covers but a restaurant sentence may hold."""

OPOSUM_UNKNOWN = frozenset(
    {
        "overall",
        "delivery",
        "billing",
        "safety",
        "choice",
        "communication",
        "policy",
        "cleanliness",
        "waiting",
        "technology",
    }
)
"""Drivers that OPOSUM files under "None", or has only for some goods."""

_OPOSUM_OTHER = {
    "Price": ("price",),
    "Looks": ("ambience",),
    "Look": ("ambience",),
    "Color": ("ambience",),
    "Customer_Service": ("service",),
    "Customer_service": ("service",),
    "Comfort": ("comfort",),
    "Feel_Comfort": ("comfort",),
    "Noise": ("comfort", "product"),
    "Weight": ("comfort", "product"),
    "Size": ("comfort", "product"),
    "Size_Fit": ("comfort", "product"),
    "Size_Look": ("ambience", "product"),
    "Layout": ("ambience", "product"),
    "Ease_of_use": ("process",),
    "Connectivity": ("technology", "product"),
    "Apps_Interface": ("technology", "product"),
    "Accessories": ("choice", "product"),
    "Extra_functionality": ("choice", "product"),
}
"""Categories of OPOSUM that are not, or not only, `product`."""

GRADED_RANGE = 4.0
"""The raters of the graded sets answered on a scale of -4 to 4."""

_CLOSING = (".", ",", "!", "?", ";", ":", ")", "'", "n't", "’")


def read_mams(row: Row) -> Example:
    """Categories with a sign. A neutral one is mostly a bare mention, so it says nothing."""
    text = cleaned(row["text"])
    judged = [o for o in row["opinions"] if o["accept"] and o["sign"]]
    unknown = set(MAMS_UNKNOWN)
    for opinion in row["opinions"]:
        # Without a counterpart ("miscellaneous") it may be any driver.
        unknown.update(opinion["accept"] or DRIVERS)
    return Example(
        source="mams",
        text=text.text,
        tasks=frozenset({"drivers"}),
        opinions=tuple(Opinion(tuple(o["accept"]), o["sign"]) for o in judged),
        unknown=frozenset(unknown - _named(judged)),
    )


def _named(judged: list[Row]) -> set[str]:
    """Drivers that are certain: the only one that an opinion accepts."""
    return {o["accept"][0] for o in judged if len(o["accept"]) == 1}


def read_oposum(row: Row) -> Example:
    """Clauses with aspects but no sign; "None" is no aspect of the set's own, or no opinion."""
    categories = [c for c in row["categories"] if c != "None"]
    opinions = tuple(Opinion(_OPOSUM_OTHER.get(c, ("product",))) for c in categories)
    vague = {d for o in opinions for d in o.drivers if len(o.drivers) > 1}
    certain = {o.drivers[0] for o in opinions if len(o.drivers) == 1}
    unnamed = frozenset() if opinions else frozenset({"product"})
    return Example(
        source="oposum",
        text=cleaned(row["text"]).text,
        tasks=frozenset({"drivers"}),
        opinions=opinions,
        unknown=(OPOSUM_UNKNOWN | vague | unnamed) - certain,
    )


def text_of(row: Row) -> str:
    """Text of a row, whether its set gives the text or the tokens."""
    text: str = row["text"] if "text" in row else _joined(row["tokens"])[0]
    return text


def read_dmaste(row: Row) -> Example:
    """Target and opinion words of goods, without drivers."""
    text, spans = _joined(row["tokens"])
    clean = cleaned(text)
    return Example(
        source="dmaste",
        text=clean.text,
        tasks=frozenset({"spans"}),
        opinions=tuple(
            Opinion(
                sign=sign,
                target=clean.span(_words(target, spans)),
                assessment=clean.span(_words(assessment, spans)),
            )
            for target, assessment, sign in row["triplets"]
        ),
    )


def _joined(tokens: list[str]) -> tuple[str, list[Span]]:
    """Text of the tokens, written as usual, and the span of each."""
    text, spans = "", list[Span]()
    for token in tokens:
        gap = "" if not text or token.startswith(_CLOSING) else " "
        start = len(text) + len(gap)
        text += gap + token
        spans.append((start, start + len(token)))
    return text, spans


def _words(indices: list[int], spans: list[Span]) -> Span | None:
    """Span from the first to the last token named."""
    return (spans[min(indices)][0], spans[max(indices)][1]) if indices else None


def read_goemotions(row: Row) -> Example:
    """Emotions without intensity."""
    return Example(
        source="goemotions",
        text=cleaned(row["text"]).text,
        tasks=frozenset({"emotions"}),
        emotions=dict.fromkeys(row["emotions"], 1),
    )


def read_graded(row: Row) -> Example:
    """Mean sentiment of 20 raters."""
    return Example(
        source="graded",
        text=cleaned(row["text"]).text,
        tasks=frozenset({"sentiment"}),
        sentiment=row["score"] / GRADED_RANGE,
    )
