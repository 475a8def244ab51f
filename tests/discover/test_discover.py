from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.discover.made import (
    BREAKFAST,
    COFFEE,
    EVERYTHING,
    LIFT,
    POOL,
    STAFF,
    Opinion,
    analysis_of,
    corpus,
)
from tests.drivers.conftest import shuffled
from verbatim.analysis import Analysis
from verbatim.errors import OptionError


@pytest.fixture(scope="module")
def talk() -> Analysis:
    return corpus([60, 50, 40, 30, 50, 30], EVERYTHING)


def test_themes_stand_inside_their_driver_and_cover_what_is_said(talk: Analysis) -> None:
    themes = talk.discover()
    frame = themes.frame
    by_driver = frame.groupby("driver")["name"].agg(" ".join)
    assert {"facilities", "food", "staff", "overall"} == set(by_driver.index)
    assert "lift" in by_driver["facilities"] and "pool" in by_driver["facilities"]
    assert "breakfast" in by_driver["food"] and "coffee" in by_driver["food"]
    assert themes.meta["share_unassigned"] < 0.1


def test_lift_and_elevator_are_one_theme_apart_from_the_pool(talk: Analysis) -> None:
    opinions = talk.discover().tag(talk).opinions
    theme = opinions.groupby("target")["theme"].agg(lambda x: x.iloc[0])
    assert theme["lift"] == theme["elevator"] == theme["the lift"]
    assert theme["pool"] == theme["swimming pool"] != theme["lift"]


def test_a_name_is_what_customers_say_of_what() -> None:
    said = [[("waiting", "lift", "slow", -1)]] * 8 + [[("waiting", "queue", "long", -1)]] * 6
    assert sorted(analysis_of(said).discover().frame["name"]) == ["long queue", "slow lift"]


def test_names_are_written_as_most_customers_write_them() -> None:
    said = [[("technology", "the WiFi", "slow", -1)]] * 5 + [
        [("technology", "wifi", "slow", -1)]
    ] * 2
    assert analysis_of(said).discover().frame["name"].tolist() == ["slow WiFi"]


def test_what_is_said_of_every_driver_does_not_name_a_theme() -> None:
    good = [[(d, t, "good", 1)] for d, t in (("food", "soup"), ("staff", "porter"))] * 10
    slow = [[("waiting", "lift", "slow", -1)]] * 10
    more = [[("food", "soup", "salty", -1)]] * 3
    names = analysis_of(good + slow + more).discover().frame.set_index("driver")["name"]
    assert names["food"] == "soup" and names["waiting"] == "slow lift"


def test_opinions_without_a_driver_are_clustered_with_those_about_everything(
    talk: Analysis,
) -> None:
    tagged = talk.discover().tag(talk).opinions
    without = tagged[tagged["driver"].isna()]
    assert len(without) and set(without["theme"].str.split("/").str[0]) == {"overall"}


def test_what_fits_closely_only_a_theme_of_another_driver_joins_it() -> None:
    said = [*[[LIFT[0]]] * 10, *[[STAFF[0]]] * 10]
    astray: list[Opinion] = [("staff", "lift", "slow", -1), (None, "elevator", "slow", -1)]
    analysis = analysis_of([*said, *([one] for one in astray)])
    tagged = analysis.discover().tag(analysis).opinions
    assert tagged["theme"].tail(2).tolist() == ["facilities/slow-lift"] * 2
    alone = analysis_of(said).discover()
    assert analysis.discover().frame["theme"].tolist() == alone.frame["theme"].tolist()


def test_the_odd_ones_out_stay_unassigned_and_are_counted() -> None:
    said = [*[[LIFT[0]]] * 10, [("facilities", "trombone", "purple", 1)]]
    themes = analysis_of(said).discover()
    assert len(themes) == 1
    assert themes.meta["n_unassigned"] == 1 and themes.meta["n_opinions"] == 11


def test_a_review_counts_once_however_often_it_says_so() -> None:
    themes = analysis_of([*[[LIFT[0]]] * 5, [LIFT[0], LIFT[1], LIFT[2]]]).discover()
    row = themes.frame.iloc[0]
    assert (row["n_reviews"], row["n_opinions"], row["negative"]) == (6, 8, 6)
    assert row["net_sentiment"] == -100 and row["low_support"]


def test_praise_and_blame_in_one_review_is_mixed() -> None:
    both: list[Opinion] = [("food", "breakfast", None, -1), ("food", "breakfast", None, 1)]
    themes = analysis_of([both] * 6).discover()
    assert themes.frame[["mixed", "net_sentiment"]].values.tolist() == [[6, 0]]


def test_figures_are_those_of_the_driver_scores(talk: Analysis) -> None:
    themes = talk.discover()
    scores = themes.tag(talk).drivers(level="theme").frame.set_index("theme")
    frame = themes.frame.set_index("theme").loc[scores.index]
    columns = ["name", "n_reviews", "n_opinions", "positive", "negative", "neutral", "mixed"]
    columns += ["share", "share_low", "share_high", "net_sentiment", "net_low", "net_high"]
    pd.testing.assert_frame_equal(frame[columns], scores[columns])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 1000))
def test_the_order_of_the_rows_changes_nothing(talk: Analysis, seed: int) -> None:
    one, other = talk.discover(), shuffled(talk, seed).discover()
    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_frame_equal(one.quotes, other.quotes)
    assert one.meta == other.meta


def test_min_size_is_the_least_number_of_reviews(talk: Analysis) -> None:
    assert (talk.discover(min_size=20).frame["n_reviews"] >= 20).all()
    assert len(talk.discover(min_size=10_000)) == 0
    with pytest.raises(OptionError, match="min_size=0"):
        talk.discover(min_size=0)


@pytest.mark.parametrize(
    ("said", "n_themes"),
    [
        ([], 0),
        ([[]] * 10, 0),
        ([[LIFT[0]]] * 10, 1),
        ([[topic[0]] for topic in (LIFT, POOL, BREAKFAST, COFFEE, STAFF)] * 2, 0),
    ],
    ids=["none", "all empty", "all the same", "ten unlike each other"],
)
def test_few_or_no_reviews_give_a_clear_result(said: list[list[object]], n_themes: int) -> None:
    analysis = analysis_of(said)  # type: ignore[arg-type]
    themes = analysis.discover()
    assert len(themes) == n_themes
    assert f"{n_themes} theme" in repr(themes) and f"{n_themes} theme" in themes._repr_html_()
    assert len(themes.tag(analysis).opinions) == len(analysis.opinions)
    assert themes.refit(analysis).changes["change"].isin(["kept"]).all()


def test_one_driver_only_is_split_all_the_same() -> None:
    themes = corpus([40, 40], [LIFT, POOL]).discover()
    assert set(themes.frame["driver"]) == {"facilities"} and len(themes) >= 2


def test_quotes_are_what_customers_wrote(talk: Analysis) -> None:
    quotes = talk.discover(n_quotes=2).quotes
    texts = talk.verbatims.set_index("id")["text"]
    assert len(quotes) and quotes["rank"].max() <= 2
    for row in quotes.to_dict("records"):
        assert texts[row["id"]][row["start"] : row["end"]] == row["text"]


def test_level_theme_needs_tagged_opinions(talk: Analysis) -> None:
    for score in (talk.drivers, lambda **o: talk.compare(by="id", **o)):
        with pytest.raises(OptionError, match=r"themes = analysis\.discover"):
            score(level="theme")


def test_themes_are_compared_like_drivers() -> None:
    said = [[LIFT[0]]] * 40 + [[POOL[0]]] * 40
    analysis = analysis_of(said, hotel=["A"] * 40 + ["B"] * 40)
    tagged = analysis.discover().tag(analysis)
    compared = tagged.compare(by="hotel", level="theme")
    theme = next(one for one in compared.frame["theme"] if "lift" in one)
    row = compared.row("facilities", "share", hotel="A", theme=theme)
    assert row["value"] == 1 and row["reference_value"] == 0 and row["significant"]
    assert "theme" in repr(tagged.drivers(level="theme"))
    assert np.isclose(tagged.drivers(level="theme").frame["share"].sum(), 1)


def _name(said: list[list[Opinion]]) -> str:
    """Name of the largest theme."""
    frame = analysis_of(said).discover().frame
    return str(frame.sort_values("n_reviews")["name"].iloc[-1])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ([("waiting", "lift", "wasn't fixed", -1), ("waiting", "lift", "isn't quick", -1)], "lift"),
        ([("food", "risotto", "better", 1), ("food", "risottos", "best", 1)], "risotto"),
        ([("billing", "invoice", "wrong", -1), ("billing", "The invoices", "Wrong", -1)], "wrong"),
        ([("comfort", "walls", "thin", -1), ("comfort", "thin walls", None, -1)], "thin walls"),
        (
            [("service", None, "never answers", -1), ("service", "they", "never answer", -1)],
            "never",
        ),
        ([("staff", None, "friendly", 1), ("staff", "Bettina", "friendly", 1)], "friendly"),
        ([("technology", "the 5G", "fast", 1), ("technology", "5G", "quick", 1)], "5G"),
        ([("price", "price", "high", -1), ("price", "prices", "higher", -1)], "high price"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names_are_for_readers(said: list[Opinion], name: str) -> None:
    """No contraction, number, person, comparative or bare driver, where there is a better one."""
    other: list[list[Opinion]] = [[("location", "beach", "sandy", 1)]] * 12
    assert name in _name([[one] for one in said for _ in range(8)] + other)


def test_a_word_is_written_in_capitals_if_it_is_within_sentences() -> None:
    first: list[list[Opinion]] = [[("food", "Porridge", None, -1)]] * 6
    shouted: list[list[Opinion]] = [[("food", "porridge", "SALTY", -1)]] * 3
    assert _name(first + shouted) == "salty porridge"
    assert _name([[("technology", "SIM", "slow", -1)]] * 6) == "slow SIM"
