"""What a mail quotes, and what programs add to it, is not the customer's word."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import verbatim
from verbatim.text import normalise, own_words

HEADER = "On Mon, 3 Mar 2025 at 10:12, Ann <ann@b.example>"
MAILS = [
    (f"It fails.\n\n{HEADER} wrote:\n> Sorry!\n>> It fails?", "It fails."),
    (f"It fails.\n{HEADER}\nwrote:\n\nSorry!", "It fails."),
    ("It fails. On 3 March 2025 at 10:12, Ann wrote: Sorry!", "It fails."),
    (f"{HEADER} wrote:\n> Better now?\nNo, it fails.", "No, it fails."),
    ("It fails.\r\n-----Original Message-----\r\nFrom: Ann\r\nSorry!", "It fails."),
    ("It fails.<br><b>From:</b> Ann &lt;a@b.example&gt;<br><b>Sent:</b> Mon<br>Sorry", "It fails."),
    ("It fails.\n##- Please type your reply above this line -##\nSorry!", "It fails."),
    ("<p>It fails.</p><blockquote>Sorry!</blockquote></div>", "It fails."),
    ('<p>It fails.</p><div class="gmail_quote">Sorry!</div>', "It fails."),
    ("It fails.\n-- \nAnn\nBest Coffee Ltd", "It fails."),
    ("It fails.\nSent from my iPhone", "It fails."),
    ("It fails.\nThis e-mail is confidential and intended for its addressee.\nSorry!", "It fails."),
    ("Sent from my phone", ""),
]
NO_MAILS = [
    "On Monday the waiter wrote: no fish. He was wrong.",
    "On 3 May 2024 we came late. They wrote: sorry",
    "Pros: the bed\n--\nCons: the noise",
    "> 3 hours late\n> rude driver",
    "From: Leeds\nThe driver was rude.",
    "They sent a message -- two weeks late",
    "The message on my screen said confidential. Why?",
    "<blockquote>You said fast delivery</blockquote> It was slow",
]
PASSED_ON = [
    f"{HEADER} wrote:\n> The room was cold.",
    "-----Original Message-----\nFrom: Ann\nSent: Monday\nSubject: room\n\nThe room was cold.",
    "<blockquote>The room was cold.</blockquote>",
]


@pytest.mark.parametrize(("mail", "own"), MAILS)
def test_the_words_of_the_writer_are_left(mail: str, own: str) -> None:
    assert own_words(mail).text.strip() == own


@pytest.mark.parametrize("text", [*NO_MAILS, *PASSED_ON])
def test_what_is_no_mail_or_passes_one_on_is_left_whole(text: str) -> None:
    assert own_words(text) == normalise(text)


def test_answers_between_quoted_lines_are_all_read() -> None:
    mail = f"{HEADER} wrote:\n> Room?\nCold.\n> Staff?\nRude.\n> Food?\nStale."
    assert own_words(mail).text.split() == ["Cold.", "Rude.", "Stale."]


def test_the_reply_to_a_mail_that_was_passed_on_is_cut() -> None:
    mail = f"---- Forwarded message ----\nFrom: Ann\n\nThe room was cold.\n\n{HEADER} wrote:\nSorry"
    assert own_words(mail).text.strip().endswith("The room was cold.")


def test_a_quoted_apology_is_nobodys_complaint() -> None:
    mail = f"{HEADER} wrote:\n> Sorry for the terrible delay.\nThe food was lovely."
    analysis = verbatim.analyze([mail, "Sent from my phone"], engine="lexicon")
    assert analysis.verbatims["status"].tolist() == ["ok", "empty"]
    assert analysis.verbatims["text"].tolist()[0] == mail
    (opinion,) = analysis.opinions.to_dict("records")
    assert opinion["label"] == "positive"
    assert mail[opinion["target_start"] : opinion["target_end"]] == "food"


PARTS = [
    *(mail for mail, _ in MAILS),
    *NO_MAILS,
    *PASSED_ON,
    "> more",
    "Nice.",
    "\n",
    "\r\n",
    "&lt;",
]


@given(st.lists(st.sampled_from(PARTS), max_size=6))
@example([f"{HEADER} wrote:", "> a", "wrote:"])
def test_what_is_left_stands_in_the_mail_in_order(parts: list[str]) -> None:
    mail = "\n".join(parts)
    left, whole = own_words(mail), normalise(mail)
    words = left.text.split()
    rest = iter(whole.text.split())
    assert all(word in rest for word in words)
    for i, letter in enumerate(left.text):
        start, end = left.span(i, i + 1)
        assert not letter.isalnum() or letter in mail[start:end]


@pytest.mark.parametrize(
    "text",
    [
        "-" * 300_000 + " message -",
        "on mon 2020 " * 25_000 + "wrote:",
        "From: " * 50_000 + "from: ",
        "confidential intended " * 15_000 + "message -",
        "wrote:\n>a\n" * 30_000,
        "a<blockquote>" * 25_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begin = time.perf_counter()
    own_words(text)
    assert time.perf_counter() - begin < 5
