"""Names say what the reviews say: what is judged, with its "not", and in words that can be read."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.discover.made import Opinion, analysis_of
from verbatim.discover.candidates import Words, pairs, sayings
from verbatim.discover.said import _whole
from verbatim.discover.talk import Talk

OTHER: list[list[Opinion]] = [[("location", "beach", "sandy", 1)]] * 12
KNOWN = Words(frozenset({"queue", "line", "breakfast", "coffee"}), frozenset(), frozenset())


def _names(said: list[Opinion], times: int = 8) -> list[str]:
    """Names of the themes of what is said, the largest first; the other theme left out."""
    analysis = analysis_of([[one] for one in said for _ in range(times)] + OTHER)
    frame = analysis.discover().frame
    frame = frame[frame["driver"] != "location"].sort_values("n_reviews", ascending=False)
    return [str(name) for name in frame["name"]]


def _judged(target: str, assessment: str) -> set[tuple[str, str]]:
    found = (pair for pair, _ in pairs(target, assessment, KNOWN))
    return {(" ".join(how), " ".join(thing)) for how, thing in found if how and thing}


@pytest.mark.parametrize(
    ("target", "assessment", "judged"),
    [
        ("queue for breakfast", "huge", {("huge", "queue")}),
        ("huge queue at breakfast", "", {("huge", "queue")}),
        ("breakfast", "huge queue", {("huge", "queue")}),
        ("cup of coffee", "cold", {("cold", "cup"), ("cold", "coffee")}),
        ("sauna and gym", "small", {("small", "sauna"), ("small", "gym")}),
    ],
)
def test_a_judgement_goes_with_what_it_is_about(
    target: str, assessment: str, judged: set[tuple[str, str]]
) -> None:
    assert _judged(target, assessment) == judged


def test_a_huge_queue_for_breakfast_is_no_huge_breakfast() -> None:
    said: list[Opinion] = [
        ("waiting", "queue for breakfast", "huge", -1),
        ("waiting", "breakfast queue", None, -1),
    ]
    assert all("huge breakfast" not in name for name in _names(said))


@pytest.mark.parametrize(
    ("said", "left_out"),
    [
        ("curtains don't keep out the light", "keep out"),
        ("went out of their way", "went out"),
        ("would not come back", "come back"),
        ("would not come back", "not come"),
        ("stood in line", "stood in"),
    ],
)
def test_a_saying_is_not_cut(said: str, left_out: str) -> None:
    assert left_out not in {form for _, form in sayings(said)}


@pytest.mark.parametrize(
    ("said", "form"),
    [("it said 'on time'", "said on"), ("read \u201cfully booked\u201d", "read fully booked")],
)
def test_a_saying_holds_no_half_of_a_quotation(said: str, form: str) -> None:
    assert form in {one for _, one in sayings(said)}


def test_a_word_of_one_review_names_nothing_that_many_say_alike() -> None:
    slip = {"how": (), "thing": ("hone",), "n": 1, "score": 3.0}
    said = {"how": ("cancel", "online"), "thing": (), "n": 12, "score": 1.0}
    terms: Any = SimpleNamespace(form={(0, ("hone",)): "hone", (0, said["how"]): "cancel online"})
    talk = Talk(0, [slip, said], 12, 0, 12, terms, frozenset(), frozenset())
    assert talk.anything() == "cancel online"
    alone = Talk(0, [slip], 12, 0, 12, terms, frozenset(), frozenset())
    assert (alone.anything(), alone.anything(least=2)) == ("hone", "")


def test_the_particle_that_an_engine_cut_off_is_part_of_what_is_said() -> None:
    text = "They never call back."
    assert _whole("never call", text, 5, 15, -1) == "never call back"
    garden = "A nice back garden."
    assert _whole("nice", garden, 2, 6, garden.index("back")) == "nice"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ([("safety", None, "asked me for my passcode each time I open", -1)], "passcode"),
        ([("staff", "porter", "went out of their way", 1)], "porter"),
        ([("facilities", "sadly sauna", None, -1), ("facilities", "sauna", "sadly", -1)], "sauna"),
        ([("location", "spot", "perfect", 1)], "perfect spot"),
    ],
    ids=["no word that leaves all open", "idiom", "adverb of the sentence", "vague thing"],
)
def test_a_name_can_be_read(said: list[Opinion], name: str) -> None:
    other: list[list[Opinion]] = [[("billing", "invoice", "wrong", -1)]] * 12
    frame = analysis_of([[one] for one in said for _ in range(8)] + other).discover().frame
    frame = frame[frame["driver"] != "billing"]
    assert frame["name"].str.contains(name).all() and len(frame)
    assert not frame["keywords"].str.contains("sadly").any()


def test_a_theme_without_a_word_that_could_name_it_is_none() -> None:
    analysis = analysis_of([[("process", None, "had to return", -1)]] * 10 + OTHER)
    themes = analysis.discover()
    assert set(themes.frame["driver"]) == {"location"} and themes.meta["n_unassigned"] == 10


def test_a_mixed_theme_is_not_named_by_its_denials() -> None:
    said: list[Opinion] = [
        ("overall", None, "not recommend it", -1),
        ("overall", None, "recommend it", 1),
    ]
    assert not any(name.startswith("not") for name in _names(said))
    assert _names(said[:1])[0].startswith("not recommend")
