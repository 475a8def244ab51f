"""Words, forms and phrases: cut like the texts, found like a person would find them."""

from __future__ import annotations

import string
import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from verbatim.taxonomy.phrases import NEAR, PhraseIndex, fold, inflect, parse, together

TOKENISER = spacy.blank("en").tokenizer


def spacy_words(text: str) -> tuple[str, ...]:
    tokens = [token.text.replace("’", "'") for token in TOKENISER(text.lower())]
    return tuple(token for token in tokens if any(map(str.isalnum, token)))


def test_fold_leaves_out_hyphens_slashes_and_punctuation() -> None:
    assert fold("The Wi-Fi/TV (again!) failed...") == ("the", "wi", "fi", "tv", "again", "failed")


def test_fold_cuts_contractions_whatever_the_quote() -> None:
    words = ("ca", "n't", "it", "'s", "they", "'d", "'ve")
    assert fold("can't it's they'd've") == fold("can’t it’s they’d’ve") == words


def test_fold_of_nothing_is_nothing() -> None:
    assert fold("") == fold(" -- / !") == ()


def test_fold_takes_hyphens_off_the_edges_of_words() -> None:
    assert fold("-good - and clean- ~ish") == ("good", "and", "clean", "ish")


@pytest.mark.parametrize("piece", ["!", "'s", "a-", "-", "😀", "'", "5g"])
def test_fold_takes_linear_time_on_endless_runs(piece: str) -> None:
    start = time.process_time()
    fold(piece * 100_000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "24-hour 4-star 24/7 5pm 100kg 5g 4G 1,000 3.5 50% $5 5€ #1 1st 2x4 10-15min 1-2 5+",
        "check-in up-to-date a/c and/or w/o pre-9/11 no-one's drop-off's hors-d'oeuvre",
        "kids' kid's mcdonald's ma'am o'clock y'all c'mon rock'n'roll 'em 'til",
        "cannot gonna gotta dont wont im ive its it's well were hell ill id let's shouldn't've",
        "b&b R&B q&a foo_bar @home booking.com e.g. i.e. a.m. word... too...much (x). 'quoted'",
        "naïve cafés über-cool a—b a--b good😀bad ☆star it's-a don't-care room's/bed's",
    ],
)
def test_fold_cuts_like_the_tokeniser_of_the_texts(text: str) -> None:
    assert [fold(chunk) for chunk in text.split()] == [spacy_words(c) for c in text.split()]


def test_fold_knows_every_contraction_of_the_tokeniser() -> None:
    letters = set(string.ascii_lowercase + string.digits + ".'’/")
    rules = [
        rule for rule in TOKENISER.rules if set(rule) <= letters and any(map(str.isalnum, rule))
    ]
    assert len(rules) > 400
    assert [rule for rule in rules if fold(rule) != spacy_words(rule)] == []


plain = st.sampled_from(
    [
        "we",
        "the",
        "room's",
        "didn't",
        "it’s",
        "cafe",
        "wi",
        "24",
        "2nd",
        "5g",
        "b&b",
        "ok",
        "they'd",
    ]
)
joins = st.sampled_from(
    [" ", " ", "-", "/", ", ", "... ", "! ", " (", ") ", "' ", ' "', "...", "—"]
)


@given(st.lists(st.tuples(plain, joins), max_size=8))
def test_fold_cuts_any_text_like_the_tokeniser_of_the_texts(pieces: list[tuple[str, str]]) -> None:
    # spaCy keeps a hyphen at the edge of a word, and what is before it together.
    text = "".join(word + join for word, join in pieces).replace("- ", " ").strip("-")
    assert fold(text) == spacy_words(text)


@pytest.mark.parametrize(
    ("phrase", "kind", "others"),
    [
        ("receptionist", "target", {"receptionists"}),
        ("dish", "target", {"dishes"}),
        ("lobby", "target", {"lobbies"}),
        ("child", "target", {"children"}),
        ("car park", "target", {"car parks"}),
        ("towels", "target", set()),
        ("check in", "target", {"checks in", "checked in", "checking in"}),
        ("stop", "negative", {"stops", "stopped", "stopping"}),
        ("ignore", "negative", {"ignores", "ignored", "ignoring"}),
        ("worry", "negative", {"worries", "worried", "worrying"}),
        ("agree", "positive", {"agrees", "agreed", "agreeing"}),
        ("lie", "negative", {"lies", "lied", "lay", "lying"}),
        ("break down", "negative", {"breaks down", "broke down", "broken down", "breaking down"}),
        ("leak", "negative", {"leaks", "leaked", "leaking"}),
        ("cancel", "negative", {"cancels", "canceled", "cancelled", "canceling", "cancelling"}),
        ("quit", "negative", {"quits", "quitting"}),
        ("forget", "negative", {"forgets", "forgot", "forgotten", "forgetting"}),
        ("bring", "positive", {"brings", "brought", "bringing"}),
        ("need", "negative", {"needs", "needed", "needing"}),
    ],
)
def test_inflect_gives_the_forms_a_text_may_hold(phrase: str, kind: str, others: set[str]) -> None:
    forms = [" ".join(form) for form in inflect(tuple(phrase.split()), kind)]  # type: ignore[arg-type]
    assert forms[0] == phrase
    assert set(forms[1:]) == others


@pytest.mark.parametrize(
    "word", ["kind", "mean", "friendly", "bored", "charming", "helpful", "of", "ok", "n't", "4g"]
)
def test_inflect_leaves_words_alone_whose_forms_are_other_words(word: str) -> None:
    assert inflect((word,), "positive") == ((word,),)


words = st.text(string.ascii_lowercase + "'", min_size=1, max_size=9)


@given(st.lists(words, min_size=1, max_size=4), st.sampled_from(["target", "positive", "negative"]))
def test_inflect_gives_few_forms_and_keeps_the_middle(phrase: list[str], kind: str) -> None:
    forms = inflect(phrase, kind)  # type: ignore[arg-type]
    assert forms[0] == tuple(phrase)
    assert len(set(forms)) == len(forms) <= 12
    assert all(form[1:-1] == tuple(phrase[1:-1]) and len(form) == len(phrase) for form in forms)


def test_parse_reads_weak_and_joint_phrases() -> None:
    assert parse("~old").weak
    assert parse("~old").parts == parse("Old").parts == (("old",),)
    assert parse("wi-fi + slow").parts == (("wi", "fi"), ("slow",))
    assert parse("wi-fi + slow").key == parse("slow + wi fi").key
    assert parse("a + ").parts == (("a",), ())


def test_longest_prefers_the_longest_phrase_and_keeps_all_its_values() -> None:
    index = PhraseIndex([("a", 1), ("abc", 2), ("abc", 3), ("b", 4)])
    assert index.longest("abcd", 0) == (3, [2, 3])
    assert index.longest("abx", 0) == (1, [1])
    assert index.longest("cab", 0) is None
    assert index.longest("ab", 1) == (2, [4])


def test_find_gives_matches_from_the_left_that_do_not_overlap() -> None:
    index = PhraseIndex([("ab", 1), ("bcd", 2), ("d", 3)])
    assert [tuple(match) for match in index.find("abcdab")] == [
        (0, 2, [1]),
        (3, 4, [3]),
        (4, 6, [1]),
    ]


@given(st.lists(st.text("abc", min_size=1, max_size=4)), st.text("abc", max_size=30))
def test_find_agrees_with_a_search_by_hand(phrases: list[str], text: str) -> None:
    expected, i = [], 0
    while i < len(text):
        longest = max((p for p in phrases if text.startswith(p, i)), key=len, default="")
        if longest:
            expected.append((i, i + len(longest)))
        i += max(len(longest), 1)
    found = PhraseIndex((phrase, phrase) for phrase in phrases).find(text)
    assert [(match.start, match.end) for match in found] == expected
    assert all({text[m.start : m.end]} == set(m.values) for m in found)


@given(st.lists(st.lists(st.integers(0, 20), max_size=4), min_size=2, max_size=3))
def test_together_finds_parts_that_start_near_each_other(starts: list[list[int]]) -> None:
    spans = [[(start, start + 1) for start in part] for part in starts]
    near = any(
        all(any(first <= start <= first + NEAR for start in part) for part in starts)
        for part in starts
        for first in part
    )
    found = together(spans)
    assert (found is not None) == near
    if found:
        assert all(any(found[0] <= s and e <= found[1] for s, e in part) for part in spans)


def test_together_stays_fast_on_a_text_of_repeats() -> None:
    spans = [
        [(i, i + 1) for i in range(0, 100_000, 10)],
        [(i, i + 1) for i in range(7, 20_000, 10)],
    ]
    start = time.process_time()
    assert together([spans[0], [(-50, -49)]]) is None
    assert together(spans) == (7, 11)
    assert time.process_time() - start < 1
