"""What an edit leaves alone, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.discover.made import (
    BREAKFAST,
    EVERYTHING,
    LIFT,
    POOL,
    STAFF,
    analysis_of,
    corpus,
    theme_named,
)
from verbatim.analysis import Analysis
from verbatim.discover import Emerging, Themes, view
from verbatim.discover.phrases import stems
from verbatim.errors import OptionError, StorageError
from verbatim.schema import ID

FACTS = [("process", None, "gave up and went home", -1), ("process", "form", "lost twice", -1)]


@pytest.fixture(scope="module")
def talk() -> Analysis:
    return corpus([60, 50, 40, 30, 50, 30, 20], [*EVERYTHING, FACTS])


@pytest.fixture(scope="module")
def themes(talk: Analysis) -> Themes:
    return talk.discover()


def _with_drivers(analysis: Analysis, *drivers: str) -> Analysis:
    taxonomy = {"name": "made", "drivers": {one: {"name": one.title()} for one in drivers}}
    return Analysis(analysis.tables, {**analysis.meta, "taxonomy": taxonomy})


@pytest.mark.parametrize("into", [-1, 0, 1, True, "2", None, 2.5])
def test_a_theme_is_split_into_a_number_of_parts(themes: Themes, into: Any) -> None:
    with pytest.raises(OptionError, match=r"into=.* give an integer of at least 2"):
        themes.split(theme_named(themes, "breakfast"), into)


def test_a_number_of_another_library_is_one(themes: Themes) -> None:
    theme = theme_named(themes, "pool")
    assert len(themes.split(theme, np.int64(2))) == len(themes) + 1  # type: ignore[arg-type]


def test_an_edit_that_moves_no_centre_leaves_the_quotes_alone(themes: Themes) -> None:
    theme = theme_named(themes, "pool")
    for edited in (themes.rename(theme, "The pool"), themes.pin(theme)):
        pd.testing.assert_frame_equal(edited.quotes, themes.quotes)
    rest = themes.quotes[themes.quotes["theme"] != theme].reset_index(drop=True)
    pd.testing.assert_frame_equal(themes.drop(theme).quotes, rest)


def test_quotes_follow_what_they_say_into_the_parts_and_back(talk: Analysis) -> None:
    themes = talk.discover(n_quotes=1)
    pair = [theme_named(themes, "breakfast"), theme_named(themes, "coffee")]
    merged = themes.merge(*pair)
    split = merged.split(pair[0])
    parts = set(split.frame["theme"]) - set(merged.frame["theme"]) | {pair[0]}
    assert parts <= set(split.quotes["theme"])
    for found in (merged, split):
        assert found.quotes["rank"].max() == 1
        assert not found.quotes.duplicated(["theme", "label", ID, "sentence"]).any()


def test_no_part_of_a_theme_has_a_name_with_a_word_twice(themes: Themes) -> None:
    for theme in themes.frame["theme"]:
        try:
            names = themes.split(theme, 3).frame["name"]
        except OptionError:
            continue
        assert all(len(set(stems(name))) == len(name.split()) for name in names.str.lower())
        assert not themes.split(theme, 3).frame.duplicated(["driver", "name"]).any()


def test_themes_of_two_drivers_can_be_one(talk: Analysis, themes: Themes, tmp_path: Path) -> None:
    pair = [theme_named(themes, "lift"), theme_named(themes, "breakfast")]
    merged = themes.merge(*pair)
    of_pair = themes.tag(talk).opinions
    of_pair = of_pair[of_pair["theme"].isin(pair)]
    row = merged.theme(pair[0])
    assert row["driver"] == "facilities" and set(of_pair["driver"]) == {"facilities", "food"}
    assert (row["n_reviews"], row["n_opinions"]) == (of_pair[ID].nunique(), len(of_pair))
    scores = merged.tag(talk).drivers(level="theme").frame.set_index("theme")
    assert scores["n_reviews"][pair[0]] == row["n_reviews"]
    merged.save(tmp_path / "themes")
    for kept in (merged.refit(talk), Themes.load(tmp_path / "themes")):
        assert kept.theme(pair[0])["n_opinions"] == row["n_opinions"]
    parts = merged.split(pair[0]).frame
    assert parts["n_opinions"].sum() == merged.frame["n_opinions"].sum()


def test_what_names_no_theme_is_refused(themes: Themes) -> None:
    pool, lift = theme_named(themes, "pool"), theme_named(themes, "lift")
    for edit, method in (("pin", themes.pin), ("drop", themes.drop)):
        with pytest.raises(OptionError, match=f"{edit} needs a theme"):
            method()
        with pytest.raises(OptionError, match="one by one"):
            method([pool, lift])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Pool\nbar", "Pool\u2028bar"])
def test_a_name_is_one_line(themes: Themes, name: str) -> None:
    with pytest.raises(OptionError, match="line break"):
        themes.rename(theme_named(themes, "pool"), name)


def test_a_name_of_another_theme_of_the_driver_is_refused(themes: Themes) -> None:
    pool, lift = theme_named(themes, "pool"), theme_named(themes, "lift")
    taken = str(themes.theme(lift)["name"])
    with pytest.raises(OptionError, match=f"{lift}' is named .* already"):
        themes.rename(pool, taken)
    assert themes.rename(lift, taken).theme(lift)["name"] == taken
    assert themes.merge(pool, lift, name=taken).theme(pool)["name"] == taken


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", None], ids=["empty", "other", "cut"])
@pytest.mark.parametrize("file", ["arrays.npz", "phrases.parquet", "quotes.parquet"])
def test_a_damaged_file_is_named(
    themes: Themes, tmp_path: Path, file: str, damage: bytes | None
) -> None:
    path = themes.save(tmp_path / "themes")
    content = (path / file).read_bytes()
    (path / file).write_bytes(content[: len(content) // 2] if damage is None else damage)
    with pytest.raises(StorageError, match=f"{file} is not the file that was saved"):
        Themes.load(path)


def test_a_file_of_another_save_is_refused(themes: Themes, tmp_path: Path) -> None:
    path = themes.save(tmp_path / "themes")
    other = analysis_of([[LIFT[0]]] * 9).discover().save(tmp_path / "other")
    shutil.copy(other / "phrases.parquet", path / "phrases.parquet")
    with pytest.raises(StorageError, match=r"phrases\.parquet is not the file that was saved"):
        Themes.load(path)


def test_an_analysis_of_other_drivers_is_not_tagged_in_silence() -> None:
    themes = corpus([40, 40, 40], [POOL, BREAKFAST, STAFF]).discover()
    again = corpus([20, 20, 20], [POOL, BREAKFAST, STAFF], 1)
    for ask in (themes.tag, themes.refit, themes.names_in):
        with pytest.raises(OptionError, match=r"facilities, food, staff.*taxonomy 'made'"):
            ask(_with_drivers(again, "lifts", "money"))
        with pytest.warns(UserWarning, match="these drivers take nothing: food, staff"):
            ask(_with_drivers(again, "facilities", "money"))
        ask(_with_drivers(again, "facilities", "food", "staff", "money"))


def test_the_themes_shown_are_those_of_most_reviews(
    themes: Themes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MAX_ROWS", 3)
    largest = themes.frame.sort_values("n_reviews", ascending=False, kind="stable").head(3)
    shown = repr(themes).splitlines()
    lines = [line for line in shown if line.endswith("]")]
    assert len(lines) == 3
    for name in largest["name"]:
        assert any(name in line for line in lines)
    assert lines == sorted(lines, key=lambda line: line.split()[0])
    assert f"{len(themes) - 3} more, of fewer reviews" in repr(themes)


def test_drivers_are_shown_by_their_names(talk: Analysis) -> None:
    themes = _with_drivers(talk, "facilities", "food", "staff", "process").discover()
    assert "Facilities" in repr(themes) and "Food" in themes._repr_html_()


def test_dropping_every_theme_is_said(themes: Themes) -> None:
    none = themes.drop(*themes.frame["theme"])
    assert "every theme was dropped" in repr(none) and "said alike" not in repr(none)


@pytest.fixture(scope="module")
def grown() -> Any:
    name = "complimentary rooftop swimming lessons"
    lessons = [("facilities", name, "splendid", 1)]
    said = [[STAFF[0]], [POOL[0]]] * 40 + [[STAFF[0]], lessons] * 30
    dates = ["2025-05-01"] * 80 + ["2025-06-01"] * 60
    analysis = analysis_of(said, date=dates)
    themes = analysis.discover()
    renamed = themes.rename(theme_named(themes, "rooftop"), "Rooftop swimming class")
    return renamed.emerging(analysis, since="2025-06-01")


def test_what_emerges_is_shown_without_empty_columns_and_with_its_name(grown: Any) -> None:
    heads = repr(grown).splitlines()[3].split()
    assert "Rooftop swimming class" in repr(grown) and "complimen…" in repr(grown)
    assert "difference" in heads and "new" not in heads
    assert max(map(len, repr(grown).splitlines())) <= 100


@pytest.mark.parametrize("n", ["3", 2.5, -1, None])
def test_a_number_of_findings_is_a_number(grown: Any, n: Any) -> None:
    with pytest.raises(OptionError, match="n="):
        grown.findings(n)
    assert grown.findings(0) == []


@pytest.mark.parametrize("lately", [None, "rooftop swimming CLASS"])
def test_a_name_of_late_is_told_where_there_is_another(grown: Any, lately: str | None) -> None:
    assert ", lately complimentary" in grown.findings(1)[0]
    frame = grown.frame.assign(lately=pd.Series([lately] * len(grown.frame), dtype="str"))
    same = Emerging({**grown.tables, "emerging": frame}, grown.meta, grown.themes)
    assert "lately" not in repr(same) and "lately" not in same.findings(1)[0]
