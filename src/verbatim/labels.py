"""The label space: every id that an engine may give, in the order in which arrays hold them.

The order is part of an artefact's contract (see `verbatim.artefacts`): append, never reorder.
What each label means stands in ``docs/labels.md``.
"""

from __future__ import annotations

DRIVERS: tuple[str, ...] = (
    "staff",
    "service",
    "communication",
    "waiting",
    "process",
    "location",
    "comfort",
    "room",
    "cleanliness",
    "facilities",
    "food",
    "ambience",
    "safety",
    "technology",
    "product",
    "choice",
    "delivery",
    "price",
    "billing",
    "policy",
    "overall",
)
"""The 21 universal drivers: what an opinion is about."""

SENTIMENT_LABELS: tuple[str, ...] = ("positive", "negative", "neutral", "mixed", "none")
"""Sign of a text. An opinion is never `mixed` or `none`; `none` holds no judgement at all."""

EMOTIONS: tuple[str, ...] = (
    "joy",
    "gratitude",
    "admiration",
    "trust",
    "relief",
    "surprise",
    "confusion",
    "anxiety",
    "disappointment",
    "frustration",
    "anger",
    "disgust",
    "sadness",
)
"""Felt by the writer, expressed or plainly implied; intensity 1 mild, 2 clear, 3 strong."""

INTENTS: tuple[str, ...] = (
    "suggestion",
    "question",
    "request",
    "churn",
    "return",
    "recommend",
    "warn",
)
"""What the writer means to do or wants done; any number in a sentence."""

TOUCHPOINTS: tuple[str, ...] = (
    "website",
    "app",
    "phone",
    "written",
    "social",
    "in_person",
    "premises",
    "product",
    "delivery",
    "billing",
    "marketing",
)
"""Where customer and company met."""

STAGES: tuple[str, ...] = (
    "awareness",
    "consideration",
    "purchase",
    "arrival",
    "use",
    "support",
    "departure",
    "loyalty",
)
"""Stage of the customer's journey, in the order in which a customer passes them."""

INTERACTIONS: tuple[str, ...] = ("reactive", "proactive")
"""Whether the company answered a customer who asked, or acted unasked."""

EFFORTS: tuple[str, ...] = ("low", "high")
"""How much the customer had to do; absence is not ease."""

RESOLUTIONS: tuple[str, ...] = ("solved", "unsolved")
"""Whether a problem that was raised was put right."""

STATUSES: tuple[str, ...] = ("ok", "empty", "not_text", "not_english", "truncated")
"""Why a verbatim was or was not read; only `ok` and `truncated` rows carry opinions."""

READ: tuple[str, ...] = ("ok", "truncated")
"""Statuses of the verbatims that were read."""
