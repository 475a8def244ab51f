"""The graph says what the model says, rounded or not, and a row's result is its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from training import decode
from training.calibrate import crossed, expected_error, fit, judged
from training.graph import smoothed, write_graph
from training.model import Outputs, Reader
from training.predict import predict
from training.quantise import quantise, write_probe
from training.restored import GRAPH, restored
from training.tokenise import encode
from verbatim.engines.neural.opinions import opinions
from verbatim.engines.neural.session import Session, overflows
from verbatim.engines.neural.tokens import Tokens
from verbatim.labels import DRIVERS

# The exporter of torch warns of its own calls.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def model(options):
    torch.manual_seed(0)
    model = Reader(options.architecture).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            # As after training: no two are the same, of which a graph would keep one.
            parameter += 0.02 * torch.randn(parameter.shape)
    return model


@pytest.fixture(scope="module")
def encoded(examples, tokeniser):
    return encode(tokeniser, [example.text for example in examples])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("graphs")


@pytest.fixture(scope="module")
def sessions(model, encoded, folder):
    exact, even, rounded, probe = (folder / f"{name}.onnx" for name in "abcd")
    write_graph(model, exact)
    write_graph(smoothed(model, encoded), even)
    quantise(even, rounded, fewest_weights=64)
    write_probe(probe)
    return {
        path.stem: Session(path.read_bytes(), probe.read_bytes(), n_threads=1)
        for path in (exact, even, rounded)
    }


def _say(session, sentence, copies=1):
    return session.run(np.array([sentence.ids] * copies, np.int64))


def test_graph_says_what_the_model_says_smoothed_or_not(sessions, model, encoded):
    for sentence, expected in zip(encoded, predict(model, encoded), strict=True):
        for name in ("a", "b"):
            said = _say(sessions[name], sentence)
            assert tuple(said) == Outputs._fields
            for output, values in expected.items():
                np.testing.assert_allclose(said[output][0], values, atol=2e-5)


def test_rounding_costs_little_and_not_nothing(sessions, encoded):
    exact, rounded = (
        np.concatenate([_say(sessions[name], s)["vector"] for s in encoded]) for name in ("a", "c")
    )
    likeness = (exact * rounded).sum(axis=1)
    assert 0.995 < likeness.min() < 1 - 1e-7


def test_rounded_row_is_the_same_bits_alone_and_among_others(sessions, encoded):
    for sentence in encoded:
        alone = _say(sessions["c"], sentence)
        others = np.array([sentence.ids] * 5, np.int64)
        others[1:, 1:-1] = 10 + np.arange(4 * (len(sentence) - 2)).reshape(4, -1) % 60
        among = sessions["c"].run(others)
        for name, values in alone.items():
            np.testing.assert_array_equal(among[name][:1], values)


def test_engine_reads_a_group_as_the_evaluation_reads_one(sessions, encoded, examples, tokeniser):
    settings = replace(decode.EVEN, opinion=0.2, link=0.4, another=0.45)
    texts = [example.text for example in examples]
    n_found = 0
    for group in Tokens(tokeniser.to_str()).groups(texts):
        said = sessions["a"].run(group.ids)
        # As if it were sure: what is unlikely isn't said of words that say something else.
        said |= {name: said[name] + 3 for name in ("drivers", "signs")}
        ours = opinions(said, group, settings)
        for i, row in enumerate(group.rows):
            alone = {name: values[i] for name, values in said.items()}
            theirs = decode.opinions(alone, encoded[row], settings)
            assert [
                (DRIVERS[o[0]], o[2], float(o[3]), *(None if s[0] < 0 else s for s in o[4:6]))
                for at, o in ours
                if at == i
            ] == [
                (o.driver, o.strength, pytest.approx(o.confidence), o.target, o.assessment)
                for o in theirs
            ]
            n_found += len(theirs)
    assert n_found > 3 * len(texts)


def test_training_can_go_on_from_a_graph(sessions, model, encoded, folder, options, tmp_path):
    """Exactly where it isn't rounded, and as far from it as rounding is where it is."""
    expected = predict(model, encoded)
    for name, least, most in (("b", 1 - 1e-6, 1 + 1e-6), ("c", 0.995, 1 - 1e-7)):
        artefact = tmp_path / name
        artefact.mkdir()
        (artefact / GRAPH).write_bytes((folder / f"{name}.onnx").read_bytes())
        again = predict(restored(artefact, options.architecture), encoded)
        likeness = [a["vector"] @ b["vector"] for a, b in zip(again, expected, strict=True)]
        assert least < min(likeness) < most
        gaps = [np.abs(a[o] - b[o]).max() for a, b in zip(again, expected, strict=True) for o in a]
        assert max(gaps) < 0.2


def test_graph_of_another_shape_is_refused(sessions, folder, options, tmp_path):
    (tmp_path / GRAPH).write_bytes((folder / "a.onnx").read_bytes())
    with pytest.raises(ValueError, match="no weights for"):
        restored(tmp_path, replace(options.architecture, head=24))


def test_probe_comes_out_right_where_kernels_do_not_overflow(tmp_path, monkeypatch):
    write_probe(tmp_path / "probe.onnx")
    probe = (tmp_path / "probe.onnx").read_bytes()
    assert overflows(probe) in (False, True)
    monkeypatch.setattr("verbatim.engines.neural.session._open", lambda *_, **__: _Saturating())
    assert overflows(probe)


class _Saturating:
    """A processor whose sums of two products stop at the largest 16-bit number."""

    def get_inputs(self):
        return [type("Input", (), {"name": "rows", "shape": [32, 32]})]

    def run(self, _, given):
        (rows,) = given.values()
        return [np.full(rows.shape, 16 * 32767, np.int32)]


def test_calibration_finds_the_share_that_is_right():
    random = np.random.default_rng(0)
    share = random.uniform(0.05, 0.95, 20_000)
    right = (random.random(20_000) < share).astype(float)
    odds = np.log(share / (1 - share))
    slope, intercept = fit(1 / (1 + np.exp(-(3 * odds + 1))), right)
    assert (slope, intercept) == pytest.approx((1 / 3, -1 / 3), abs=0.03)
    said = crossed(np.arange(20_000.0), 1 / (1 + np.exp(-(3 * odds + 1))), right)
    assert expected_error(said, right) < 0.02


def test_calibration_stays_finite_when_everything_is_right():
    slope, intercept = fit(np.full(9, 0.999), np.ones(9))
    assert np.isfinite([slope, intercept]).all()


def test_second_finding_of_one_opinion_is_wrong(dev, monkeypatch):
    from benchmarks.readings import Opinion, Reading

    gold = dev.rows[0]["opinions"][0]
    opinion = Opinion(gold["driver"], 0.5, int(np.sign(gold["polarity"])), confidence=0.6)
    weaker = Opinion(opinion.driver, 0.5, opinion.sign, confidence=0.4)
    row = dev.rows[0] | {"opinions": [gold]}
    _, raw, right = judged([row], [Reading(0.5, "positive", (weaker, opinion))])
    assert raw.tolist() == [0.6, 0.4]
    assert right.tolist() == [1.0, 0.0]
