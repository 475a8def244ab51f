"""Names of the caller's, as they were given: renamed columns, and names from right to left."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import verbatim
from tests.report.conftest import BAD_FOOD, GOOD_FOOD
from tests.report.made import made
from tests.report.parsed import section, text_of
from verbatim.analysis import Analysis
from verbatim.intake import CLASH_SUFFIX
from verbatim.report import report_html
from verbatim.report.groups import compare_named
from verbatim.report.names import RENAMED

RIGHT_TO_LEFT = "\u05d2\u05df"


@pytest.fixture(scope="module")
def renamed() -> str:
    texts = ["Rude staff", "Lovely staff", "Lovely food", "Cold food"] * 30
    frame = pd.DataFrame(
        {"said": texts, "language": ["en-GB", "de-DE"] * 60, "status": [1, 5, 4, 2] * 30}
    )
    analysis = verbatim.analyze(frame, text="said", engine="lexicon")
    assert analysis.columns == ("language_input", "status_input")
    return report_html(analysis, by="language_input", outcome="status_input")


def test_a_report_calls_a_renamed_column_as_its_file_does(renamed: str) -> None:
    assert "language_input" not in renamed and "status_input" not in renamed
    assert "Drivers by language" in text_of(renamed)
    assert "What moves status" in text_of(renamed)


def test_the_mark_of_a_renamed_column_is_that_of_the_tables() -> None:
    assert RENAMED == CLASH_SUFFIX


QUESTION = "How likely are you to recommend us to a friend? (0-10)"


def test_a_question_for_an_outcome_is_named_whole_once_and_told_of_shortly(
    hotels: Analysis,
) -> None:
    """Nobody reads a sentence that holds a question three times, cut each time."""
    verbatims = hotels.verbatims.rename(columns={"stars": QUESTION})
    tables = {"sentences": hotels.sentences, "opinions": hotels.opinions, "verbatims": verbatims}
    asked = Analysis(tables, hotels.meta)
    page = report_html(asked, by="hotel", outcome=QUESTION)
    text = text_of(page)
    assert f"Mean of “{QUESTION}”, called the outcome here: 3.82" in text
    assert text.count("recommend us") == 1
    assert "What moves the outcome" in text
    assert re.search(r"A complaint goes with −2\.99 \([^)]*\) points of the outcome\.", text)
    assert "Mean outcome" in text_of(section(page, "groups"))


def page_of(names: list[str]) -> str:
    reviews = [GOOD_FOOD] * 40 + [BAD_FOOD] * 40
    columns = pd.DataFrame({"place": [names[0]] * 40 + [names[1]] * 40})
    return report_html(made(reviews, columns), by="place")


def test_names_from_right_to_left_reorder_nothing() -> None:
    page = page_of([RIGHT_TO_LEFT, "Oslo"])
    assert page.count(RIGHT_TO_LEFT) == page.count(f"\u2068{RIGHT_TO_LEFT}\u2069") > 40
    assert "\u2068Oslo" not in page


def test_marks_that_turn_the_direction_are_left_out() -> None:
    page = page_of(["Oslo\u202eevil", "Rome"])
    assert "\u202e" not in page and "Osloevil" in page


def test_rows_without_a_group_are_no_group() -> None:
    reviews = [GOOD_FOOD] * 40 + [BAD_FOOD] * 40 + [BAD_FOOD] * 40
    places = pd.DataFrame({"place": ["Oslo"] * 40 + ["Rome"] * 40 + [None] * 20 + [" "] * 20})
    analysis = made(reviews, places)
    named = compare_named(analysis, ["place"], None)
    assert named is not None
    assert (list(named.found.meta["groups"]), named.n_blank) == (["Oslo", "Rome"], 40)
    text = text_of(section(report_html(analysis, by="place"), "groups"))
    assert "(missing)" not in text
    assert "33% of the rows have no place" in text
    assert compare_named(made(reviews, places.assign(place=None)), ["place"], None) is None


def test_small_groups_together_are_no_result() -> None:
    reviews = [GOOD_FOOD] * 80 + [BAD_FOOD] * 40
    small = [f"v{i}" for i in range(40)]
    analysis = made(reviews, pd.DataFrame({"place": ["Oslo"] * 40 + ["Rome"] * 40 + small}))
    page = report_html(analysis, by="place")
    findings = [text_of(section(page, "findings")), text_of(page.split('"heat"')[0])]
    assert not any("(other)" in text for text in findings)
    assert "Oslo" in findings[0]
