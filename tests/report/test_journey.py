"""The map of the journey in the report."""

from __future__ import annotations

import re

import pytest

from tests.journey.made import Says, analysis_of, bad, good, held_out
from tests.report.parsed import Page, section, text_of
from verbatim.analysis import Analysis
from verbatim.report import report_html

ROWS = ["Touchpoints", "Activities", "Thoughts and feelings", "Discoveries", "Opportunities"]


@pytest.fixture(scope="module")
def hotel() -> Analysis:
    arrival = bad(
        "arrival",
        text="We waited an hour at check-in, <i>again</i>.",
        touchpoint="in_person",
        emotions={"anger": 3},
    )
    quiet = good("use", text="A lovely & quiet room.", touchpoint="premises", emotions={"joy": 2})
    return analysis_of([[arrival, quiet], [quiet]] * 30, stars=[2, 5] * 30)


def journey_of(analysis: Analysis, **options: object) -> str:
    return section(report_html(analysis, **options), "journey")


def test_every_stage_has_every_row(hotel: Analysis) -> None:
    html = journey_of(hotel, outcome="stars")
    assert [text_of(part) for part in re.findall(r"<h4>.*?</h4>", html)] == ROWS * 2
    text = text_of(html)
    assert re.search(r"Arrival 30 reviews, 50%", text)
    assert "waited at check-in n = 30" in text
    assert "Pain Waiting n = 30" in text
    assert re.search(r"1\.\d\d \(\d\.\d\d to \d\.\d\d\) stars at stake", text)
    assert "anger" in text and "strong" in text
    assert "More complaints about Waiting: 100% of sentences against 0% elsewhere" in text


def test_what_customers_and_callers_wrote_is_escaped(hotel: Analysis) -> None:
    html = report_html(hotel, stages={"<b>desk</b>": ["arrival"], "stay": ["use"]})
    assert "<i>again" not in html and "<b>desk" not in html
    assert "&lt;i&gt;again" in section(html, "journey")


def test_what_is_not_told_reliably_is_named(hotel: Analysis) -> None:
    counts = held_out(stage={"use": (100, 90), "arrival": (66, 38)}, touchpoint={}, emotion={})
    engine = {"name": "weak", "version": "1", "held_out": counts}
    text = text_of(journey_of(Analysis(hotel.tables, {**hotel.meta, "engine": engine})))
    assert "Arrival (58% right of 66; 30 sentences here)" in text
    assert "Arrival 30 reviews" not in text
    assert "joy~" in text.replace(" ", "") and "fewer than 6 of 10" in text


def test_without_stages_there_is_no_map() -> None:
    analysis = analysis_of([[Says("So it was.", opinions=(("staff", 1),), label="positive")]] * 3)
    html = report_html(analysis)
    assert 'id="journey"' not in html and "journey.css" not in html and ".map " not in html
    assert 'id="journey"' in report_html(analysis, stages={"then": ["so it was"]})


def test_quotes_lead_to_their_verbatims(hotel: Analysis) -> None:
    html = report_html(hotel)
    links = [str(one["href"]) for one in Page(section(html, "journey")).all("a")]
    ids = {str(attributes.get("id")) for _, attributes in Page(html).tags}
    assert links and {link[1:] for link in links} <= ids
