"""Survey scores with intervals: net promoter score, customer satisfaction, customer effort.

>>> from verbatim import survey
>>> scores = survey.nps([10, 9, 9, 8, 7, 3])
>>> scores.frame[["promoters", "passives", "detractors", "score"]].iloc[0].round(1).tolist()
[3.0, 2.0, 1.0, 33.3]
"""

from __future__ import annotations

from verbatim.survey.result import SurveyScores
from verbatim.survey.scores import ces, csat, nps

__all__ = ["SurveyScores", "ces", "csat", "nps"]
