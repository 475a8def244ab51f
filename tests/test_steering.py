"""What customers and columns hold doesn't steer the terminal that a result is printed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

import verbatim
from verbatim import survey, weights

STEERING = "\x1b[2J\x9b31m\x07\u202e"
SAID = (
    "The kettle {} caught fire and the staff were lovely.",
    "We waited 45 minutes at {} check-in. I called three times.",
    "The room {} was filthy and reception was rude.",
)
GROUP, STARS = f"group{STEERING}", f"stars{STEERING}"


@pytest.fixture(scope="module")
def analysis() -> verbatim.Analysis:
    n = 120
    rows = {
        "said": [SAID[i % 3].format(STEERING) for i in range(n)],
        GROUP: [f"{'ab'[i % 3 > 0]}{STEERING}" for i in range(n)],
        STARS: [1 + i % 5 for i in range(n)],
        "date": pd.date_range("2025-01-01", periods=n).astype("str"),
    }
    return verbatim.analyze(
        pd.DataFrame(rows), text="said", taxonomy="hospitality", engine="lexicon"
    )


def _tagged(analysis: verbatim.Analysis) -> verbatim.Analysis:
    themes = analysis.discover()
    return themes.rename(themes.frame["theme"].iloc[0], STEERING + "A").tag(analysis)


def _weighted(analysis: verbatim.Analysis) -> weights.WeightSummary:
    known = analysis.column(GROUP).value_counts(normalize=True).to_dict()
    return weights.describe(weights.post_stratify(analysis, to={GROUP: known}))


STAGES = {"arrival": ["check-in", "kettle"], "stay": ["room"]}
RESULTS: dict[str, Callable[[verbatim.Analysis], Any]] = {
    "drivers": lambda it: it.drivers(by=GROUP, outcome=STARS),
    "priorities": lambda it: it.drivers(by=GROUP, outcome=STARS).priorities(),
    "scores of themes": lambda it: _tagged(it).drivers(level="theme"),
    "themes": lambda it: it.discover().rename(it.discover().frame["theme"].iloc[0], STEERING + "A"),
    "emerging": lambda it: it.discover().emerging(it, since="2025-03-01"),
    "comparison": lambda it: it.compare(by=GROUP, outcome=STARS),
    "trend": lambda it: it.trend("date", outcome=STARS),
    "journey": lambda it: it.journey(stages=STAGES, outcome=STARS),
    "service": lambda it: it.service_experience(outcome=STARS, by=GROUP),
    "effort": lambda it: it.effort(by=GROUP),
    "loyalty": lambda it: it.loyalty(STARS, by=GROUP),
    "moments": lambda it: it.moments(by=GROUP),
    "verbatim": lambda it: it.show(0),
    "survey": lambda it: survey.csat(it, STARS, by=GROUP),
    "weights": _weighted,
}


def _printed(result: Any) -> Iterator[str]:
    yield repr(result)
    if hasattr(result, "findings"):
        yield from result.findings(9)


@pytest.mark.filterwarnings("ignore::verbatim.BiasWarning")
@pytest.mark.parametrize("name", RESULTS)
def test_nothing_printed_steers_the_terminal(name: str, analysis: verbatim.Analysis) -> None:
    for text in _printed(RESULTS[name](analysis)):
        assert not set(STEERING) - set("[2J31m") & set(text)
