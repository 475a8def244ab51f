"""Moments: what is worth a call back today, and what is worth celebrating."""

from __future__ import annotations

from verbatim.moments.moments import moments
from verbatim.moments.result import Moments

__all__ = ["Moments", "moments"]
