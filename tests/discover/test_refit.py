from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discover.made import (
    BREAKFAST,
    COFFEE,
    EVERYTHING,
    LIFT,
    POOL,
    STAFF,
    analysis_of,
    corpus,
    theme_named,
)
from verbatim.analysis import Analysis
from verbatim.discover import Themes
from verbatim.errors import InputError, OptionError, StorageError
from verbatim.exchange import build_json_schema
from verbatim.joining import concat

SIZES = [60, 50, 40, 30, 50, 30]


@pytest.fixture(scope="module")
def talk() -> Analysis:
    return corpus(SIZES, EVERYTHING)


@pytest.fixture(scope="module")
def themes(talk: Analysis) -> Themes:
    return talk.discover()


def test_a_refit_to_the_same_reviews_changes_nothing(talk: Analysis, themes: Themes) -> None:
    again = themes.refit(talk)
    pd.testing.assert_frame_equal(again.frame, themes.frame)
    assert set(again.changes["change"]) == {"kept"}


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 1000))
def test_five_percent_more_reviews_keep_every_id(seed: int) -> None:
    first = corpus(SIZES, EVERYTHING, seed)
    more = corpus([3, 3, 2, 1, 3, 1], EVERYTHING, seed + 1)
    themes = first.discover()
    grown = themes.refit(concat([first, more]))
    names = themes.frame.set_index("theme")["name"]
    assert set(names.index) <= set(grown.frame["theme"])
    assert grown.frame.set_index("theme")["name"].loc[names.index].equals(names)


def test_what_is_new_grown_and_gone_is_said() -> None:
    before = analysis_of([[LIFT[0]]] * 20 + [[POOL[0]]] * 20 + [[STAFF[0]]] * 20)
    after = analysis_of([[LIFT[0]]] * 40 + [[STAFF[0]]] * 20 + [[COFFEE[0]]] * 20)
    changes = before.discover().refit(after).changes.set_index("driver")["change"]
    assert changes["food"] == "new" and changes["staff"] == "shrunk"
    assert sorted(changes["facilities"]) == ["gone", "grown"]


def test_a_theme_does_not_depend_on_what_else_is_tagged(talk: Analysis, themes: Themes) -> None:
    whole = themes.tag(talk).opinions
    part = talk.keep(np.arange(len(talk)) < 10)
    ids = part.verbatims["id"]
    expected = whole[whole["id"].isin(ids)]["theme"].reset_index(drop=True)
    pd.testing.assert_series_equal(themes.tag(part).opinions["theme"], expected)


def test_saved_themes_are_the_same(talk: Analysis, themes: Themes, tmp_path: Path) -> None:
    edited = themes.rename(theme_named(themes, "pool"), "Pool")
    edited.save(tmp_path / "themes")
    loaded = Themes.load(tmp_path / "themes")
    assert loaded.to_json() == edited.to_json()
    assert loaded.tag(talk).opinions.equals(edited.tag(talk).opinions)
    assert loaded.refit(talk).theme("Pool")["n_reviews"] == edited.theme("Pool")["n_reviews"]
    with pytest.raises(StorageError, match="there already"):
        themes.save(tmp_path / "themes")


def test_what_is_not_themes_is_not_loaded(talk: Analysis, tmp_path: Path) -> None:
    talk.save(tmp_path / "analysis")
    for path in (tmp_path / "nothing", tmp_path / "analysis"):
        with pytest.raises(StorageError, match="holds no themes"):
            Themes.load(path)


def test_a_tagged_analysis_is_stored_joined_and_exchanged(
    talk: Analysis, themes: Themes, tmp_path: Path
) -> None:
    from jsonschema import validate

    tagged = themes.tag(talk)
    tagged.save(tmp_path / "tagged")
    for loaded in (Analysis.load(tmp_path / "tagged"), Analysis.open(tmp_path / "tagged")):
        assert loaded.drivers(level="theme").frame.equals(tagged.drivers(level="theme").frame)
    validate(tagged.to_dict(), build_json_schema())
    both = concat([tagged, tagged])
    assert both.opinions["theme"].notna().sum() == 2 * tagged.opinions["theme"].notna().sum()
    with pytest.raises(InputError, match="tag all of them"):
        concat([tagged, talk])


def test_a_renamed_theme_keeps_id_and_name_through_a_refit(talk: Analysis, themes: Themes) -> None:
    theme = theme_named(themes, "lift|elevator")
    renamed = themes.rename(theme, "The lift")
    assert renamed.theme(theme)["name"] == "The lift" and themes.theme(theme)["name"] != "The lift"
    assert renamed.refit(talk).theme(theme)["name"] == "The lift"
    assert renamed.log == ({"edit": "rename", "themes": [theme], "name": "The lift"},)


def test_merged_themes_are_counted_by_reviews(themes: Themes, talk: Analysis) -> None:
    pair = [theme_named(themes, "breakfast"), theme_named(themes, "coffee")]
    merged = themes.merge(*pair, name="Breakfast")
    of_pair = themes.tag(talk).opinions
    expected = of_pair[of_pair["theme"].isin(pair)]["id"].nunique()
    assert merged.theme(pair[0])["n_reviews"] == expected
    assert len(merged) == len(themes) - 1 and len(merged.refit(talk)) == len(merged)
    with pytest.raises(OptionError, match="two themes"):
        themes.merge(pair[0])


def test_a_split_theme_keeps_its_id_for_the_larger_part(talk: Analysis) -> None:
    themes = talk.discover()
    pair = [theme_named(themes, "breakfast"), theme_named(themes, "coffee")]
    merged = themes.merge(*pair)
    split = merged.split(pair[0])
    assert len(split) == len(themes) and pair[0] in set(split.frame["theme"])
    n = split.frame[split.frame["driver"] == "food"]["n_opinions"]
    assert n.max() == split.theme(pair[0])["n_opinions"]
    assert set(split.frame["theme"]) == set(split.refit(talk).frame["theme"])
    with pytest.raises(OptionError, match="can't be split into 500"):
        themes.split(pair[0], into=500)


def test_a_dropped_theme_is_unassigned_and_not_found_again(talk: Analysis, themes: Themes) -> None:
    theme = theme_named(themes, "pool")
    n = int(themes.theme(theme)["n_opinions"])
    dropped = themes.drop(theme)
    assert dropped.meta["n_unassigned"] == themes.meta["n_unassigned"] + n
    again = dropped.refit(talk)
    assert not again.frame["name"].str.contains("pool").any()
    assert again.meta["n_unassigned"] == dropped.meta["n_unassigned"]
    with pytest.raises(OptionError, match="unknown theme"):
        again.theme(theme)


def test_a_pinned_theme_stays_without_reviews(themes: Themes) -> None:
    theme = theme_named(themes, "pool")
    without = corpus([40, 40], [BREAKFAST, STAFF])
    assert theme not in set(themes.refit(without).frame["theme"])
    row = themes.pin(theme).refit(without).theme(theme)
    assert row["n_reviews"] == 0 and np.isnan(row["net_sentiment"]) and row["pinned"]


def test_what_grew_since_a_date_is_found_and_what_did_not_is_not() -> None:
    before = [[STAFF[0]], [POOL[0]]] * 40
    since = [[STAFF[0]], [POOL[0]]] * 20 + [[LIFT[i % 2]] for i in range(30)]
    dates = ["2025-05-01"] * len(before) + ["2025-06-02"] * len(since)
    analysis = analysis_of(before + since, date=dates)
    known = analysis.filter(date="2025-05-01").discover()
    found = known.emerging(analysis, since="2025-06-01")
    assert found.frame["emerging"].sum() == 1
    row = found.frame.iloc[0]
    assert row["emerging"] and row["new"] and "lift" in row["name"]
    assert (row["n_before"], row["n_since"], row["read_since"]) == (0, 30, 70)
    assert row["low"] > 0 and row["q_value"] < 0.001
    assert "lift" in found.findings()[0] and "new" in found.findings()[0]
    assert "lift" in repr(found) and "lift" in found._repr_html_()
    assert found.to_dict()["emerging"][0]["theme"] == row["theme"]


def test_complaints_emerge_about_what_is_mentioned_as_often_as_before() -> None:
    praised, criticised = ("facilities", "lift", "fast", 1), ("facilities", "lift", "slow", -1)
    said = [[praised], [STAFF[0]]] * 20 + [[criticised], [STAFF[0]]] * 20
    dates = ["2025-05-01"] * 40 + ["2025-06-01"] * 40
    analysis = analysis_of(said, date=dates)
    row = analysis.discover().emerging(analysis, since="2025-06-01").frame.iloc[0]
    assert row["emerging"] and row["grew"] == "criticism" and row["driver"] == "facilities"
    assert (row["n_before"], row["n_since"]) == (0, 20)


def test_reviews_since_a_date_are_those_that_were_read() -> None:
    analysis = analysis_of([[STAFF[0]]] * 60, date=["2025-05-01"] * 30 + ["2025-06-02"] * 30)
    status = ["ok"] * 50 + ["empty"] * 6 + ["not_english"] * 4
    kept = analysis.tables["opinions"]["id"] < 50
    tables = {
        **analysis.tables,
        "verbatims": analysis.verbatims.assign(status=status),
        "opinions": analysis.tables["opinions"][kept].reset_index(drop=True),
    }
    partly = Analysis(tables, analysis.meta)
    found = partly.discover().emerging(partly, since="2025-06-01")
    assert "20 reviews since 2025-06-01 against 30 before" in repr(found).replace("\n", " ")


def test_themes_of_a_driver_have_names_of_their_own() -> None:
    frame = corpus([60, 50, 40, 30, 50, 30], EVERYTHING).discover().frame
    assert not frame.duplicated(["driver", "name"]).any()


def test_nothing_emerges_where_nothing_changes() -> None:
    said = [[STAFF[0]], [POOL[0]], [LIFT[0]]] * 20
    dates = (["2025-05-01"] * 3 + ["2025-06-01"] * 3) * 10
    analysis = analysis_of(said, date=dates)
    found = analysis.discover().emerging(analysis, since="2025-06-01", fdr=0.01)
    assert not found.frame["emerging"].any()
    assert found.findings() == ["No theme grew since 2025-06-01: 3 themes tested."]


@pytest.mark.parametrize("since", ["soon", "2030-01-01"])
def test_a_date_that_splits_nothing_is_named(since: str) -> None:
    analysis = analysis_of([[LIFT[0]]] * 5, date=["2025-05-01"] * 5)
    with pytest.raises(OptionError, match=f"since='{since}'"):
        analysis.discover().emerging(analysis, since=since)


@pytest.mark.parametrize("written", ["01/06/2025", "1-6-25", "03-04-05"])
def test_a_date_that_may_be_several_is_refused_whatever_the_column(written: str) -> None:
    said = [[STAFF[0]], [POOL[0]]] * 20
    analysis = analysis_of(said, date=["20/05/2025", "21/06/2025"] * 20)
    themes = analysis.discover()
    with pytest.raises(OptionError, match="may be several dates; write the year first"):
        themes.emerging(analysis, since=written)
    for clear in ("13/06/2025", "06/13/2025", "13 June 2025"):
        assert themes.emerging(analysis, since=clear).meta["since"] == "2025-06-13"


@pytest.mark.parametrize("fdr", [5, 0, 1, -1, "x", None, float("nan"), True])
def test_a_false_discovery_rate_is_a_share(fdr: object) -> None:
    analysis = analysis_of([[LIFT[0]]] * 10, date=["2025-05-01", "2025-06-01"] * 5)
    with pytest.raises(OptionError, match=f"fdr={fdr!r} is not between 0 and 1"):
        analysis.discover().emerging(analysis, since="2025-06-01", fdr=fdr)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "  ", 3, float("nan")])
def test_a_name_that_cannot_be_read_is_refused(themes: Themes, name: object) -> None:
    pair = [theme_named(themes, "breakfast"), theme_named(themes, "coffee")]
    with pytest.raises(OptionError, match=f"name={name!r} can't be read"):
        themes.rename(pair[0], name)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=f"name={name!r} can't be read"):
        themes.merge(*pair, name=name)  # type: ignore[arg-type]
    merged = themes.merge(*pair, name=" Meals ")
    assert merged.theme(pair[0])["name"] == merged.log[0]["name"] == "Meals"
