"""On a real local Spark: the tables and the scores are those of `verbatim.analyze`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import verbatim
from verbatim import Analyzer, InputError, OptionError
from verbatim.adapters.spark import analyze_spark, drivers_spark
from verbatim.schema import TABLES, names

ROOT = Path(__file__).parents[2]
READER: dict[str, Any] = {"taxonomy": "hospitality", "engine": "lexicon"}

TEXTS = [
    "The staff were friendly but the room was filthy.",
    "Great location \U0001f469\u200d\U0001f467, terrible wifi! We waited 45 minutes.",
    "",
    None,
    "Das Zimmer war sehr schmutzig und das Personal war unfreundlich.",
    "We came by train.",
]


@pytest.fixture(scope="module")
def reviews() -> pd.DataFrame:
    """Rows of the sample, some of them twice, and rows that can't be read."""
    sample = pd.read_csv(ROOT / "data" / "samples" / "hotel_reviews.csv").head(90)
    odd = pd.DataFrame({"hotel": ["Pine Court", None] * 3, "rating": 4.0, "review": TEXTS})
    rows = pd.concat([sample[odd.columns], sample[odd.columns].head(20), odd], ignore_index=True)
    return rows.assign(key=range(1000, 1000 + len(rows)), weight=[1.0, 2.0] * (len(rows) // 2))


@pytest.fixture(scope="module")
def frame(spark: Any, reviews: pd.DataFrame) -> Any:
    plain = reviews.astype(object).where(reviews.notna(), None)
    schema = "hotel string, rating double, review string, key long, weight double"
    return spark.createDataFrame(plain.to_dict("split")["data"], schema).repartition(3).cache()


def _plain(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Values alone: Spark hands them back in dtypes and an order of its own."""
    return table.astype(object).where(table.notna(), None).sort_values(keys).reset_index(drop=True)


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_that_of_analyze(frame: Any, reviews: pd.DataFrame, table: str) -> None:
    found = analyze_spark(frame, "review", id="key", table=table, **READER)
    expected = verbatim.analyze(reviews[["key", "review"]], text="review", id="key", **READER)
    keys = [
        name for name in ("id", "sentence", "evidence_start", "universal") if name in found.columns
    ]
    ours, theirs = (_plain(t, keys) for t in (found.toPandas(), expected.tables[table]))
    assert found.columns == names(table)
    assert_frame_equal(ours, theirs, check_exact=True)


def test_columns_have_the_types_of_the_schema(frame: Any) -> None:
    types = {
        name: dict(analyze_spark(frame, "review", id=id, table=table, **READER).dtypes)
        for name, table, id in [("number", "sentences", "key"), ("text", "opinions", "hotel")]
    }
    assert types["number"]["id"] == "bigint" and types["text"]["id"] == "string"
    assert types["number"]["emotion_joy"] == "tinyint"
    assert types["number"]["intent_churn"] == "boolean"
    assert types["text"]["target_start"] == "bigint" and types["text"]["sentiment"] == "double"


def test_without_an_id_rows_are_still_told_apart(frame: Any, reviews: pd.DataFrame) -> None:
    found = analyze_spark(frame, "review", table="verbatims", **READER).toPandas()
    assert found["id"].is_unique and len(found) == len(reviews)


def test_rows_that_hold_no_text_are_kept_and_marked(spark: Any) -> None:
    rows = spark.createDataFrame([("a", 7), ("b", None)], "key string, `odd.name` int")
    found = analyze_spark(rows, "odd.name", id="key", table="verbatims", **READER).toPandas()
    assert dict(zip(found["id"], found["status"], strict=True)) == {"a": "not_text", "b": "empty"}


def test_a_worker_builds_one_analyzer(frame: Any) -> None:
    def look(analyzer: Analyzer, batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for _ in batches:
            yield pd.DataFrame({"process": [os.getpid()], "analyzer": [str(id(analyzer))]})

    asked = frame.select("key").mapInPandas(
        partial(look, Analyzer(**READER)), "process long, analyzer string"
    )
    seen = [row for _ in range(2) for row in asked.collect()]
    assert len(seen) > 10
    assert len({tuple(row) for row in seen}) == len({row["process"] for row in seen}) <= 4


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": "hotel", "outcome": "rating"},
        {"by": ["hotel", "rating"], "weight": "weight", "level": "subdriver"},
    ],
    ids=["plain", "outcome", "weight"],
)
def test_scores_are_the_local_ones_to_the_last_digit(frame: Any, options: Any) -> None:
    options = {**options, "n_resamples": 100, "min_reviews": 5}
    local = verbatim.analyze(frame.toPandas(), text="review", **READER)
    expected = local.drivers(n_quotes=0, **options)
    found = drivers_spark(frame, "review", **READER, **options)
    for name, table in expected.tables.items():
        assert_frame_equal(found.tables[name], table, check_exact=True)
    assert found.meta == expected.meta


def test_columns_may_have_any_name_but_ours(frame: Any) -> None:
    odd = frame.withColumnsRenamed({"hotel": "times", "rating": "a.`b`"})
    found = drivers_spark(odd, "review", by=["times", "a.`b`"], n_resamples=100, **READER)
    assert found.meta["by"] == ["times", "a.`b`"] and len(found) > 21
    with pytest.raises(OptionError, match="rename"):
        drivers_spark(odd.withColumnRenamed("times", "label"), "review", by="label", **READER)


def test_what_is_wrong_is_found_before_the_texts_are_read(frame: Any) -> None:
    with pytest.raises(InputError, match="did you mean 'review'"):
        analyze_spark(frame, "reviews", **READER)
    with pytest.raises(InputError, match="unknown column 'ID'"):
        analyze_spark(frame, "review", id="ID", **READER)
    with pytest.raises(OptionError, match="unknown table 'opinion'"):
        analyze_spark(frame, "review", table="opinion", **READER)
    with pytest.raises(InputError, match="unknown column 'city'"):
        drivers_spark(frame, "review", by="city", **READER)
    with pytest.raises(OptionError, match="n_resamples=1"):
        drivers_spark(frame, "review", n_resamples=1, **READER)


def test_a_missing_id_is_named(spark: Any) -> None:
    rows = spark.createDataFrame(
        [("a", "Lovely staff"), (None, "Rude staff")], "key string, t string"
    )
    with pytest.raises(Exception, match="every row needs an id"):
        analyze_spark(rows, "t", id="key", **READER).collect()


def test_the_example_in_the_docs_runs(frame: Any) -> None:
    page = (ROOT / "docs" / "adapters.md").read_text("utf-8")
    (example,) = re.findall(r"make test-spark -->\n```python\n(.*?)```", page, re.DOTALL)
    scope: dict[str, Any] = {"reviews": frame.limit(20)}
    exec(example, scope)
    assert scope["opinions"].columns == names("opinions")
    assert {"hotel", "driver"} <= set(scope["scores"].frame)
