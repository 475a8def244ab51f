"""What the command says of an export that is read otherwise than it was meant."""

from __future__ import annotations

import pytest

from verbatim.cli.hints import hints

OWN = "<p>The report won't load.</p>"
MAILS = [
    f"{OWN}<blockquote>We apologise for the delay.</blockquote>",
    f'{OWN}<div class="gmail_quote">On 3 March 2025, Ann &lt;a@b.example&gt; wrote:</div>',
    "It fails.\n-----Original Message-----\nFrom: help@b.example",
    "It fails.\n\nOn Tue, Ann wrote:\n> We are sorry",
    "It fails.\n> We are sorry\n> for the delay",
]


def test_quoted_replies_are_pointed_out_with_the_page_that_cuts_them() -> None:
    (said,) = hints([*MAILS, None, "", *[OWN] * 5], "body")
    assert said.startswith("5 of the first 10 texts quote a mail that they answer")
    assert "docs/exports.md" in said


@pytest.mark.parametrize("mail", MAILS)
def test_each_way_to_quote_counts(mail: str) -> None:
    assert len(list(hints([mail] * 3, "body"))) == 1


def test_reviews_and_a_quote_among_many_are_nothing_to_mention() -> None:
    reviews = [
        "On Tuesday the waiter wrote our order down: wrong.",
        "> 3 hours late",
        "Great food.",
    ]
    assert list(hints(reviews * 10, "review")) == []
    assert list(hints([*MAILS[:2], *[OWN] * 50], "body")) == []


def test_answers_that_only_name_a_thing_are_pointed_out_where_a_question_judges() -> None:
    named = ["showers", "the price", "more bikes", "Parking!"]
    said = ["The showers were cold all of November.", "Music too loud", "nothing"]
    (hint,) = hints([*named, *said], "What should we improve?")
    assert hint.startswith("4 of the first 7 texts are of one or two words")
    assert list(hints([*named, *said], "comment")) == []
    assert list(hints(["nothing", "No", "n/a", "all good"] * 5, "What should we improve?")) == []
