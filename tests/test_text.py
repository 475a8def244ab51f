"""Normalisation: what is repaired, what is left alone, and the way back to the original."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verbatim
from verbatim.text import NormalText, normalise, storable

REPAIRED = [
    # tags
    ("<p>Nice <b>big</b> room</p>", "\n\nNice big room\n\n"),
    ("clean<br/>quiet<BR>cheap", "clean\nquiet\ncheap"),
    ('<a href="http://x.io/?a=1&amp;b=2">menu</a>', "menu"),
    ("<script>let a = 1;</script>ok", "let a = 1;ok"),
    ("<!-- note --><o:p></o:p>ok", "ok"),
    ("<ul><li>pool</li></ul>", "\n\n\n\npool\n\n\n\n"),
    # entities
    ("food &amp; drink", "food & drink"),
    ("a&nbsp;b &#39;c&#x27; &lt;3", "a b 'c' <3"),
    ("it&amp;amp;#39;s", "it's"),
    ("&lt;br&gt;", "\n"),
    ("&amp;nonsense;", "&nonsense;"),
    # characters that nobody sees
    ("qui\xadet pa\u200bper \ufeffthin\x00", "quiet paper thin"),
    ("a\tb\u3000c\u2009d\xa0e", "a b c d e"),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    # quotes, dashes, wide forms
    ("the \u201cCAF\xc9\u201ds", 'the "CAF\xc9"s'),
    ("It\u2019s \u201cfine\u201d", 'It\'s "fine"'),
    ("don`t, don\xb4t", "don't, don't"),
    ("10\u201315 \u2013 check\u2011in", "10-15 - check-in"),
    ("slow\u2014rude\u2014dirty", "slow - rude - dirty"),
    ("\ufb01ne \uff27\uff4f\uff4f\uff44 \U0001d420\U0001d428", "fine Good go"),
    ("cafe\u0301 z\u0335\u0321a\u0336", "caf\xe9 za"),
    # encodings gone wrong
    ("we didn\xe2\u20ac\u2122t pay \xc2\xa35", "we didn't pay \xa35"),
    ("caf\xc3\xa9, cr\xc3\xa8me", "caf\xe9, cr\xe8me"),
    ("\xf0\u0178\u02dc\u20ac ok", "\U0001f600 ok"),
    ("\x93ok\x94 it\x92s", '"ok" it\'s'),
    ("voil\xc3 le prix", "voil\xe0 le prix"),
    ("closed.\xc2 We left", "closed. We left"),
    ("don\ufffdt", "don't"),
    ("\ud83d\ude00 \ud83d", "\U0001f600 \ufffd"),
    # exports and drawls
    ("fine.\\nThe bed", "fine.\nThe bed"),
    ('he said \\"no\\"', 'he said "no"'),
    ("soooooo goooood!!!!", "sooo goood!!!!"),
]

KEPT = [
    "a < b and c > d",
    "I <3 this :< place",
    "<name> was kind, <good value>",
    "AT&T, R&D; B&B",
    "N\xc3O, S\xc3O, Fran\xe7ais, ma\xe7\xe3, \xc2ngela",
    "Очень хорошо, とても良い",
    "\U0001f469\u200d\U0001f467 \u2764\ufe0f 1\ufe0f\u20e3 \U0001f1ec\U0001f1e7",
    "\U0001f44d\U0001f3fd ok",
    "see https://example.org/a?b=1&amp;c=wwwww or www.example.org/ooooo",
    "write to aaaaa@example.org",
    "C:\\new and day\\night",
    "\u0153uf, \u0152\u2026 \xe0\xb2 x",
    "1000000 !!!!!!! ------ ......",
    "line one\n\nline two",
]


@pytest.mark.parametrize(("raw", "clean"), REPAIRED)
def test_traces_of_forms_exports_and_phones_are_removed(raw: str, clean: str) -> None:
    assert normalise(raw).text == clean


@pytest.mark.parametrize("text", KEPT)
def test_what_is_not_broken_is_not_repaired(text: str) -> None:
    assert normalise(text) == NormalText(text, None)


def test_a_plain_text_has_no_map() -> None:
    assert normalise("Nothing to do here.").layers is None
    # One character for one keeps every offset.
    assert normalise("It\u2019s fine").layers is None


@pytest.mark.parametrize(
    ("raw", "word", "original"),
    [
        ("<b>clean</b> room", "clean", "clean"),
        ("caf&eacute; &amp; bar", "caf\xe9", "caf&eacute;"),
        ("a soooooo nice", "sooo", "soooooo"),
        ("\ufb01ne view", "fine", "\ufb01ne"),
        ("\ufb01ne view", "f", "\ufb01"),
        ("x<br>y bed", "bed", "bed"),
        ("&amp;lt;p&amp;gt;hot tub", "hot tub", "hot tub"),
        ("didn\xe2\u20ac\u2122t pay", "didn't", "didn\xe2\u20ac\u2122t"),
        ("\xf0\u0178\u02dc\u20ac\xf0\u0178\u02dc\u20ac ok", "\U0001f600", "\xf0\u0178\u02dc\u20ac"),
        ("slow\u2014rude", "rude", "rude"),
        ("slow\u2014rude", " - ", "\u2014"),
        ("<p><i>&nbsp;<b>so</b></i> quiet</p>", "so", "so"),
    ],
)
def test_a_span_leads_back_to_what_was_written(raw: str, word: str, original: str) -> None:
    normal = normalise(raw)
    start = normal.text.index(word)
    first, last = normal.span(start, start + len(word))
    assert raw[first:last] == original


def test_an_empty_span_stays_empty() -> None:
    normal = normalise("<b>a</b>")
    assert normal.span(0, 0) == (3, 3)
    assert normal.span(1, 1) == (8, 8)


def test_lone_surrogates_become_storable_at_the_same_length() -> None:
    text = "ok \ud83d no \udc00"
    assert storable(text) == "ok \ufffd no \ufffd"
    storable(text).encode("utf-8")
    assert storable("\U0001f600 fine") == "\U0001f600 fine"


_PIECES = (
    st.sampled_from(
        ["&amp;", "&", "amp;", "lt;", "#38;", "&#8", "203;", "<", ">", "<b>", "</b>", "<br>", "b"]
    )
    | st.sampled_from(
        ["e", "t", "ooo", "1", "'", "\\", "n", "http://x.y", "a@b.c"],
    )
    | st.sampled_from(
        "\u0301\u200b\u200d\ufe0f\u20e3\u2764\U0001f600\u2019\u2014\r\n \xa0\xc2\xc3\xad\x85\x92"
        "\ufffd\ud83d\ude00\ufb01\uff06\xe2\u20ac\u2122"
    )
)
_TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=60),
    st.lists(_PIECES, max_size=25).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@settings(max_examples=400, deadline=None)
@given(_TEXTS, st.data())
def test_spans_are_never_empty_and_keep_their_order(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    spans = [normal.span(at, at + 1) for at in range(len(normal.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)
    if spans:
        i = data.draw(st.integers(0, len(spans) - 1))
        j = data.draw(st.integers(i, len(spans) - 1))
        assert normal.span(i, j + 1) == (spans[i][0], spans[j][1])
    if normal.layers is None:
        assert spans == [(at, at + 1) for at in range(len(text))]


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_nothing_invisible_and_no_odd_space_is_left(text: str) -> None:
    clean = normalise(text).text
    assert not {c for c in clean if c.isspace()} - {" ", "\n"}
    assert not any("\ud800" <= c <= "\udfff" for c in clean)
    assert "\u200b" not in clean
    clean.encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [("<A\r>b", "b"), ("<A\x0c\u200b>b", "b"), ("<not a\u200b tag\r>", "<not a tag\n>")],
)
def test_what_stands_in_angle_brackets_is_cleaned_too(raw: str, clean: str) -> None:
    assert normalise(raw).text == clean


UGLY = {
    "tags": "<b>",
    "half a tag": "<b x",
    "nested tags": "<<b>b>",
    "angles": "<",
    "comments": "<!--",
    "ampersands": "&",
    "escaped": "&amp;",
    "split entities": "&#8&#8203;203;",
    "backslashes": "\\",
    "accents": "e" + "\u0301" * 20,
    "drawl": "o",
    "dashes": "\u2014",
    "invisible": "a\u200b",
    "mojibake": "\xe2\u20ac\u2122",
    "leads": "\xc3 \xc2",
    "emoji": "\U0001f469\u200d\U0001f467",
    "surrogates": "\ud83d",
    "mail": "a@",
    "web": "http://a",
    "dots": ".",
    "lines": "\n",
}


@pytest.mark.parametrize("unit", UGLY.values(), ids=UGLY)
def test_time_is_linear_in_the_length(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        begin = time.process_time()
        normalise(text)
        return time.process_time() - begin

    normalise(unit)
    # A quadratic step would make four times as much text cost sixteen times as much.
    assert min(seconds(200_000) for _ in range(2)) < 8 * seconds(50_000) + 0.3


@pytest.mark.parametrize(
    "text", ["\xe9\u2028\x97\U0001f600The staff rude", "bad â€™\x94\x85\u0130"]
)
def test_sentences_of_mended_text_do_not_overlap(text: str) -> None:
    rows = verbatim.analyze([text], engine="lexicon").sentences[["start", "end"]]
    ends = [0, *rows["end"]]
    assert all(start >= end for start, end in zip(rows["start"], ends, strict=False))
