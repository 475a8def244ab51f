"""Quotes: typical, readable, different from each other, and the same whatever the row order."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.drivers.conftest import Says, analysis_of, shuffled
from verbatim.drivers import score_drivers
from verbatim.drivers.evidence import overlap, readability, words_of


def praise(sentence: str, **options) -> list[Says]:
    return [Says("staff", 0.8, sentence, **options)]


def quoted(reviews, **options) -> list[str]:
    return score_drivers(analysis_of(reviews), **options).quotes["text"].to_list()


TYPICAL = [
    "The staff were friendly and helpful all week.",
    "Such friendly, helpful staff at the front desk!",
    "Our helpful waiter and the friendly staff made it easy.",
    "Everybody at the desk was friendly to our kids.",
]
ODD = "My cousin Bartholomew adores zeppelins over Ulan Bator."


def test_a_quote_says_what_many_say() -> None:
    texts = quoted([praise(text) for text in [*TYPICAL, ODD]], n_quotes=5)
    assert texts[-1] == ODD
    assert "friendly" in texts[0]
    assert "helpful" in texts[0]


def test_quotes_differ_from_each_other() -> None:
    same = [
        "The staff were so kind to us.",
        "The staff were SO kind to us!",
        "Staff were so kind to us.",
    ]
    other = "Reception helped with every little thing."
    texts = quoted([praise(text) for text in [*same, other]], n_quotes=4)
    assert len(texts) == 2
    assert other in texts


def test_one_review_is_quoted_once_per_side() -> None:
    review = [Says("staff", 0.8, text) for text in TYPICAL]
    assert len(quoted([review, praise(ODD)])) == 2


def test_sides_are_quoted_apart_and_neutral_opinions_not_at_all() -> None:
    reviews = [
        praise("The staff were lovely to us."),
        [Says("staff", -0.8, "The staff were rude to us.")],
        [Says("staff", 0.0, "The staff were there.")],
    ]
    quotes = score_drivers(analysis_of(reviews)).quotes
    assert quotes[["label", "rank", "id"]].to_numpy().tolist() == [
        ["positive", 1, 0],
        ["negative", 1, 1],
    ]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The staff were kind and helpful.", "Kind and helpful staff"),
        ("The staff were kind and helpful.", "THE STAFF WERE KIND AND HELPFUL."),
        ("The staff were kind and helpful.", "The staff were kind and helpful and"),
        ("The staff were kind and helpful.", "Staff. " + "kind helpful staff and " * 12 + "so on."),
    ],
)
def test_a_readable_sentence_comes_first(better: str, worse: str) -> None:
    assert quoted([praise(worse), praise(better)], n_quotes=1) == [better]


def test_a_surer_opinion_comes_first() -> None:
    sure, unsure = "The staff were kind to us.", "The kind staff were with us."
    reviews = [praise(unsure, confidence=0.5), praise(sure, confidence=0.9)]
    assert quoted(reviews, n_quotes=1) == [sure]


def test_a_sentence_that_says_both_is_the_last_to_be_quoted() -> None:
    both = "The kind and helpful staff were slow."
    reviews = [
        [Says("staff", 0.8, both), Says("staff", -0.8, both)],
        praise("The helpful porter was kind, too.", confidence=0.7),
    ]
    quotes = score_drivers(analysis_of(reviews), n_quotes=1).quotes
    assert quotes.loc[quotes["label"] == "positive", "id"].to_list() == [1]


def test_a_quote_is_what_the_verbatim_says_there() -> None:
    reviews = [
        [
            Says("room", -0.5, "Café 👍🏽 rooms tiny."),
            Says("staff", 0.8, "The staff were kind to us."),
        ],
        praise("We loved the staff at breakfast."),
    ]
    analysis = analysis_of(reviews, ids=["a", "b"])
    quotes = score_drivers(analysis).quotes
    texts = analysis.verbatims.set_index("id")["text"]
    assert len(quotes) == 3
    for row in quotes.itertuples():
        assert texts[row.id][row.start : row.end] == row.text
    assert str(quotes["id"].dtype) == "str"


def test_the_surest_opinion_of_a_sentence_is_the_one_shown() -> None:
    text = "The staff were kind to us."
    review = [Says("staff", 0.8, text, confidence=0.4), Says("staff", 0.9, text, confidence=0.8)]
    assert score_drivers(analysis_of([review])).quotes["confidence"].to_list() == [0.8]


def test_row_order_changes_no_quote() -> None:
    texts = [*TYPICAL, ODD, *(text.replace("friendly", "kind") for text in TYPICAL)]
    analysis = analysis_of([praise(text) for text in texts * 3])
    first = score_drivers(analysis).quotes
    for seed in range(3):
        pd.testing.assert_frame_equal(score_drivers(shuffled(analysis, seed)).quotes, first)


def test_no_quotes_on_request_and_no_words_are_no_trouble() -> None:
    reviews = [praise("👍"), praise("❤️❤️"), praise("...")]
    assert quoted(reviews, n_quotes=0) == []
    assert len(quoted(reviews)) == 1


def test_only_the_surest_candidates_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatim.drivers.scores.MAX_CANDIDATES", 2)
    reviews = [praise(text, confidence=0.5 + i / 10) for i, text in enumerate(TYPICAL)]
    assert set(quoted(reviews, n_quotes=4)) == set(TYPICAL[2:])


def test_a_sentence_is_one_candidate_however_many_opinions_it_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("verbatim.drivers.scores.MAX_CANDIDATES", 2)
    many = [Says("staff", 0.8, TYPICAL[0], confidence=0.95)] * 5
    assert set(quoted([many, praise(TYPICAL[3])])) == {TYPICAL[0], TYPICAL[3]}


def test_readability_bounds() -> None:
    sentence = " ".join(["word"] * 60) + "."
    assert readability(sentence, 60) == 0.5
    assert readability("", 0) == 0
    assert readability("We were happy with it all.)", 6) == 1


def test_words_are_without_case_and_with_apostrophes_alike() -> None:
    assert words_of("Couldn\u2019t FAULT it") == ["couldn't", "fault", "it"]
    assert overlap(frozenset(), frozenset()) == 1
    assert overlap(frozenset("a"), frozenset()) == 0
