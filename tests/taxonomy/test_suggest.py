"""Suggested phrases: what customers say, what is not listed yet, most said first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import verbatim
from tests.taxonomy.made import taxonomy
from verbatim import InputError, OptionError, TaxonomyError

TEXTS = [
    "The charger is awful.",
    "My charger was terrible!",
    "The charger cable is bad.",
    "The packaging was great.",
    "The battery is awful.",
    "Lovely soup.",
]


@pytest.fixture(scope="module")
def analysis() -> verbatim.Analysis:
    return verbatim.analyze(TEXTS)


def test_it_suggests_what_is_said_and_not_listed(analysis: verbatim.Analysis) -> None:
    own = taxonomy(battery={"phrases": ["battery"]})
    found = own.suggest(analysis, "battery")
    assert "charger" in found["phrase"].tolist()
    assert not {"battery", "packaging", "soup", "charger cable"} & set(found["phrase"])
    charger = found.set_index("phrase").loc["charger"]
    assert charger["kind"] == "target" and charger["n_reviews"] == 2
    assert charger["quote"] in TEXTS and 0 < charger["nearness"] <= 1


def test_order_of_rows_changes_nothing(analysis: verbatim.Analysis) -> None:
    turned = verbatim.analyze(TEXTS[::-1])
    first, second = (taxonomy().suggest(one, "battery") for one in (analysis, turned))
    assert first.equals(second)


def test_at_most_n(analysis: verbatim.Analysis) -> None:
    assert len(taxonomy().suggest(analysis, "battery", n=1)) == 1


def test_nothing_said_is_no_row() -> None:
    found = taxonomy().suggest(verbatim.analyze(["Hello."]), "battery")
    assert found.empty and next(iter(found)) == "phrase"


def test_what_is_not_there_is_refused(analysis: verbatim.Analysis) -> None:
    with pytest.raises(TaxonomyError, match="unknown driver 'batery'"):
        taxonomy().suggest(analysis, "batery")
    with pytest.raises(OptionError, match="n=0"):
        taxonomy().suggest(analysis, "battery", n=0)


def test_a_form_that_is_found_anyway_is_not_suggested() -> None:
    said = [
        "The chargers were awful.",
        "The charger is bad.",
        "Awful batteries.",
        "Poor batteries.",
    ]
    own = taxonomy(battery={"phrases": ["battery"]})
    found = own.suggest(verbatim.analyze(said), "battery")["phrase"].tolist()
    assert "batteries" not in found and len({"charger", "chargers"} & set(found)) == 1


def test_phrases_are_written_as_people_do_and_can_be_listed(
    analysis: verbatim.Analysis,
) -> None:
    opinions = analysis.opinions.assign(assessment="couldn't charge")
    shown = verbatim.Analysis({**analysis.tables, "opinions": opinions}, analysis.meta)
    found = taxonomy().suggest(shown, "battery")["phrase"].tolist()
    assert "couldn't charge" in found
    listed = taxonomy(battery={"phrases": ["couldn't charge"]}).suggest(shown, "battery")
    assert "couldn't charge" not in listed["phrase"].tolist()


def test_any_integer_is_a_number(analysis: verbatim.Analysis) -> None:
    assert len(taxonomy().suggest(analysis, "battery", n=np.int64(1))) == 1  # type: ignore[arg-type]
    for n in (True, 1.5, "1"):
        with pytest.raises(OptionError, match="n="):
            taxonomy().suggest(analysis, "battery", n=n)  # type: ignore[arg-type]


def test_a_table_is_no_analysis() -> None:
    with pytest.raises(InputError, match=r"DataFrame; give what verbatim\.analyze returns"):
        taxonomy().suggest(pd.DataFrame(), "battery")  # type: ignore[arg-type]
