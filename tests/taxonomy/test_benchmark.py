"""The benchmark of own taxonomies: what is left out, what is drawn, and a page."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score

from benchmarks import taxonomies
from benchmarks.own_taxonomies import OWN
from benchmarks.report import render
from verbatim.taxonomy import Taxonomy

CATEGORIES = {"DISPLAY#GENERAL": "screen", "BATTERY#QUALITY": "battery", "LAPTOP#PRICE": "price"}


def _rows() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"text": f"The {thing} is number {i}", "opinions": [{"category": category}]}
        for category, thing in CATEGORIES.items()
        for i in range(12)
    ]
    both = [{"category": category} for category in CATEGORIES]
    rare = [{"category": "MOUSE#GENERAL"}]
    return [*rows, {"text": "both", "opinions": both}, {"text": "rare", "opinions": rare}]


@pytest.mark.parametrize("name", OWN)
def test_the_taxonomies_are_valid(name: str) -> None:
    kept = set(OWN[name].drivers)
    assert set(Taxonomy.from_dict(OWN[name].document(kept, {})).ids) == kept


def test_sentences_of_several_and_of_rare_drivers_are_left_out() -> None:
    found = taxonomies.single(_rows(), OWN["memd_laptop"])
    assert len(found.texts) == 36
    assert set(found.drivers) == {"display", "battery", "laptop_price"}


def test_no_sentence_is_learnt_from_and_measured_on() -> None:
    found = taxonomies.single(_rows(), OWN["memd_laptop"])
    order = list(range(36))
    pool = [row for driver in set(found.drivers) for row in taxonomies._half(found, order, driver)]
    assert len(pool) == 18 == len(set(pool))
    shown = taxonomies._first(found, pool, 4)
    assert len(shown) == 12 and set(shown) < set(pool)


def test_macro_f1_is_that_of_scikit_learn() -> None:
    random = np.random.default_rng(0)
    gold, said = (np.array(list("abcd"))[random.integers(4, size=50)] for _ in range(2))
    assert taxonomies.macro_f1(gold, said) == pytest.approx(f1_score(gold, said, average="macro"))


def test_it_makes_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taxonomies, "EXAMPLES", (0, 4))
    monkeypatch.setattr(taxonomies, "OTHERS", 4)
    (tmp_path / "eval").mkdir()
    lines = "\n".join(json.dumps(row) for row in _rows())
    (tmp_path / "eval" / "memd_laptop.jsonl").write_text(lines, "utf-8")
    names = ["memd_laptop", "memd_clothing"]
    parts = dict(taxonomies.run_taxonomies(tmp_path, names, {}, limit=1000))
    page = render({"taxonomies": {n: part | {"environment": {}} for n, part in parts.items()}})
    assert list(parts) == ["own taxonomy of memd_laptop"]
    assert "36 sentences with one driver, 3 drivers" in page
    assert "| macro-F1, TF-IDF + LR | - | 1.000" in page
