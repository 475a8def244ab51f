"""What the command says of an export that is read otherwise than it was meant."""

from __future__ import annotations

from verbatim.cli.hints import hints


def test_answers_that_only_name_a_thing_are_pointed_out_where_a_question_judges() -> None:
    named = ["showers", "the price", "more bikes", "Parking!"]
    said = ["The showers were cold all of November.", "Music too loud", "nothing"]
    (hint,) = hints([*named, *said], "What should we improve?")
    assert hint.startswith("4 of the first 7 texts are of one or two words")
    assert list(hints([*named, *said], "comment")) == []
    assert list(hints(["nothing", "No", "n/a", "all good"] * 5, "What should we improve?")) == []
