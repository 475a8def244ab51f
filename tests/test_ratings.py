"""Ratings in the text are read as ratings, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verbatim
from verbatim.sentences.ratings import ratings_in


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 star", [("1 star", -2)]),
        ("One star.", [("One star", -2)]),
        ("1star", [("1star", -2)]),
        ("0/10", [("0/10", -2)]),
        ("I'd give it 2 out of 5 stars because of the noise", [("2 out of 5 stars", -1)]),
        ("Cleanliness 2/5, staff 5/5", [("2/5", -1), ("5/5", 2)]),
        ("8/10: quiet", [("8/10", 1)]),
        ("4,5/5", [("4,5/5", 2)]),
        ("three out of five", [("three out of five", 0)]),
        ("★★☆☆☆ cold room", [("★★☆☆☆", -1)]),
        ("⭐⭐⭐⭐⭐", [("⭐⭐⭐⭐⭐", 2)]),
    ],
)
def test_ratings_are_found_and_graded(text: str, said: list[tuple[str, int]]) -> None:
    assert [(text[r.start : r.end], r.strength) for r in ratings_in(text)] == said


@pytest.mark.parametrize(
    "text",
    [
        "A 5 star hotel",
        "five-star service",
        "full 9 out of 10 times",
        "open 24/7",
        "3/4 of the guests",
        "arrived 12/5/2024",
        "We came on 3/5, it rained",
        "⭐ Breakfast",
        "110%",
        "7/5",
        "4 out of 5 rooms",
    ],
)
def test_what_only_looks_like_a_rating_is_left(text: str) -> None:
    assert ratings_in(text) == []


@given(st.text(alphabet="0123456789/ ★☆⭐\ufe0fstaroutfn.,-", max_size=40))
def test_ratings_are_of_the_text_in_order_and_within_the_scale(text: str) -> None:
    found = ratings_in(text)
    assert all(0 <= r.start < r.end <= len(text) and 0 <= r.share <= 1 for r in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("engine", ["lexicon", "neural"])
def test_opinion_that_is_a_rating_has_its_sign_and_strength(engine: str) -> None:
    texts = ["1 star", "Room 4/10", "Cleanliness 2/5, staff 5/5", "★☆☆☆☆", "I gave it 1 star."]
    read = verbatim.analyze(texts, engine=engine)
    said = read.opinions[["id", "driver", "strength"]].to_numpy().tolist()
    assert said == [
        [0, "overall", -2],
        [1, "room", -1],
        [2, "cleanliness", -1],
        [2, "staff", 2],
        [3, "overall", -2],
        [4, "overall", -2],
    ]
    assert (read.verbatims["sentiment"].iloc[[0, 1, 3, 4]] < 0).all()
