"""How well a taxonomy tells labelled texts apart."""

from __future__ import annotations

from verbatim.evaluation.evaluate import evaluate
from verbatim.evaluation.result import Evaluation

__all__ = ["Evaluation", "evaluate"]
