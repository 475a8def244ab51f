"""Opinions marked in place: spans that nest, overlap and hold markup."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.report.made import made, opinion
from verbatim.report.marks import SIGNS, Span, mark_html, mark_text, pieces

SPANS = st.builds(
    lambda start, length, label, is_target: Span(start, start + length, label, "x", is_target),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from(sorted(SIGNS)),
    st.booleans(),
)


@given(st.text(max_size=40), st.lists(SPANS, max_size=6))
def test_pieces_put_together_are_the_text(text: str, spans: list[Span]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(st.text(max_size=40), st.lists(SPANS, max_size=6))
def test_each_character_lies_in_a_piece_with_exactly_the_labels_of_its_spans(
    text: str, spans: list[Span]
) -> None:
    place = 0
    for piece in pieces(text, spans):
        for _ in piece.text:
            around = [span for span in spans if span.start <= place < span.end]
            assert set(piece.labels) == {span.label for span in around if not span.is_target}
            assert piece.is_target == any(span.is_target for span in around)
            place += 1


def shown(text: str, *opinions: dict[str, object], start: int = 0, end: int | None = None) -> str:
    analysis = made([(text, opinions)])
    return mark_html(text, analysis.opinions.to_dict("records"), start, end)


def test_a_judgement_carries_its_sign_and_driver_and_a_target_is_underlined() -> None:
    assert shown("Lovely staff!", opinion("staff", 2, "Lovely", "staff")) == (
        '<mark class="positive"><b class="sign positive" role="img" aria-label="positive: staff" '
        'title="positive: staff">+</b>Lovely</mark> <span class="target">staff</span>!'
    )


def test_a_bare_fact_is_marked_by_its_evidence() -> None:
    html = shown("We waited 45 minutes.", opinion("waiting", -2, "waited 45 minutes", fact=True))
    assert re.sub("<b.*?</b>", "", html) == 'We <mark class="negative">waited 45 minutes</mark>.'


def test_two_drivers_with_the_same_words_share_one_mark() -> None:
    html = shown("Great value and room", opinion("price", 2, "Great"), opinion("room", 2, "Great"))
    assert html.count("<mark") == 1
    assert 'aria-label="positive: price, room"' in html


def test_overlapping_judgements_of_both_signs_are_mixed_where_they_meet() -> None:
    html = shown("good yet dear", opinion("food", 1, "good yet"), opinion("price", -1, "yet dear"))
    assert re.sub("<b.*?</b>", "", html) == (
        '<mark class="positive">good </mark><mark class="mixed">yet</mark>'
        '<mark class="negative"> dear</mark>'
    )


def test_a_target_inside_its_assessment_keeps_both_marks() -> None:
    html = shown("awful room", opinion("room", -2, "awful room", "room"))
    assert (
        html.endswith('<mark class="negative"><span class="target">room</span></mark>')
        and html.count("awful") == 1
    )


def test_only_the_part_asked_for_is_shown() -> None:
    text = "Bad bed. Lovely staff."
    html = shown(text, opinion("comfort", -1, "Bad"), opinion("staff", 2, "Lovely"), start=9)
    assert "bed" not in html
    assert html.count("<mark") == 1


def test_markup_in_a_review_is_text() -> None:
    html = shown(
        "<script>alert(1)</script> & <b>rude</b>", opinion("staff", -2, "<b>rude</b>", "<script>")
    )
    assert isinstance(html, Markup)
    assert "<script" not in html
    assert "&lt;b&gt;rude&lt;/b&gt;" in html
    assert '<span class="target">&lt;script&gt;</span>' in html


def test_signs_show_in_plain_text() -> None:
    spans = [
        Span(0, 4, "positive", "food", False),
        Span(5, 9, "neutral", "room", False),
        Span(10, 14, "negative", "price", False),
        Span(12, 14, "positive", "price", False),
    ]
    assert mark_text("fine okay dear", spans) == "[+ fine +] [~ okay ~] [- de -][+- ar +-]"
