"""Scores in a terminal: what a person reads at 80 columns."""

from __future__ import annotations

import io
import re

import pandas as pd
import pytest

from tests.report.made import made, opinion
from verbatim.analysis import Analysis
from verbatim.errors import BiasWarning
from verbatim.report.counts import count
from verbatim.report.groups import compare_named, group_table
from verbatim.report.rows import driver_rows
from verbatim.report.screen import Screen
from verbatim.report.terminal import counts_text, drivers_text, outcome_text
from verbatim.report.terminal_groups import groups_text


def test_counts_name_every_row(hotels: Analysis) -> None:
    assert counts_text(count(hotels)).splitlines() == [
        "126 rows: 125 read, 1 empty",
        "125 sentences, 125 opinions",
        "Reviews: positive 66%, negative 34%",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("unicode", [True, False])
def test_the_table_keeps_to_the_width(hotels: Analysis, width: int, unicode: bool) -> None:
    table = drivers_text(hotels.drivers(), Screen(width, unicode=unicode)).split("\n\n")[0]
    assert max(map(len, table.splitlines())) <= max(width, 47)
    assert unicode or table.isascii()


def test_a_row_gives_n_share_net_interval_and_support(hotels: Analysis) -> None:
    lines = drivers_text(hotels.drivers(), Screen(80, unicode=False)).splitlines()
    assert re.match(r"Food +80 +64% +\+8 +-\d+ to \+\d+ +-*\|?O-*", lines[1])
    assert re.match(r"Price\* +5 +4% +-100 +-100 to -?\+?\d+ +o-+", lines[3])
    assert lines[-1].startswith("* fewer than 30 reviews.")


def test_groups_have_a_table_each(hotels: Analysis) -> None:
    tables = drivers_text(hotels.drivers(by="hotel"), Screen()).split("\n\n")
    assert [table.splitlines()[0] for table in tables[:2]] == ["Sea", "Town"]


def test_groups_show_what_sets_them_apart(hotels: Analysis) -> None:
    text = groups_text(compare_named(hotels, ["hotel"], None), "hotel", Screen())
    lines, legend = text.split("\n\n")
    assert [line for line in lines.splitlines() if not line.startswith(" ")] == [
        "What sets each hotel apart from the rest",
        "Sea (63 reviews)",
        "Town (62 reviews)",
    ]
    assert re.search(r"^  \+ Food +\+90, rest  -75  \+\d+ to \+\d+ +n = 40$", lines, re.M)
    assert "95% interval" in legend


def test_groups_show_what_more_of_them_mention_and_how_they_judge_it() -> None:
    import pandas as pd

    dirty = ("Dirty room", [opinion("cleanliness", -2, "Dirty", "room")])
    kind = ("Kind staff", [opinion("staff", 2, "Kind", "staff")])
    analysis = made([dirty] * 20 + [kind] * 60, pd.DataFrame({"city": ["a"] * 40 + ["b"] * 40}))
    text = groups_text(compare_named(analysis, ["city"], None), "city", Screen())
    assert re.search(r"> cleanliness +50%, rest   0%  \+3\d to \+6\d +n = 20, net -100", text)
    assert re.search(r"< Staff +50%, rest 100%  -6\d to -3\d +n = 20, net \+100", text)


def _chain(n_sites: int, n_apart: int) -> Analysis:
    """Sites of 40 reviews; the last ones, a little smaller, are judged otherwise."""
    import pandas as pd

    kind = ("Kind staff", [opinion("staff", 2, "Kind", "staff")])
    rude = ("Rude staff", [opinion("staff", -2, "Rude", "staff")])
    sizes = [40] * (n_sites - n_apart) + [35] * n_apart
    reviews = [
        rude if site >= n_sites - n_apart or i % 8 == 0 else kind
        for site, size in enumerate(sizes)
        for i in range(size)
    ]
    site = [f"s{site:02d}" for site, size in enumerate(sizes) for _ in range(size)]
    return made(reviews, pd.DataFrame({"site": site}))


def test_of_groups_that_are_alike_the_largest_are_shown() -> None:
    text = groups_text(compare_named(_chain(10, 0), ["site"], None), "site", Screen())
    assert text.count("nothing for sure") == 8
    assert "... and 2 more groups: none differs in a whole driver" in text


def test_of_many_groups_those_that_differ_are_shown_first() -> None:
    named = compare_named(_chain(30, 1), ["site"], None)
    text = groups_text(named, "site", Screen())
    assert re.search(r"s29 \(35 reviews\)\n  - Staff +-100, rest", text)
    assert text.count("nothing for sure") == 7
    assert "... and 22 more groups: none differs in a whole driver" in text
    table = group_table(_chain(30, 1), named, ["site"], None) if named else None
    assert table is not None and "s29" in [group.label for group in table.groups]
    assert len(table.groups) == 10 and table.left_out == 20
    many = groups_text(compare_named(_chain(60, 9), ["site"], None), "site", Screen())
    assert "nothing" not in many
    assert "... and 52 more groups: 1 of them differs in a whole driver" in many


def test_groups_too_small_to_compare_are_said(hotels: Analysis) -> None:
    named = compare_named(hotels, ["hotel"], None, min_reviews=64)
    text = groups_text(named, "hotel", Screen())
    assert text.endswith(
        "apart from the rest\n  not told: fewer than two have 64 reviews (see --min-reviews)"
    )


def test_what_moves_an_outcome_is_shown_with_intervals(hotels: Analysis) -> None:
    lines = outcome_text(driver_rows(hotels.drivers(outcome="stars")), "stars", Screen()).split(
        "\n"
    )
    assert lines[:2] == ["What moves stars", "  Fix first:         Food 100%"]
    assert lines[4] == "  Possible overkill: Staff 100%"  # Price has too few reviews to be told
    table = "\n".join(lines[7:])
    assert re.search(r"^driver +importance % +complaint +praise +class$", table, re.M)
    assert re.search(
        r"^Food +89 \[84, 92\] +-2\.99 \[-3\.\d\d, -2\.\d\d\] +\+1\.00 .* basic$", table, re.M
    )
    assert re.search(r"^Price\* +1 \[0, 3\] +\+0\.98 \[.*\] +- +unclear$", table, re.M)


def test_where_all_drivers_have_few_reviews_those_that_stand_firm_are_hints(
    hotels: Analysis,
) -> None:
    few = driver_rows(hotels.drivers(outcome="stars", min_reviews=1_000))
    lines = outcome_text(few, "stars", Screen()).split("\n")
    assert lines[1] == "  Fix first:         Food* 100%"
    assert lines[4] == "  Possible overkill: Staff* 100%"  # Price has too few for a hint too
    assert "a hint" in " ".join(lines[5:8])
    alone = outcome_text(driver_rows(hotels.drivers(outcome="stars")), "stars", Screen())
    assert "a hint" not in alone and "Food 100%" in alone


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_what_moves_an_outcome_keeps_to_the_width(hotels: Analysis, width: int) -> None:
    text = outcome_text(driver_rows(hotels.drivers(outcome="stars")), "stars", Screen(width))
    assert max(map(len, text.splitlines())) <= width


def test_an_outcome_that_is_a_question_is_named_in_full(hotels: Analysis) -> None:
    asked = "How likely are you to recommend our clinic to friends and family? (0-10)"
    for analysis in (hotels, hotels.filter(hotel="Town").filter(lambda rows: rows.index % 3 == 0)):
        text = outcome_text(driver_rows(analysis.drivers(outcome="stars")), asked, Screen(80))
        lines = text.splitlines()
        assert asked in " ".join(lines[:3]) and max(map(len, lines)) <= 80


def test_with_few_outcomes_differences_that_are_sure_are_shown(hotels: Analysis) -> None:
    few = hotels.filter(hotel="Town").filter(lambda rows: rows.index % 3 == 0)
    rows = driver_rows(few.drivers(outcome="stars"))
    assert not any(row.effects and row.effects.quadrant for row in rows)
    lines = outcome_text(rows, "stars", Screen())
    assert lines.startswith("Mean stars where a driver is mentioned, against where it isn't")
    assert re.search(r"  - Food\* +\d\.\d\d  -\d\.\d\d \(-\d\.\d\d to -\d\.\d\d\)  n = 1\d", lines)


def test_weights_and_warnings_stand_below_the_table() -> None:
    reviews = [("Kind staff", [opinion("staff", 2, "Kind", "staff")])] * 180
    stars = [1] * 60 + [2] * 10 + [3] * 10 + [4] * 10 + [5] * 90
    columns = pd.DataFrame({"stars": stars, "w": [2.0] * 60 + [1.0] * 120})
    with pytest.warns(BiasWarning):
        scores = made(reviews, columns).drivers(outcome="stars", weight="w")
    text = drivers_text(scores, Screen(200))
    assert "Read with care: stars is J-shaped" in text and "(n = 180)" in text
    assert text.endswith("Weighted by w: the 180 reviews tell as much as 160 of equal weight.")


def test_no_opinions_are_no_table() -> None:
    assert drivers_text(made([("We came by car.", [])]).drivers(), Screen()) == (
        "No opinion was found."
    )


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Screen.of(Terminal()).colour
    assert not Screen.of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Screen.of(Terminal()).colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not Screen.of(Terminal()).colour


def test_box_characters_only_where_the_encoding_has_them() -> None:
    assert not Screen.of(io.TextIOWrapper(io.BytesIO(), "latin-1")).unicode
    assert Screen.of(io.TextIOWrapper(io.BytesIO(), "utf-8")).unicode


def test_crossed_columns_that_leave_groups_too_small_are_told_as_the_reason(
    hotels: Analysis,
) -> None:
    named = compare_named(hotels, ["hotel", "stars"], None, min_reviews=64)
    said = " ".join(groups_text(named, "hotel and stars", Screen()).split())
    assert "a group is one value of each, so name one column alone to compare its values" in said


def _sites() -> Analysis:
    """Two sites that each lack something else of the same driver, as often."""
    lacks = {"Mill": ("parking", "car park"), "Quay": ("toilets_and_showers", "showers")}
    site = ["Mill", "Quay"] * 60
    part = [lacks[name] for name in site]
    reviews = [
        (f"Poor {words}", [opinion("facilities", -2, "Poor", words, subdriver=sub)])
        for sub, words in part
    ]
    return made(reviews, pd.DataFrame({"site": site}))


def test_groups_that_differ_in_no_whole_driver_are_told_by_its_parts() -> None:
    analysis = _sites()
    named = compare_named(analysis, ["site"], None)
    text = groups_text(named, "site", Screen())
    assert "nothing for sure" not in text
    assert text.count("no driver as a whole, but of their parts:") == 2
    mill, quay = text.split("Quay (60 reviews)")
    assert "> parking" in mill and "100%, rest   0%" in mill and "> parking" not in quay
    table = group_table(analysis, named, ["site"], None) if named else None
    assert table is not None and "parking (site" in " ".join(table.findings)
    assert "No difference" not in " ".join(table.findings)
