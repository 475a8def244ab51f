"""The report as people meet it: phone and desk, light and dark, by click and by key, on paper."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.measure import open_all, overflowing, overlapping_labels, poor_contrasts

WIDTHS = (320, 390, 768, 1280)
SHOTS = Path(os.environ["SHOTS"]) if "SHOTS" in os.environ else None
TALL = 1600


def shoot(page: Page, name: str) -> None:
    """Keep pictures to look at, from the top of the page down, if asked for."""
    if SHOTS is None:
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    width, height = page.viewport_size["width"], page.evaluate("document.body.scrollHeight")
    page.set_viewport_size({"width": width, "height": TALL})
    for part, top in enumerate(range(0, min(height, 8 * TALL), TALL)):
        page.evaluate(f"window.scrollTo(0, {top})")
        page.screenshot(path=SHOTS / f"{name}-{part}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["hotels", "bare", "plain", "harsh", "journey"])
def test_it_fits_and_can_be_read(open_report: Open, name: str, width: int, scheme: str) -> None:
    page = open_report(name, width, scheme)
    shoot(page, f"{name}-{width}-{scheme}")
    assert overflowing(page) == []
    assert overlapping_labels(page) == []
    open_all(page)
    assert overflowing(page) == []
    assert poor_contrasts(page) == []


def test_filters_work_by_click(open_report: Open) -> None:
    page = open_report()
    page.get_by_text("Read them").click()
    form, shown = page.locator("#filter"), page.locator(".voice:not([hidden])")
    count = form.locator("output")
    total = shown.count()
    expect(count).to_have_text(f"{total} of {total} shown")
    form.get_by_label("Driver").select_option(label="Cleanliness")
    form.get_by_label("Sign").select_option("negative")
    some = shown.count()
    assert 0 < some < total
    assert all(
        "0:negative" in (voice.get_attribute("data-opinions") or "") for voice in shown.all()
    )
    form.get_by_label("hotel").select_option("Riverside Inn")
    assert 0 < shown.count() < some
    assert {voice.get_attribute("data-group") for voice in shown.all()} == {"Riverside Inn"}
    form.get_by_label("Text").fill("HAIR")
    assert all("hair" in voice.inner_text().lower() for voice in shown.all())
    form.get_by_label("Text").fill("no such words")
    expect(count).to_have_text(f"0 of {total} shown")
    form.get_by_role("button", name="Show all").click()
    expect(count).to_have_text(f"{total} of {total} shown")


def test_a_finding_leads_to_its_quotes_and_these_to_all_verbatims(open_report: Open) -> None:
    page = open_report(width=390)
    page.locator("#findings").get_by_role("link", name="What they say").first.click()
    article = page.locator("article.quotes:target")
    expect(article).to_be_in_viewport()
    name = (article.locator("h3").inner_text()).split(" n =")[0]
    article.get_by_role("link", name="More criticism of it, in full").click()
    expect(page.locator("#verbatims")).to_be_in_viewport()
    form = page.locator("#filter")
    assert form.get_by_label("Sign").input_value() == "negative"
    chosen = form.get_by_label("Driver").locator("option:checked").inner_text()
    assert chosen == name
    assert page.locator(".voice:not([hidden])").count() > 0


def test_a_quote_leads_to_its_verbatim(open_report: Open) -> None:
    page = open_report()
    link = page.locator("blockquote footer a").first
    link.click()
    target = page.locator(f"{link.get_attribute('href')}")
    expect(target).to_be_in_viewport()


def test_all_can_be_reached_by_key(open_report: Open) -> None:
    page = open_report()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Skip to the findings")
    expect(focused).to_be_in_viewport()
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), (
            reached
        )
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, .scroll')]"
        ".filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))"
    )
    assert set(wanted) - {page.evaluate("document.querySelector('.skip').outerHTML")} <= reached
    page.get_by_text("Read them").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "driver"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mark_of_a_chart_says_its_figures(open_report: Open, width: int) -> None:
    page = open_report(width=width, has_touch=width == 390)
    mark = page.locator("#outcome [data-said*='Cleanliness']").locator("visible=true").first
    mark.scroll_into_view_if_needed()
    if width == 390:
        mark.tap()
    else:
        mark.hover()
    tip = page.locator(".tip")
    expect(tip).to_be_visible()
    expect(tip).to_have_text(mark.get_attribute("data-said") or "")
    box = tip.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_it_can_be_read_with_scripting_off(open_report: Open, width: int) -> None:
    page = open_report(width=width, java_script_enabled=False)
    expect(page.locator("#filter")).to_be_hidden()
    expect(page.locator("#outcome .chart svg").locator("visible=true").first).to_be_visible()
    page.get_by_text("Read them").click()
    expect(page.locator(".voice").first).to_be_visible()
    page.locator("#findings").get_by_role("link", name="What they say").first.click()
    expect(page.locator("article.quotes:target")).to_be_in_viewport()


def test_the_map_of_the_journey_has_its_stages_across_and_the_curve_runs_on(
    open_report: Open,
) -> None:
    page = open_report("journey", 1280)
    stages = page.locator("#journey .stage h3")
    boxes = [box for box in (one.bounding_box() for one in stages.all()) if box]
    assert len(boxes) == stages.count() > 5
    assert len({round(box["y"]) for box in boxes}) == 1
    assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)
    lines = page.locator("#journey .curve svg").evaluate_all(
        "all => all.map((svg) => [...svg.querySelectorAll('.path')]"
        ".map((line) => line.getBoundingClientRect()).map((box) => [box.left, box.right]))"
    )
    ends = sorted(end for svg in lines for end in svg)
    assert all(abs(one[1] - other[0]) < 2 for one, other in pairwise(ends))
    rows = page.locator("#journey .stage .opportunities")
    assert len({round(box["y"]) for box in (row.bounding_box() for row in rows.all()) if box}) == 1


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_stages_of_the_journey_stand_below_one_another(
    open_report: Open, width: int
) -> None:
    page = open_report("journey", width)
    boxes = [one.bounding_box() for one in page.locator("#journey .stage").all()]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(set(tops)) and len(tops) > 5
    expect(page.locator("#journey .way")).to_be_visible()
    expect(page.locator("#journey .stage h4").first).to_be_visible()
    expect(page.locator("#journey .curve").first).to_be_hidden()


def test_the_journey_prints(open_report: Open, tmp_path: Path) -> None:
    page = open_report("journey", width=720)
    page.emulate_media(media="print")
    expect(page.locator("#journey .way")).to_be_visible()
    assert overflowing(page) == []
    assert poor_contrasts(page) == []
    folder = SHOTS or tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page.pdf(path=folder / "journey.pdf", format="A4")
    assert (folder / "journey.pdf").stat().st_size > 50_000


def test_it_prints(open_report: Open, tmp_path: Path) -> None:
    page = open_report(width=720)
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    assert overflowing(page) == []
    assert overlapping_labels(page) == []
    assert poor_contrasts(page) == []
    folder = SHOTS or tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    edges = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
    page.pdf(path=folder / "hotels.pdf", format="A4", margin=edges)
    assert (folder / "hotels.pdf").stat().st_size > 50_000
