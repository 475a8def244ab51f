"""Journey: the customer's way by stage and touchpoint, how it felt, and what to better."""

from __future__ import annotations

from verbatim.journey.journey import journey
from verbatim.journey.result import Journey

__all__ = ["Journey", "journey"]
