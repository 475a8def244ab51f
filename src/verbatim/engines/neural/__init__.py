"""The neural engine."""

from verbatim.engines.neural.engine import NeuralEngine

__all__ = ["NeuralEngine"]
