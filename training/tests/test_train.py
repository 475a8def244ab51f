import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from training.evaluate import measure
from training.material import Material
from training.model import Reader
from training.train import LOG, WEIGHTS, Run, factor, groups, load_model, train

REPEATS = 5


@pytest.fixture(scope="module")
def material(examples, tokeniser):
    rows = examples * REPEATS
    vectors = np.random.default_rng(0).normal(size=(len(rows), 48)).astype("float16")
    return Material.of({"own": rows}, {"own": vectors}, tokeniser)


def _run(folder, options, material, dev=None):
    torch.manual_seed(options.seed)
    run = Run.start(folder, options, Reader(options.architecture, options.dropout))
    train(run, material, dev)
    return run


def test_learns_made_up_rows_and_its_weights_load(options, material, dev, tmp_path):
    options = replace(options, passes=30, augment=0.0, dropout=0.0)
    _run(tmp_path, options, material)
    _, numbers = measure(load_model(tmp_path), dev)
    assert numbers["driver + sign F1"] == 1.0
    assert numbers["assessment span F1 (exact)"] >= 0.8
    assert numbers["emotion micro-F1"] == 1.0


def test_run_taken_up_again_ends_with_the_same_weights(options, material, tmp_path, monkeypatch):
    _run(tmp_path / "whole", options, material)
    steps = 0

    def interrupted(run, batch, progress):
        nonlocal steps
        steps += 1
        parts = step(run, batch, progress)
        if steps == 8:
            run.save()
            raise KeyboardInterrupt
        return parts

    from training import train as module

    step = module._step
    monkeypatch.setattr(module, "_step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        _run(tmp_path / "cut", options, material)
    monkeypatch.undo()
    _run(tmp_path / "cut", options, material)
    whole, cut = ((tmp_path / name / WEIGHTS).read_bytes() for name in ("whole", "cut"))
    assert whole == cut


def test_run_is_not_taken_up_with_other_options(options, material, tmp_path):
    _run(tmp_path, replace(options, passes=1), material)
    with pytest.raises(ValueError, match="other options"):
        _run(tmp_path, replace(options, passes=3), material)


def test_budget_ends_a_run_with_usable_weights(options, material, dev, tmp_path):
    run = _run(tmp_path, replace(options, passes=10_000, minutes=0.02), material, dev)
    assert 1.2 <= run.state.seconds < 20
    assert run.state.number < 10_000
    last = json.loads((tmp_path / LOG).read_text().splitlines()[-1])
    assert 0 <= last["dev"]["driver F1"] <= 1
    assert (tmp_path / WEIGHTS).exists()


def test_a_run_of_some_steps_ends_with_the_last_of_them(options, material, dev, tmp_path):
    run = _run(tmp_path, replace(options, passes=10_000, steps=7), material, dev)
    assert run.state.step == 7
    assert "driver F1" in json.loads((tmp_path / LOG).read_text().splitlines()[-1])["dev"]


def test_frozen_layers_stay_as_they_are_and_the_others_learn(options, material, tmp_path):
    options = replace(options, frozen_layers=1, train_embeddings=False)
    torch.manual_seed(options.seed)
    before = Reader(options.architecture).state_dict()
    _run(tmp_path, options, material)
    after = load_model(tmp_path).state_dict()
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert not {name for name in moved if name.startswith(("encoder.layers.0", "encoder.w"))}
    assert {name for name in moved if name.startswith("encoder.layers.1")}
    assert "encoder.positions.weight" not in moved


def test_deeper_layers_learn_slower_and_frozen_words_not_at_all(options):
    model = Reader(options.architecture)
    model.encoder.words.requires_grad_(False)
    found = groups(model, replace(options, layer_decay=0.5))
    rate = {id(p): group["lr"] for group in found for p in group["params"]}
    assert rate[id(model.encoder.layers[1].qkv.weight)] == options.encoder_rate
    assert rate[id(model.encoder.layers[0].qkv.weight)] == options.encoder_rate / 2
    assert rate[id(model.encoder.positions.weight)] == options.encoder_rate / 4
    assert rate[id(model.opinions.keys.weight)] == options.head_rate
    assert id(model.encoder.words.weight) not in rate


def test_rate_is_never_negative_and_peaks_after_the_warm_up():
    rates = [factor(p / 100, 0.2) for p in range(120)]
    assert min(rates) == 0
    assert max(rates) == rates[20] == 1
