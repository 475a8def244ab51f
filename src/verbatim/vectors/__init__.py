"""Vectors of words: a phrase as a point that lies near the phrases that mean the same."""

from __future__ import annotations

from verbatim.vectors.space import WordSpace, space

__all__ = ["WordSpace", "space"]
