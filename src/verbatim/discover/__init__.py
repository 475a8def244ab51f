"""Discovery: the themes that customers talk about, which no list of drivers has."""

from __future__ import annotations

from verbatim.discover.emerging import Emerging
from verbatim.discover.result import Themes, discover

__all__ = ["Emerging", "Themes", "discover"]
