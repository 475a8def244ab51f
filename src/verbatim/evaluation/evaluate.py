"""Compare what a taxonomy says of labelled texts with their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from verbatim import __version__
from verbatim.drivers.bootstrap import generator, interval, wilson
from verbatim.evaluation.columns import CONFUSIONS, DRIVERS, METHODS
from verbatim.evaluation.labelled import Labelled, read_labelled
from verbatim.evaluation.result import Evaluation

if TYPE_CHECKING:
    from verbatim.taxonomy import Taxonomy

CONFIDENCE = 0.95
MIN_REVIEWS = 30
N_RESAMPLES = 1000

Label = str | None


def evaluate(
    taxonomy: Taxonomy, labelled: Any, *, text: str = "text", driver: str = "driver"
) -> Evaluation:
    """Evaluate a taxonomy; the parameters are those of `Taxonomy.evaluate`."""
    rows = read_labelled(labelled, text, driver, taxonomy)
    assigned = taxonomy.classify(rows.texts)
    pairs = Counter(zip(rows.labels, assigned, strict=True))
    n_right = sum(n for (label, given), n in pairs.items() if label == given)
    tables = {"drivers": _drivers(taxonomy, pairs), "confusions": _confusions(taxonomy, pairs)}
    return Evaluation(tables, _meta(taxonomy, rows, assigned, n_right))


def _drivers(taxonomy: Taxonomy, pairs: Counter[tuple[Label, Label]]) -> pd.DataFrame:
    records = [_record(driver.id, driver.name, pairs) for driver in taxonomy]
    return _table(records, DRIVERS)


def _record(driver: str, name: str, pairs: Counter[tuple[Label, Label]]) -> dict[str, Any]:
    n_texts = sum(n for (label, _), n in pairs.items() if label == driver)
    n_assigned = sum(n for (_, given), n in pairs.items() if given == driver)
    n_right = pairs[driver, driver]
    return {
        "driver": driver,
        "name": name,
        "n_texts": n_texts,
        "n_assigned": n_assigned,
        "n_right": n_right,
        **share("precision", n_right, n_assigned),
        **share("recall", n_right, n_texts),
        **_f1(driver, n_right, n_assigned - n_right, n_texts - n_right),
        "low_support": n_texts < MIN_REVIEWS,
    }


def share(name: str, count: int, total: int) -> dict[str, float]:
    """A share and Wilson's interval; NaN where there is nothing to share."""
    low, high = wilson(count, total, CONFIDENCE)
    value = count / total if total else np.nan
    return {name: value, f"{name}_low": float(low), f"{name}_high": float(high)}


def _f1(driver: str, right: int, wrong: int, missed: int) -> dict[str, float]:
    """F1 and its interval; wrong and missed texts count half."""
    counts = np.array([right, wrong, missed], np.float64)
    if not counts.any():
        return {"f1": np.nan, "f1_low": np.nan, "f1_high": np.nan}
    random = generator(0, "f1", driver)
    draws = random.standard_gamma(counts, size=(N_RESAMPLES, 3))
    imagined = random.integers(3, size=N_RESAMPLES)
    draws[np.arange(N_RESAMPLES), imagined] += random.standard_exponential(N_RESAMPLES)
    value = 2 * right / (2 * right + wrong + missed)
    drawn = 2 * draws[:, 0] / (2 * draws[:, 0] + draws[:, 1] + draws[:, 2])
    low, high = interval(drawn, value, CONFIDENCE)
    return {"f1": value, "f1_low": low, "f1_high": high}


def _confusions(taxonomy: Taxonomy, pairs: Counter[tuple[Label, Label]]) -> pd.DataFrame:
    """The pairs that differ, by falling number; of equal ones in the order of the taxonomy."""
    places: dict[Label, int] = {driver: i for i, driver in enumerate((*taxonomy.ids, None))}
    wrong = [(pair, n) for pair, n in pairs.items() if pair[0] != pair[1]]
    wrong.sort(key=lambda item: (-item[1], places[item[0][0]], places[item[0][1]]))
    records = [{"driver": label, "assigned": given, "n": n} for (label, given), n in wrong]
    return _table(records, CONFUSIONS)


def _table(records: Sequence[dict[str, Any]], columns: Sequence[Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            column.name: pd.array([record[column.name] for record in records], column.dtype)
            for column in columns
        }
    )


def _meta(
    taxonomy: Taxonomy, rows: Labelled, assigned: Sequence[Label], n_right: int
) -> dict[str, Any]:
    return {
        "verbatim_version": __version__,
        "taxonomy": {"name": taxonomy.name, "digest": taxonomy.digest},
        "n": len(rows.texts),
        "n_none": rows.labels.count(None),
        "n_abstained": assigned.count(None),
        "n_examples_left_out": rows.n_examples,
        "n_contradictory": rows.n_contradictory,
        **share("accuracy", n_right, len(rows.texts)),
        "confidence": CONFIDENCE,
        "min_reviews": MIN_REVIEWS,
        "methods": METHODS,
        "columns": {column.name: column.meaning for column in (*DRIVERS, *CONFUSIONS)},
    }
