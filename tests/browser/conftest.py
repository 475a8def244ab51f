"""Reports of the two samples, opened in Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import verbatim
from tests.report.made import made, opinion
from verbatim.analysis import Analysis
from verbatim.errors import BiasWarning

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

Open = Callable[..., Page]


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.exit(
            "these tests need Chromium: install it (Debian: apt-get install chromium), or set "
            "CHROMIUM to where it is",
            returncode=2,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """With all there is, without charts, without columns, and with what nobody would wish for."""
    folder = tmp_path_factory.mktemp("reports")
    hotels = pd.read_csv("data/samples/hotel_reviews.csv", na_values=[""], keep_default_na=False)
    analysis = verbatim.analyze(hotels, text="review", taxonomy="hospitality", engine="lexicon")
    plain = verbatim.analyze(hotels["review"], engine="lexicon")
    asked = {"by": "hotel", "outcome": "rating"}
    reports = {
        "hotels": analysis.report(folder / "hotels.html", **asked),
        "plain": plain.report(folder / "plain.html"),
    }
    reports["journey"] = of_all_stages(hotels).report(folder / "journey.html", outcome="rating")
    with pytest.warns(BiasWarning):
        harsh = {"by": LONG, "outcome": f"stars {LONG}", "weight": "w", "stages": STAGES}
        reports["harsh"] = harshest().report(folder / "harsh.html", **harsh)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verbatim.report.drawings.has_charts", lambda: False)
        reports["bare"] = analysis.report(folder / "bare.html", **asked)
    return reports


BUSY = 120_000
"""Milliseconds that a page may take to load: the machine may be busy with something else."""
LONG = "averyverylongnamewithoutanyspaceinit" * 3
STAGES = {f"good {LONG}": ["good food"], f"rude {LONG}": ["rude staff"]}


def of_all_stages(hotels: pd.DataFrame) -> Analysis:
    """Read by an engine of which nothing is known, so that every stage is drawn."""
    analysis = verbatim.analyze(hotels, text="review", taxonomy="hospitality")
    engine = {name: analysis.meta["engine"][name] for name in ("name", "version")}
    return Analysis(analysis.tables, {**analysis.meta, "engine": engine})


def harshest() -> Analysis:
    """Long names everywhere, many groups, weights, a J-shaped outcome, words without end."""
    food, staff = f"food{LONG}", f"staff {LONG}"
    good = (f"Good food {LONG}", [opinion("food", 2, "Good", f"food {LONG}", emotion="joy")])
    bad = (f"Rude staff {LONG}", [opinion("staff", -2, f"Rude staff {LONG}", emotion="anger")])
    reviews = [good, bad, bad, good, good] * 80
    columns = {
        LONG: [f"{number % 12} {LONG}" for number in range(len(reviews))],
        f"stars {LONG}": [5, 1, 1, 5, 3] * 80,
        "day": pd.date_range("2025-01-01", periods=len(reviews), freq="D"),
        "w": [1.0, 2.0] * 200,
    }
    analysis = made(reviews, pd.DataFrame(columns))
    names = {"food": {"name": food}, "staff": {"name": staff}}
    meta = {**analysis.meta, "taxonomy": {"name": LONG, "drivers": names}}
    return Analysis(analysis.tables, meta)


@pytest.fixture
def open_report(browser: Browser, reports: dict[str, Path]) -> Iterator[Open]:
    """Open a report; at the end there must be no console message and no request beyond the file."""
    said: list[str] = []
    contexts = []

    def open_one(
        name: str = "hotels", width: int = 1280, scheme: str = "light", **more: bool
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_navigation_timeout(BUSY)
        address = reports[name].as_uri()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda asked: said.append(asked.url) if not asked.url.startswith(address) else None,
        )
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not [text for text in said if not text.startswith("data:,")]
