import numpy as np
import torch

from training.batches import BEGIN, IGNORE, INSIDE, OUTSIDE, Item, collate
from training.decode import EVEN, emotions, intents, opinions
from training.examples import Example, Opinion
from training.tests.perfect import perfect_logits
from training.tokenise import encode
from verbatim.labels import DRIVERS


def _batch(examples, tokeniser):
    encoded = encode(tokeniser, [example.text for example in examples])
    return encoded, collate([Item(*pair) for pair in zip(examples, encoded, strict=True)], width=4)


def test_labels_decode_to_the_opinions_they_were_made_from(examples, tokeniser):
    encoded, batch = _batch(examples, tokeniser)
    for row, example in enumerate(examples):
        said = perfect_logits(batch, row, len(encoded[row]))
        found = opinions(said, encoded[row], EVEN)
        assert sorted(
            (o.driver, o.sign, o.target or (), o.assessment or ()) for o in found
        ) == sorted(
            (o.drivers[0], o.sign, o.target or (), o.assessment or ()) for o in example.opinions
        )
        assert all(abs(o.strength) == 2 for o in found if o.driver in ("price", "waiting"))
        assert emotions(said, EVEN) == dict(example.emotions)
        assert intents(said, EVEN) == example.intents


def test_unknown_driver_and_unlabelled_task_are_masked(tokeniser):
    row = Example("mams", "soup", frozenset({"drivers"}), unknown=frozenset({"safety"}))
    _, batch = _batch([row], tokeniser)
    assert not batch.drivers_known[0, DRIVERS.index("safety")]
    assert batch.drivers_known[0].sum() == len(DRIVERS) - 1
    assert not batch.emotions_known.any()
    assert not batch.sentiment_known.any()
    assert (batch.attributes == IGNORE).all()
    assert (batch.target_tags == IGNORE).all()


def test_padding_carries_no_label(examples, tokeniser):
    encoded, batch = _batch(examples, tokeniser)
    padding = batch.mask == 0
    assert padding.sum() == batch.mask.numel() - sum(map(len, encoded))
    assert (batch.target_tags[padding] == IGNORE).all()
    assert not batch.link_assessment[padding[batch.link_row]].any()


def test_first_of_two_overlapping_spans_is_tagged(tokeniser):
    spans = (Opinion(assessment=(0, 8)), Opinion(assessment=(4, 13)))
    row = Example("dmaste", "the soup was cold", frozenset({"spans"}), spans)
    _, batch = _batch([row], tokeniser)
    assert batch.assessment_tags[0].tolist() == [OUTSIDE, BEGIN, INSIDE, OUTSIDE, OUTSIDE, OUTSIDE]


def test_opinion_with_a_choice_of_drivers_is_kept_apart(tokeniser):
    row = Example("mams", "soup", frozenset({"drivers"}), (Opinion(("staff", "service"), 1),))
    _, batch = _batch([row], tokeniser)
    assert [DRIVERS[i] for i in np.flatnonzero(batch.either[0])] == ["staff", "service"]
    assert batch.either_sign.tolist() == [[1.0, 0.0, 0.0]]
    assert not batch.drivers.any()


def test_batch_moves_as_a_whole(examples, tokeniser):
    _, batch = _batch(examples, tokeniser)
    assert batch.to(torch.device("meta")).link_row.device.type == "meta"
