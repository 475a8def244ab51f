"""The rule-based engine."""

from verbatim.engines.lexicon.engine import LexiconEngine

__all__ = ["LexiconEngine"]
