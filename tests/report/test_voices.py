"""Which verbatims a page shows, and how many."""

from __future__ import annotations

import re

import pytest

from tests.report.conftest import BAD_FOOD, GOOD_FOOD
from tests.report.made import made, opinion
from tests.report.parsed import Page, text_of
from verbatim.report import report_html
from verbatim.report.rows import driver_rows
from verbatim.report.voices import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_OF_A_SIDE,
    MOST_VERBATIMS,
    voices,
)

pytestmark = pytest.mark.usefixtures("no_charts")


def test_many_and_long_verbatims_are_cut() -> None:
    long = "Kind staff " + "and so on " * 1000
    many = made([(long, [opinion("staff", 1, "Kind", "staff")])] * (MOST_VERBATIMS * 2 + 1))
    page = report_html(many)
    shown = [a for a in Page(page).all("article") if a.get("class") == "voice"]
    assert len(shown) == MOST_VERBATIMS
    assert f"{MOST_VERBATIMS} of the 601 reviews that hold an opinion" in text_of(page)
    first = re.findall(r'<p class="text" dir="auto">(.*?)</p>', page, flags=re.S)[0]
    assert len(text_of(first)) < MOST_CHARACTERS + 20
    assert first.endswith("… (cut)</span>")


def test_a_rare_side_has_its_verbatims() -> None:
    rare = made([GOOD_FOOD] * 2000 + [BAD_FOOD] * 9)
    scores = rare.drivers()
    shown, places = voices(rare, scores, driver_rows(scores))
    assert len(shown) == len(places) == MOST_VERBATIMS
    assert sum(voice.keys == "0:negative" for voice in shown) >= MOST_OF_A_SIDE
    assert [int(voice.id) for voice in shown] == sorted(int(voice.id) for voice in shown)


def test_the_page_stays_small_whatever_reviews_hold() -> None:
    bad = '"' * MOST_CHARACTERS
    worst = made([(bad, [opinion("staff", -1, '"')])] * (2 * MOST_VERBATIMS))
    scores = worst.drivers()
    shown, _ = voices(worst, scores, driver_rows(scores))
    assert 20 < len(shown) < MOST_VERBATIMS
    assert sum(len(voice.html) for voice in shown) <= MOST_BYTES
    assert len(report_html(worst).encode()) < 2_000_000


def test_a_quote_leads_to_its_verbatim() -> None:
    page = report_html(made([GOOD_FOOD] * 40 + [BAD_FOOD] * 40))
    quoted = re.findall(r'<footer><a href="#(v\d+)">id (\d+)', page)
    assert quoted
    for anchor, key in quoted:
        assert f'id="{anchor}" data-opinions=' in page
        assert f"id {key} · " in page.split(f'id="{anchor}"')[1][:200]
