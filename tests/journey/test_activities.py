"""What counts as an activity, how it is shown, and what meets in one."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.journey.activities import activities, as_put, fold


def words(text: str) -> list[str]:
    return [found.words for found in activities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We waited 45 minutes at check-in.", ["waited at check-in"]),
        ("Waited over an hour at reception", ["waited at reception"]),
        ("I called twice about the bill", ["called twice about the bill"]),
        ("I had to call the front desk three times.", ["had to call the front desk three times"]),
        ("We tried to cancel the order online.", ["tried to cancel the order online"]),
        ("I couldn't log in.", ["couldn't log in"]),
        ("We were upgraded to a suite.", ["were upgraded to a suite"]),
        ("I was charged twice for parking", ["was charged twice for parking"]),
        ("We had dinner on the terrace.", ["had dinner on the terrace"]),
        ("I have been using the app daily.", ["using the app daily"]),
        ("WE ASKED FOR TOWELS", ["asked for towels"]),
        ("I\u2019ve returned the shoes", ["returned the shoes"]),
        ("We checked in late and asked for a cot.", ["checked in late", "asked for a cot"]),
    ],
)
def test_activities_are_shown_as_customers_put_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If I call again, nobody will answer.",
        "Can I book a table for two?",
        "I would book this hotel again.",
        "I can't wait to go back.",
        "I used to order every week.",
        "The booking was easy.",
        "Parking costs a fortune.",
        "Charged twice!",
        "I was very pleased with the room.",
        "We are going to return.",
        "We stayed three nights.",
        "They called me back.",
        "",
        "...",
        "I",
    ],
)
def test_wishes_conditions_and_what_others_do_are_no_activities(text: str) -> None:
    assert words(text) == []


def test_forms_of_a_verb_and_of_a_place_meet() -> None:
    said = [
        "We waited 20 minutes at check-in.",
        "We were waiting in line at check in.",
        "I had to wait an hour at the check-in desk!",
        "We waited for a taxi.",
    ]
    different = [one for text in said for one in activities(text)]
    keys = fold(np.arange(4), np.arange(4), different)
    assert keys == [("wait", "check-in")] * 3 + [("wait", "taxi")]


def test_the_wording_used_most_is_shown_one_without_a_number_before_others() -> None:
    said = ["I paid for parking.", "We paid 12 for parking.", "We paid for the parking daily."]
    found = [one for text in said for one in activities(text)]
    assert as_put(found) == "paid for parking"
    assert as_put([found[1], found[0]]) == "paid for parking"


@given(st.text(max_size=200))
def test_any_text_is_read_and_what_is_shown_stands_in_it(text: str) -> None:
    for found in activities(text):
        for word in found.words.lower().split():
            assert word in text.replace("\u2019", "'").lower()


def test_long_texts_are_read_in_time_linear_in_their_length() -> None:
    text = "I waited for about a few more than 20 minutes and then " * 2_000
    began = time.process_time()
    activities(text)
    assert time.process_time() - began < 5
