"""The section of moments: what is there, marked and escaped, and nothing where there is none."""

from __future__ import annotations

import verbatim
from tests.report.parsed import section as findings
from tests.report.parsed import text_of
from verbatim.report import report_html

START = '<section id="moments"'


def section(texts: list[str]) -> str:
    page = report_html(verbatim.analyze(texts, engine="lexicon"))
    return page[page.index(START) :].split("</section>")[0] if START in page else ""


def test_alerts_and_wows_stand_apart_with_their_trigger_marked() -> None:
    shown = section(
        [
            "The oven caught fire and burned my hand.",
            "They surprised us with a cake, we were so touched. Amazing!",
            "Lovely staff.",
        ]
    )
    alerts, wows = shown.split("Celebrate")
    assert '<mark class="negative">caught fire</mark>' in alerts
    assert "Safety and health: 1" in alerts
    assert '<mark class="positive">surprised us with</mark>' in wows
    assert "Lovely" not in shown


def test_at_most_ten_are_shown_and_all_are_counted() -> None:
    shown = section([f"The oven caught fire in room {i}." for i in range(12)])
    assert shown.count("<li>") == 10
    assert "10 of 12, from 12 reviews" in shown
    assert "Celebrate" not in shown


def test_what_is_worth_a_call_back_is_told_before_all_else() -> None:
    page = report_html(
        verbatim.analyze(["The oven caught fire in room 3."] * 12 + ["Fine."], engine="lexicon")
    )
    told = text_of(findings(page, "findings"))
    assert "What matters 12 moments worth a call back today: safety and health 12." in told
    quiet = report_html(verbatim.analyze(["Lovely staff."], engine="lexicon"))
    assert "call back" not in text_of(findings(quiet, "findings"))


def test_what_customers_write_is_escaped() -> None:
    shown = section(["The <script>alert(1)</script> oven caught fire & burned my hand."])
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_nothing_is_shown_when_there_is_none() -> None:
    page = report_html(verbatim.analyze(["Lovely staff."], engine="lexicon"))
    assert START not in page
    assert 'href="#moments"' not in page
