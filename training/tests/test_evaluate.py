import pytest

from training import evaluate
from training.batches import Item, collate
from training.card import NUMBERS, README, fill, table
from training.tests.perfect import perfect_logits


@pytest.fixture
def said(examples, dev):
    items = [Item(*pair) for pair in zip(examples, dev.encoded, strict=True)]
    batch = collate(items, width=4)
    return [perfect_logits(batch, row, len(tokens)) for row, tokens in enumerate(dev.encoded)]


def test_perfect_logits_score_one(said, dev, monkeypatch):
    monkeypatch.setattr(evaluate, "predict", lambda *_: said)
    _, numbers = evaluate.measure(None, dev)
    for name in (
        "driver F1",
        "driver + sign F1",
        "driver + 5-point polarity F1",
        "emotion micro-F1",
    ):
        assert numbers[name] == 1.0
    for name in ("target span F1 (exact)", "assessment span F1 (exact)", "intent micro-F1"):
        assert numbers[name] == 1.0
    assert numbers["sentence sentiment r"] == pytest.approx(1.0)
    assert numbers["pair F1 by driver"]["food"] == 1.0


def test_threshold_moves_to_where_the_pairs_are_right(said, dev):
    for row in said:
        row["drivers"] = row["drivers"] - 9.0 + 0.7  # found: p = .67, others: p near 0
        if row["drivers"][0] < 0:
            row["drivers"][0], row["signs"][0, 0] = 0.3, 9.0  # a false alarm at p = .57
    assert 0.57 < evaluate.choose(said, dev).opinion <= 0.67


def test_block_of_numbers_is_replaced_and_the_rest_stays():
    results = {
        "passes": 2,
        "steps": 9,
        "minutes": 1.5,
        "rows per pass": {"own": 1.0},
        "numbers": {"driver F1": 0.5, "pair F1 by driver": {"food": 0.25}},
    }
    readme = README.read_text("utf-8")
    text = fill(readme, NUMBERS, table(results))
    assert text.split("<!--")[0] == readme.split("<!--")[0] and len(text) > 1000
    assert "| driver F1 | 0.500 |" in text
    assert "| food | 0.250 |" in text
