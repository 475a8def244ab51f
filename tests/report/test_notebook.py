"""How an analysis shows itself in a notebook."""

from __future__ import annotations

import re

from tests.report.made import made
from verbatim.analysis import Analysis


def plain(html: str) -> str:
    body = re.sub(r"<style>.*?</style>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", body))


def test_it_counts_and_shows_examples(hotels: Analysis) -> None:
    html = hotels._repr_html_()
    text = plain(html)
    assert "126 verbatims , 125 sentences, 125 opinions" in text
    assert "125 read, 1 empty." in text
    assert "positive 66% (n = 83) , negative 34% (n = 42) ." in text
    assert "food 80 43 0 37 staff 40 40 0 0 price 5 0 0 5" in text
    assert html.count("<mark") == 5


def test_nothing_of_it_leaks_into_the_notebook(hotels: Analysis) -> None:
    style = re.findall(r"<style>(.*?)</style>", hotels._repr_html_(), flags=re.S)[0]
    rules = re.sub(r"@media[^{]+", "", style)
    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", rules)
    assert selectors
    assert all(
        part.strip().startswith(".verbatim-view") for s in selectors for part in s.split(",")
    )


def test_an_empty_analysis_shows_itself() -> None:
    assert "1 verbatim ," in plain(made([(None, [])])._repr_html_())
