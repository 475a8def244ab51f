"""The report as one file: what stands in it, and what must not."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from tests.report.made import made, opinion
from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.report import report_html
from verbatim.report.findings import differences, findings
from verbatim.report.rows import driver_rows
from verbatim.report.voices import MOST_CHARACTERS, MOST_VERBATIMS

VOID = {"meta", "link", "input", "line", "circle", "br"}


class Page(HTMLParser):
    """Collects tags and checks that each one opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def html(hotels: Analysis) -> str:
    return report_html(hotels, by="hotel", outcome="stars", title="Sea & Town")


def text_of(html: str) -> str:
    body = re.sub(r"<(style|script)>.*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", body)).replace("\xa0", " ")


def test_the_page_is_whole_and_loads_nothing(html: str) -> None:
    page = Page(html)
    for _, attributes in page.tags:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:,"))
    assert "@import" not in html and "url(" not in html and "http:" not in html


def test_every_link_inside_leads_somewhere(html: str) -> None:
    page = Page(html)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    anchors = {str(link["href"])[1:] for link in page.all("a")}
    assert anchors == {
        *("findings", "drivers", "groups", "emotions", "quotes", "verbatims", "method")
    }
    assert anchors <= ids


def test_only_its_own_script_may_run(html: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", html, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(m["content"] for m in Page(html).all("meta") if "http-equiv" in m)
    assert f"script-src 'sha256-{digest}'" in str(policy)
    assert "default-src 'none'" in str(policy)


def test_findings_carry_n_and_interval(html: str) -> None:
    text = text_of(html)
    assert "Sea &amp; Town 125 opinions in 125 reviews read, of 126 rows. 1 empty left out." in text
    assert re.search(
        r"Best \+Staff Of the 40 reviews that mention it, 100% only praise it and 0% only "
        r"criticise it: net sentiment \+100 \(\+\d+ to \+100\)\.",
        text,
    )
    assert re.search(
        r"Differs by hotel Food Sea \+90 \(\+\d+ to \+\d+, n = 40\) against "
        r"Town −75 \(−\d+ to −\d+, n = 40\): a gap of 165 points\.",
        text,
    )
    assert re.search(r"Goes with stars −Food .* mean stars of 3\.15 \(n = 80\), −1\.85", text)
    assert "Low support 1 driver of 3 Too few reviews mention Price (5)" in text


def test_tables_have_headers(html: str) -> None:
    page = Page(html)
    scopes = [header.get("scope") for header in page.all("th")]
    assert scopes and set(scopes) == {"row", "col"}
    bars = [bar for bar in page.all("svg") if bar.get("role") == "img"]
    assert len(bars) == 3
    assert all(str(bar["aria-label"]).startswith("net sentiment") for bar in bars)


def test_groups_are_compared_with_their_n(html: str) -> None:
    heat = html.split('<table class="heat">')[1].split("</table>")[0]
    assert re.findall(r'<td class="([^"]+)"[^>]*><strong>([^<]+)', heat)[:2] == [
        ("shade3", "+90"),
        ("shade-3", "−75"),
    ]
    assert "n = 63" in heat and "<span>40</span>" in heat
    assert re.findall(r'<td class="([^"]+)"', heat)[-1] == "shade0 few"


ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_a_script_is_only_a_review() -> None:
    columns = pd.DataFrame({"hotel": [ATTACK] * 12, "stars": range(12)})
    one = (ATTACK, [opinion("staff", -2, "<script>", "alert(1)")])
    evil = made([one] * 12, columns)
    page = report_html(evil, by="hotel", outcome="stars", title=ATTACK)
    assert len(Page(page).all("script")) == 1
    assert not Page(page).all("img")
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;" in page
    assert not [
        name for _, attributes in Page(page).tags for name in attributes if name.startswith("on")
    ]
    assert not Page(evil._repr_html_()).all("script")


def test_the_filter_knows_what_each_verbatim_holds(html: str) -> None:
    page = Page(html)
    kinds = {a["data-opinions"] for a in page.all("article") if "data-opinions" in a}
    assert kinds == {"|food:positive|", "|food:negative|", "|staff:positive|", "|price:negative|"}
    options = {option["value"] for option in page.all("option")}
    assert {"food", "staff", "price", "positive", "negative", "neutral"} <= options


def test_without_scripting_the_filter_is_hidden_and_all_can_be_read(html: str) -> None:
    page = Page(html)
    (form,) = page.all("form")
    assert "hidden" in form
    assert not any("hidden" in article for article in page.all("article"))


def test_many_and_long_verbatims_are_cut() -> None:
    long = "Kind staff " + "and so on " * 1000
    many = made([(long, [opinion("staff", 1, "Kind", "staff")])] * (MOST_VERBATIMS * 2 + 1))
    page = report_html(many)
    voices = [a for a in Page(page).all("article") if a.get("class") == "voice"]
    assert len(voices) == MOST_VERBATIMS
    assert f"{MOST_VERBATIMS} of the 601 reviews that hold an opinion" in text_of(page)
    shown = re.findall(r'<p class="text">(.*?)</p>', page, flags=re.S)[0]
    assert len(text_of(shown)) < MOST_CHARACTERS + 20
    assert shown.endswith("… (cut)</span>")


def test_an_analysis_without_opinions_has_a_page() -> None:
    text = text_of(report_html(made([("We came by car.", []), (None, [])])))
    assert "No opinion was found in these verbatims." in text
    assert "Drivers" not in text


def test_an_unknown_column_is_an_error(hotels: Analysis) -> None:
    with pytest.raises(OptionError, match="did you mean 'hotel'"):
        report_html(hotels, by="hotle")


def test_the_same_analysis_gives_the_same_page(hotels: Analysis, html: str) -> None:
    assert report_html(hotels, by="hotel", outcome="stars", title="Sea & Town") == html


def test_groups_that_may_be_equal_are_no_difference(hotels: Analysis) -> None:
    grouped = driver_rows(hotels.drivers(by="hotel"))
    assert [found.best.driver for found in differences(grouped)] == ["food"]
    equal = [row for row in grouped if row.driver == "staff"]
    labels = {found.subject for found in findings(equal[:1], equal, "hotel")}
    assert "No driver for sure" in labels


def test_an_unsure_extreme_is_not_called_the_best_or_worst() -> None:
    split = [("Kind staff", [opinion("staff", 2, "Kind")])] * 20
    split += [("Rude staff", [opinion("staff", -2, "Rude")])] * 20
    (first, *_) = findings(driver_rows(made(split).drivers()))
    assert (first.label, first.tone) == ("Highest", "neutral")
