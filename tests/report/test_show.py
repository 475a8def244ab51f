"""One verbatim, looked at."""

from __future__ import annotations

import pytest

from tests.report.made import made, opinion
from tests.report.parsed import text_of
from tests.report.test_explain import ANALYSIS, GOLDEN
from verbatim.analysis import Analysis
from verbatim.errors import OptionError


def named(analysis: Analysis) -> Analysis:
    """The same with ids that are texts."""
    tables = {
        name: table.assign(id=("review" + table["id"].astype(str)).astype("str"))
        for name, table in analysis.tables.items()
    }
    return Analysis(tables, analysis.meta)


def test_it_prints_as_in_a_terminal() -> None:
    assert repr(ANALYSIS.show(0)).split("\n")[0] == GOLDEN.split("\n")[0]


def test_it_shows_marks_and_the_evidence_of_each_opinion() -> None:
    html = ANALYSIS.show(0)._repr_html_()
    assert '<span class="target">breakfast</span>' in html
    rows = [text_of(row) for row in html.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")]
    assert rows[0].split() == [
        *(
            "−food",
            "&gt;",
            "breakfast−10.81breakfastnot",
            "goodbreakfast",
            "was",
            "not",
            "goodnegated",
        )
    ]
    assert "+staff+20.90Marialovelylovelyjoy" in rows[1]
    assert "waited an hour" in rows[2]


def test_it_is_found_by_id_or_by_position() -> None:
    texts = named(made([("Kind staff", [opinion("staff", 1, "Kind")]), ("Dull", [])]))
    assert texts.show("review1").id == texts.show(1).id == texts.show(-1).id == "review1"
    with pytest.raises(
        OptionError, match="no verbatim has the id 'revew1'; did you mean 'review1'"
    ):
        texts.show("revew1")
    with pytest.raises(OptionError, match=r"no verbatim has the id '0'; did you mean 0\?"):
        ANALYSIS.show("0")
    with pytest.raises(OptionError, match="show takes one id, not a list"):
        ANALYSIS.show([0, 1])  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=r"no verbatim has the id 7\. Ids run from 0 to 0"):
        ANALYSIS.show(7)
    with pytest.raises(OptionError, match="the analysis is empty"):
        ANALYSIS.filter(id=5).show(0)


def test_what_was_not_read_says_why() -> None:
    html = made([(None, [])]).show(0)._repr_html_()
    assert "empty" in html and "No opinion" not in html
    assert "No opinion was found" in made([("We came.", [])]).show(0)._repr_html_()
