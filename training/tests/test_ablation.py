from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from training import ablation
from training.ablation import COLUMNS, ablate, table, variants
from training.material import Material
from training.model import Reader
from training.options import Options, Share


def test_a_variant_for_each_set_but_the_own_one_and_each_trick():
    names = list(variants(Options()))
    assert names[0] == "everything"
    assert {f"without {name}" for name in ablation.NAMES.values()} < set(names)
    without = variants(Options())["without MAMS"].sources
    assert set(Options().sources) - set(without) == {"mams"}
    assert variants(replace(Options(), sources={"own": Share(1.0)})).keys() < set(names)


@pytest.fixture
def steps(options, examples, tokeniser, dev, tmp_path, monkeypatch):
    vectors = np.random.default_rng(0).normal(size=(len(examples), 48)).astype("float16")
    material = Material.of({"own": examples}, {"own": vectors}, tokeniser)
    monkeypatch.setattr(ablation, "new_model", lambda changed: Reader(changed.architecture))
    return ablate(tmp_path, replace(options, steps=2), lambda changed: material, dev)


def test_what_is_measured_is_told_after_every_variant(steps):
    first, second = (dict(measured) for measured in islice(steps, 2))
    assert list(first) == ["everything"]
    assert len(second) == 2
    assert set(first["everything"]) == set(COLUMNS)
    assert second["everything"] == first["everything"]
    assert len(table(second, 2, 9).splitlines()) == 6
