"""An analysis that was opened is the one that was loaded, with less of it in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from tests.batch.made import run, write_reviews
from verbatim import Analysis, OptionError, StorageError
from verbatim.report import report_html
from verbatim.report.counts import count, emotion_parts

IDS = [None, "key"]


@pytest.fixture(params=IDS, ids=["positions", "keys"], scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opened")
    write_reviews(folder / "reviews.csv", 70)
    return run(folder, id=request.param)


@pytest.fixture
def both(folder: Path) -> tuple[Analysis, Analysis]:
    return Analysis.open(folder), Analysis.load(folder)


def assert_same_tables(one: Analysis, other: Analysis) -> None:
    for name in ("verbatims", "sentences", "opinions"):
        assert_frame_equal(getattr(one, name), getattr(other, name))


def test_it_holds_the_same(both: tuple[Analysis, Analysis]) -> None:
    opened, loaded = both
    assert_same_tables(opened, loaded)
    assert (len(opened), opened.columns, repr(opened)) == (
        len(loaded),
        loaded.columns,
        repr(loaded),
    )
    assert opened.meta == loaded.meta
    assert opened.to_dict() == loaded.to_dict()
    with pytest.raises(OptionError, match="stars"):
        opened.column("starz")


def test_it_has_as_many_blocks_as_parts(both: tuple[Analysis, Analysis]) -> None:
    opened, loaded = both
    sizes = [len(block) for block in opened.blocks()]
    assert (len(sizes), max(sizes), sum(sizes)) == (11, 7, 70)
    assert [len(block) for block in loaded.blocks()] == [70]
    for name in ("verbatims", "sentences", "opinions"):
        blocks = [block.tables[name] for block in opened.blocks()]
        assert_frame_equal(pd.concat(blocks, ignore_index=True), loaded.tables[name])


@pytest.mark.parametrize(
    "options", [{}, {"by": "hotel", "outcome": "stars"}, {"level": "subdriver"}]
)
def test_scores_are_the_same(both: tuple[Analysis, Analysis], options: dict[str, Any]) -> None:
    opened, loaded = (analysis.drivers(min_reviews=3, **options) for analysis in both)
    for name in opened.tables:
        assert_frame_equal(opened.tables[name], loaded.tables[name])
    assert opened.meta == loaded.meta


def test_comparison_counts_and_page_are_the_same(both: tuple[Analysis, Analysis]) -> None:
    opened, loaded = both
    assert_frame_equal(opened.compare(by="hotel").frame, loaded.compare(by="hotel").frame)
    assert count(opened) == count(loaded)
    assert emotion_parts(opened) == emotion_parts(loaded)
    assert report_html(opened, "hotel", "stars") == report_html(loaded, "hotel", "stars")


def test_filters_are_the_same_one_behind_the_other(both: tuple[Analysis, Analysis]) -> None:
    some, others = (analysis.filter(hotel="A").filter(stars=[1, 2, 3]) for analysis in both)
    assert 0 < len(some) < 35
    assert_same_tables(some, others)
    assert_frame_equal(some.drivers().frame, others.drivers().frame)
    nobody, none = (analysis.filter(hotel="Z") for analysis in both)
    assert_same_tables(nobody, none)


def test_keep_takes_the_rows_that_are_marked(both: tuple[Analysis, Analysis]) -> None:
    rows = np.arange(70) % 9 == 0
    opened, loaded = (analysis.keep(rows) for analysis in both)
    assert_same_tables(opened, loaded)
    first = loaded.verbatims["id"].iloc[2]
    assert repr(opened.show(first)) == repr(loaded.show(first))


def test_a_part_without_opinions_comes_first(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("key,review\na,\nb,Lovely staff\nc,Dirty room\n")
    opened = Analysis.open(run(tmp_path, id="key", chunk_rows=1))
    assert opened.opinions["id"].tolist() == ["b", "c"]
    assert (
        opened.drivers().quotes["id"].tolist()
        == Analysis.load(tmp_path / "out").drivers().quotes["id"].tolist()
    )


def test_only_the_columns_asked_for_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = set()
    original = pd.read_parquet

    def noting(files: Any, columns: list[str], **options: Any) -> pd.DataFrame:
        read.update(columns)
        return original(files, columns=columns, **options)

    monkeypatch.setattr(pd, "read_parquet", noting)
    opened = Analysis.open(folder)
    opened.compare(by="hotel")
    opened.drivers(outcome="stars", n_quotes=0)
    assert read.isdisjoint({"text", "evidence_end", "touchpoint", "intent_warn"})
    assert {"hotel", "stars", "driver"} <= read


def test_a_damaged_part_is_told_of(tmp_path: Path) -> None:
    write_reviews(tmp_path / "reviews.csv", 16)
    part = run(tmp_path) / "opinions.parquet" / "part-000001.parquet"
    part.write_bytes(part.read_bytes()[:300])
    for analyse in (
        lambda: Analysis.open(tmp_path / "out").drivers(),
        lambda: Analysis.open(tmp_path / "out").filter(hotel="A").drivers(),
        lambda: Analysis.load(tmp_path / "out"),
    ):
        with pytest.raises(StorageError, match=r"opinions\.parquet.* is not whole"):
            analyse()


def test_what_is_not_whole_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="holds no analysis"):
        Analysis.open(tmp_path)
    (tmp_path / "meta.json").write_bytes((folder / "meta.json").read_bytes())
    with pytest.raises(StorageError, match="not a whole analysis"):
        Analysis.open(tmp_path)
