"""The report as one file: what stands in it, and what must not."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest

from tests.report.conftest import BAD_FOOD, STAFF
from tests.report.made import made, opinion
from tests.report.parsed import Page, section, text_of
from verbatim.analysis import Analysis
from verbatim.errors import BiasWarning, OptionError, StorageError
from verbatim.report import report_html


@pytest.fixture(scope="module")
def html(hotels: Analysis) -> str:
    return report_html(hotels, by="hotel", outcome="stars", title="Sea & Town")


@pytest.fixture(scope="module")
def dated(year: Analysis) -> str:
    return report_html(year, outcome="stars")


def test_the_page_is_whole_and_loads_nothing(html: str) -> None:
    page = Page(html)
    for _, attributes in page.tags:
        for name in ("src", "href", "action", "data", "poster", "srcset", "xlink:href"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:,"))
    outside = html.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "@import" not in html and "url(" not in html and "http:" not in outside


def test_the_page_is_small(html: str, dated: str) -> None:
    assert max(len(html.encode()), len(dated.encode())) < 500_000


def test_every_link_inside_leads_somewhere(html: str, dated: str) -> None:
    for text in (html, dated):
        page = Page(text)
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert {str(link["href"])[1:] for link in page.all("a")} <= set(ids)


def test_the_sections_come_in_order(html: str, dated: str) -> None:
    def sections(text: str) -> list[str]:
        return [str(tag["id"]) for tag in Page(text).all("section") if "id" in tag]

    first, shared = (
        ["findings", "drivers", "outcome", "experience"],
        ["quotes", "verbatims", "method"],
    )
    assert sections(html) == [*first, "groups", "emotions", *shared]
    assert sections(dated) == [*first, "trend", "emotions", *shared]


def test_only_its_own_script_may_run(html: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", html, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(m["content"] for m in Page(html).all("meta") if "http-equiv" in m)
    assert f"script-src 'sha256-{digest}'" in str(policy)
    assert "default-src 'none'" in str(policy)


def test_it_begins_with_what_was_read_and_the_mean(html: str) -> None:
    head = text_of(html.split("<header>")[1].split("</header>")[0]).replace("&nbsp;", " ")
    assert "125 opinions in 125 reviews read, of 126 rows." in head
    assert re.search(r"Mean stars 3\.82 \(3\.\d\d to 4\.\d\d, n = 125\)\.", head)


def test_findings_carry_n_interval_and_a_link_to_the_verbatims(html: str) -> None:
    text = text_of(section(html, "findings"))
    assert re.search(
        r"Fix first −Food It accounts for \d+% \(\d+ to \d+\) of what all drivers explain of "
        r"stars\. A complaint goes with −2\.99 \(−3\.\d\d to −2\.\d\d\) stars\. Net sentiment "
        r"\+8 \(−\d+ to \+\d+\), "
        r"n = 80\. 100% of resamples place it here\.",
        text,
    )
    assert re.search(
        r"Town: net sentiment −75 against \+90 of the rest: −165 \(−\d+ to −\d+\) points, "
        r"q &lt; \.001, n = 40\.",
        text,
    )
    links = [link for link in Page(section(html, "findings")).all("a")]
    assert {str(link["href"]) for link in links} == {"#said-0", "#method"}


def test_a_driver_that_turned_is_told_as_such(dated: str) -> None:
    text = text_of(section(dated, "findings"))
    assert "Fix first, and worse since 2025-07 −Food" in text
    assert "went from +100 to −100" in text and "n = 36 before and 36 after" in text
    assert "food" not in text_of(section(dated, "trend")).split("All changes")[0].replace(
        "Food", ""
    )


def test_charts_stand_in_two_widths_with_a_table_behind_each(html: str, dated: str) -> None:
    for text, names in ((html, ("priorities", "effects", "emotions")), (dated, ("trend",))):
        drawn = [svg for svg in Page(text).all("svg") if svg.get("class") == "drawn"]
        assert all(svg["role"] == "img" and svg["aria-label"] for svg in drawn)
        assert len({svg["aria-label"] for svg in drawn}) == len(drawn) / 2 >= len(names)
    for name in ("outcome", "emotions"):
        assert "<figure" in section(html, name) and "<summary>" in section(html, name)


def test_the_colours_of_charts_are_those_of_the_page(html: str) -> None:
    chart = section(html, "outcome").split("<figure")[1].split("</figure>")[0]
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', chart))
    assert {colour for colour in colours if not colour.startswith("var(--")} <= {"none"}


@pytest.mark.usefixtures("no_charts")
def test_without_the_library_tables_and_bars_stand_for_charts(hotels: Analysis) -> None:
    html = report_html(hotels, by="hotel", outcome="stars")
    assert "<figure class=chart" not in html and 'class="drawn"' not in html
    opened = section(html, "outcome").split("<details open>")[1]
    bars = [bar for bar in Page(opened.split("</details>")[0]).all("svg")]
    assert len(bars) == 6  # penalty and reward of three drivers
    assert 'pip install "verbatim-cx[report]"' in text_of(html).replace("&#34;", '"')


def test_what_moves_the_outcome_has_every_figure(html: str) -> None:
    text = text_of(section(html, "outcome"))
    assert re.search(r"Fix first matters, .* Food 100% importance \d+% \d+ to \d+ net \+8", text)
    assert "A review that judges nothing is expected to have 4.00" in text
    table = section(html, "outcome").split('<table class="figures">')[1].split("</table>")[0]
    heads = [text_of(head) for head in re.findall(r"<th scope=\"col\">(.*?)</th>", table)]
    assert [head.split(" ")[0] for head in heads] == [
        *("Driver", "Reviews", "Negative", "Positive", "Points", "Impact", "Importance", "Class")
    ]
    food = text_of(table.split('scope="row">Food')[1].split("</tr>")[0])
    assert re.search(r"80 −2\.99 −3\.\d\d to −2\.\d\d \+1\.00 .* basic", food)
    assert "a negative mention goes with -2.99" in text  # the advice, in full


def test_tables_have_headers(html: str) -> None:
    page = Page(html)
    scopes = [header.get("scope") for header in page.all("th")]
    assert scopes and set(scopes) == {"row", "col"}
    bars = [bar for bar in page.all("svg") if bar.get("class") == "bar"]
    said = [str(bar["aria-label"]) for bar in bars]
    assert sum(each.startswith("net sentiment") for each in said) == 3
    assert all(each.lower().startswith(("net sentiment", "net emotion")) for each in said)


def test_groups_are_compared_with_their_n_and_tested(html: str) -> None:
    heat = html.split('<table class="heat">')[1].split("</table>")[0]
    cells = re.findall(r'<td class="(shade[^"]+)" title="([^"]*)"><strong>([^<]+)', heat)
    assert [(style, net) for style, _, net in cells[:2]] == [("shade3", "+90"), ("shade-3", "−75")]
    assert re.fullmatch(r"\+165 \(\+\d+ to \+\d+\) against the rest, q &lt; \.001", cells[0][1])
    assert cells[-1][0] == "shade0 few" and "few reviews" in cells[-1][1]
    assert "n = 63" in heat and "<span>40</span>" in heat
    assert text_of(heat.split("Mean stars")[1].split("</tr>")[0]).split()[0] == "4.87"
    assert "Food (hotel: Sea): net sentiment +90 against −75" in text_of(section(html, "groups"))


@pytest.mark.usefixtures("no_charts")
def test_a_single_group_is_no_comparison(hotels: Analysis) -> None:
    assert '<table class="heat">' not in report_html(hotels.filter(hotel="Sea"), by="hotel")


@pytest.mark.usefixtures("no_charts")
def test_a_biased_sample_and_weights_are_said() -> None:
    stars = [1] * 60 + [2] * 10 + [3] * 10 + [4] * 10 + [5] * 90
    reviews = [("Kind staff", [opinion("staff", 2, "Kind", "staff")])] * len(stars)
    weights = [2.0] * 60 + [1.0] * 120
    columns = pd.DataFrame({"stars": stars, "w": weights})
    with pytest.warns(BiasWarning):
        html = report_html(made(reviews, columns), outcome="stars", weight="w")
    assert "Read with care: stars is J-shaped" in text_of(html.split("<header>")[1])[:400]
    text = text_of(html)
    assert "50% of the 180 reviews give 1 and 38% give 5" in text
    assert "Weighted by w: the 180 reviews tell as much as 160 of equal weight." in text
    assert "fewer than 30 effective reviews" in text


ATTACK = '"><script>alert(1)</script></svg></style><img src=x onerror=alert(2)>\u2028{{7*7}}'


def test_a_script_is_only_a_review() -> None:
    names = {ATTACK: [ATTACK, f"b{ATTACK}"] * 30, "day": pd.date_range("2025-01-01", periods=60)}
    columns = pd.DataFrame({**names, f"o{ATTACK}": [float(i % 7) for i in range(60)]})
    one = (ATTACK, [opinion("staff", -2, "<script>", "alert(1)", emotion="anger")])
    two = (f"Kind {ATTACK}", [opinion("food", 2, "Kind", "alert(1)")])
    honest = made([one, two, two] * 20, columns)
    drivers = {"staff": {"name": f"staff{ATTACK}"}, "food": {"name": "Food"}}
    evil = Analysis(
        honest.tables, {**honest.meta, "taxonomy": {"name": ATTACK, "drivers": drivers}}
    )
    page = report_html(evil, by=ATTACK, outcome=f"o{ATTACK}", title=ATTACK)
    parsed = Page(page)
    assert len(parsed.all("script")) == 1 and len(parsed.all("style")) == 1
    assert not parsed.all("img")
    assert "&lt;/script&gt;" in page and "49" not in text_of(page.split("<title>")[1][:200])
    assert not [name for _, tag in parsed.tags for name in tag if name.startswith("on")]
    assert not Page(evil._repr_html_()).all("script")
    assert not Page(evil.show(0)._repr_html_()).all("script")


def test_the_filter_knows_what_each_verbatim_holds(html: str) -> None:
    page = Page(html)
    voices = [tag for tag in page.all("article") if "data-opinions" in tag]
    assert {tag["data-opinions"] for tag in voices} == {
        *("0:positive", "0:negative", "1:positive", "2:negative")
    }
    assert {tag["data-group"] for tag in voices} == {"Sea", "Town"}
    form = html.split('<form id="filter"')[1].split("</form>")[0]
    assert re.findall(r'<option value="(\d)">([^<]+)', form) == [
        *(("0", "Food"), ("1", "Staff"), ("2", "Price"))
    ]
    assert "<option>Sea</option>" in form


def test_without_scripting_the_filter_is_hidden_and_all_can_be_read(html: str) -> None:
    page = Page(html)
    (form,) = page.all("form")
    assert "hidden" in form
    assert not any("hidden" in article for article in page.all("article"))


@pytest.mark.usefixtures("no_charts")
def test_an_analysis_without_opinions_has_a_page() -> None:
    html = report_html(made([("We came by car.", []), (None, [])]))
    assert "No opinion was found in these verbatims." in text_of(html)
    assert {tag.get("id") for tag in Page(html).all("section")} == {None, "findings", "method"}


@pytest.mark.usefixtures("no_charts")
def test_too_few_outcomes_leave_what_can_be_said(hotels: Analysis) -> None:
    few = hotels.filter(lambda rows: rows.index < 20)
    text = text_of(section(report_html(few, outcome="stars"), "outcome"))
    assert "How much drivers matter isn't known here" in text


def test_an_unknown_column_is_an_error(hotels: Analysis) -> None:
    with pytest.raises(OptionError, match="did you mean 'hotel'"):
        report_html(hotels, by="hotle")
    with pytest.raises(OptionError, match="unknown column 'dya'"):
        report_html(hotels, date="dya")


def test_the_same_analysis_gives_the_same_page(hotels: Analysis, html: str) -> None:
    assert report_html(hotels, by="hotel", outcome="stars", title="Sea & Town") == html


@pytest.mark.usefixtures("no_charts")
def test_report_writes_the_file_whole_or_not_at_all(hotels: Analysis, tmp_path: Path) -> None:
    path = hotels.report(tmp_path / "report.html", by="hotel", title="Sea")
    assert path.read_text("utf-8") == report_html(hotels, by="hotel", title="Sea")
    assert [found.name for found in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(StorageError, match="is a folder; name a file in it"):
        hotels.report(tmp_path)
    with pytest.raises(StorageError, match="can't be written"):
        hotels.report(tmp_path / "none" / "report.html")


def test_harm_is_never_of_low_priority_without_a_word() -> None:
    harm = ("Wrong dose", [opinion("safety", -2, "Wrong dose")])
    stars = pd.DataFrame({"stars": [1, 2] * 20 + [5] * 40 + [3, 4]})
    page = report_html(made([BAD_FOOD] * 40 + [STAFF] * 40 + [harm] * 2, stars), outcome="stars")
    text = text_of(section(page, "outcome"))
    assert re.search("[Ss]afety: read each criticism of it, whatever its place", text)


def test_why_nothing_is_placed_is_true_of_these_reviews() -> None:
    """Sixty happy reviews with scores lack no score: they lack a difference."""
    stars = pd.DataFrame({"stars": [9, 10] * 30})
    text = text_of(section(report_html(made([STAFF] * 60, stars), outcome="stars"), "outcome"))
    assert "isn't known here: none of the 60 reviews with an outcome differs in what" in text
