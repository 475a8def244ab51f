"""One verbatim in a terminal, to the letter."""

from __future__ import annotations

import pandas as pd

from tests.report.made import made, opinion
from verbatim.analysis import Analysis
from verbatim.report.explain import explain_text
from verbatim.report.screen import Screen

TEXT = "The breakfast was not good, but Maria was lovely. We waited an hour."

ANALYSIS = made(
    [
        (
            TEXT,
            [
                opinion(
                    "food",
                    -1,
                    "not good",
                    "breakfast",
                    subdriver="breakfast",
                    evidence="breakfast was not good",
                    negated=True,
                    confidence=0.81,
                ),
                opinion("staff", 2, "lovely", "Maria", emotion="joy", confidence=0.9),
                opinion("waiting", -2, "waited an hour", fact=True, confidence=0.7),
            ],
        )
    ]
)

GOLDEN = """\
The breakfast was [- not good -], but Maria was [+ lovely +]. We [- waited an hour -].

- food > breakfast: -1, confidence 0.81, target "breakfast", assessment "not
    good", evidence "breakfast was not good", negated
+ staff: +2, confidence 0.90, target "Maria", assessment "lovely", evidence
    "lovely", emotion joy
- waiting: -2, confidence 0.70, evidence "waited an hour\""""


def test_explanation_without_colour() -> None:
    assert explain_text(ANALYSIS, Screen(width=80)) == GOLDEN


def test_colour_adds_nothing_but_colour() -> None:
    coloured = explain_text(ANALYSIS, Screen(width=80, colour=True))
    assert "\x1b[31m[- \x1b[0m" in coloured
    assert "\x1b[4mbreakfast\x1b[0m" in coloured
    assert pd.Series([coloured]).str.replace(r"\x1b\[\d+m", "", regex=True)[0] == GOLDEN


def test_a_review_cannot_steer_the_terminal() -> None:
    shown = explain_text(
        made([("rude\x1b[2J\u202e \x07staff", [opinion("staff", -2, "rude\x1b[2J")])]), Screen()
    )
    assert not set(shown) & set("\x1b\x07\u202e")
    assert shown.startswith("[- rude?[2J -]? ?staff")


def test_a_review_without_opinion_says_so() -> None:
    assert explain_text(made([("We came by car.", [])]), Screen()) == (
        "We came by car.\n\nNo opinion was found."
    )


def test_a_row_that_was_not_read_says_why() -> None:
    assert explain_text(made([(None, [])]), Screen()) == "Not read: empty."
    german = made([("Sehr gut.", [])])
    rows = german.verbatims.assign(status="not_english", language="de")
    unread = Analysis({**german.tables, "verbatims": rows}, german.meta)
    assert explain_text(unread, Screen()) == "Sehr gut.\n\nNot read: not English (de)."
