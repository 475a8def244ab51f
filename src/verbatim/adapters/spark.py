"""Verbatims on a Spark cluster (``pip install "verbatim-cx[spark]"``, on the workers too).

Each worker process builds one analyzer and reads its rows with it; texts never leave the workers
unless you ask for them. The result is that of `verbatim.analyze`, whatever the partitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from verbatim.adapters.alike import kinds, lay_out
from verbatim.analyzer import Analyzer
from verbatim.drivers import DriverScores
from verbatim.drivers.groups import by_columns
from verbatim.errors import InputError, OptionError, unknown
from verbatim.schema import ID, TABLES, names
from verbatim.taxonomy import Taxonomy

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

__all__ = ["analyze_spark", "drivers_spark"]

_TYPES = {
    "str": "string",
    "int64": "long",
    "Int64": "long",
    "Int8": "byte",
    "float64": "double",
    "bool": "boolean",
}
"""Spark's types for the dtypes of the schema."""

_INTEGERS = ("byte", "short", "integer", "long")


def analyze_spark(
    df: DataFrame,
    text: str,
    *,
    id: str | None = None,
    table: str = "opinions",
    taxonomy: str | Path | Mapping[str, Any] | Taxonomy = "general",
    engine: str = "neural",
    question: str | None = None,
) -> DataFrame:
    """Analyse the verbatims of a Spark DataFrame where they are.

    Nothing is read before the result is; each action on it reads the texts again, unless it is
    cached or written first.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
    text : str
        The column that holds the verbatims.
    id : str, optional
        A column of unique ids, by which the result can be joined with `df`; integers stay such,
        anything else becomes text. That they differ isn't checked, for it would take a shuffle.
        Without it rows get numbers that differ but say nothing, and change with the partitions.
    table : {"opinions", "sentences", "verbatims"}
        Which table of the schema to make. Rows that are empty, not text or not English are in the
        verbatims, and say why in the column ``status``.
    taxonomy : str, Path, mapping or Taxonomy, default "general"
        As in `verbatim.analyze`; read here, so that no worker needs the file.
    engine : str, default "neural"
        Which engine reads the sentences.
    question : {"improve", "like"}, optional
        What the texts answer, as in `verbatim.analyze`.

    Returns
    -------
    pyspark.sql.DataFrame
        With the columns of that table, as `verbatim.schema.TABLES` lists them. Offsets count code
        points from 0.

    Raises
    ------
    InputError
        A column isn't there; on the workers, an id is missing.
    OptionError, TaxonomyError
        An argument has a value that is not allowed.
    """
    from pyspark.sql import functions

    if table not in TABLES:
        raise OptionError(unknown("table", table, TABLES))
    analyzer = Analyzer(taxonomy=taxonomy, engine=engine, question=question)
    texts = _column(df, text).alias("text")
    if id is None:
        key, key_type = functions.monotonically_increasing_id(), "long"
    else:
        key = _column(df, id)
        key_type = "long" if df.schema[id].dataType.typeName() in _INTEGERS else "string"
    rows = df.select(key.cast(key_type).alias(ID), texts)
    types = {**_TYPES, "id": key_type}
    schema = ", ".join(f"`{column.name}` {types[column.dtype]}" for column in TABLES[table])
    return rows.mapInPandas(partial(_read, analyzer, table), schema)


def _read(
    analyzer: Analyzer, table: str, batches: Iterable[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Read batch after batch in a worker; see `Analyzer.__reduce__` for how it came there."""
    for batch in batches:
        if batch[ID].isna().any():
            raise InputError("the id column is empty in some rows; every row needs an id")
        found = analyzer.analyze(batch["text"].tolist()).tables[table]
        yield found.assign(**{ID: batch[ID].to_numpy()[found[ID]]})


def drivers_spark(
    df: DataFrame,
    text: str,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    weight: str | None = None,
    *,
    taxonomy: str | Path | Mapping[str, Any] | Taxonomy = "general",
    engine: str = "neural",
    question: str | None = None,
    **options: Any,
) -> DriverScores:
    """Score the drivers of a Spark DataFrame: counted on the cluster, finished here.

    The workers reduce each review to what it says of which driver; reviews that say the same, in
    the same group, with the same outcome and weight, are counted by a group-by; only these counts
    are collected. What is made of them here is to the last digit what `Analysis.drivers` makes of
    the reviews, but there are no quotes, for no text is collected. See ``docs/adapters.md`` for the
    memory that it takes.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
    text : str
        The column that holds the verbatims.
    by : str or sequence of str, optional
        Columns of `df`; each combination of their values is scored by itself, NA too.
    outcome, weight : str, optional
        Numeric columns of `df`, such as stars, and what each review weighs.
    taxonomy, engine, question
        As in `analyze_spark`.
    **options
        Those of `verbatim.drivers.score_drivers`, except `n_quotes`.

    Raises
    ------
    InputError
        A column isn't there.
    OptionError, TaxonomyError
        An argument has a value that is not allowed; found before the cluster starts to read,
        unless it is for the values in a column.
    """
    from pyspark.sql import functions

    analyzer = Analyzer(taxonomy=taxonomy, engine=engine, question=question)
    columns = _kept(by, outcome, weight)
    keys = [_column(df, name).alias(f"key_{i}") for i, name in enumerate(columns)]
    rows = df.select(*keys, _kind_of(analyzer)(_column(df, text)).alias("said"))
    counted = rows.groupBy(*rows.columns).agg(functions.count("*").alias("times"))
    meta = analyzer.analyze([]).meta

    def score(counts: DataFrame) -> DriverScores:
        table = counts.toPandas()
        own = table.drop(columns=["said", "times"]).set_axis(columns, axis=1)
        analysis = lay_out(table["said"], table["times"], own, meta)
        return analysis.drivers(by, outcome, weight, n_quotes=0, **options)

    score(counted.limit(0))  # an option that is wrong shall not cost a pass over the texts
    return score(counted)


def _kept(by: str | Sequence[str] | None, *others: str | None) -> list[str]:
    """Columns of the DataFrame that the scores need."""
    columns = [*map(str, by_columns(by, others[0])), *filter(None, others)]
    for taken in set(columns) & set(names("verbatims")):
        raise OptionError(f"{taken!r} is the name of a column that verbatim makes; rename yours")
    return list(dict.fromkeys(columns))


def _kind_of(analyzer: Analyzer) -> Any:
    from pyspark.sql.functions import pandas_udf

    def kind_of(texts: pd.Series) -> pd.Series:
        return pd.Series(kinds(analyzer.analyze(texts.tolist())), dtype=object)

    return pandas_udf(kind_of, "string")


def _column(df: DataFrame, name: str) -> Column:
    """Column of that very name, dots and all."""
    from pyspark.sql.functions import col

    if name not in df.columns:
        raise InputError(unknown("column", name, df.columns))
    return col("`" + name.replace("`", "``") + "`")
