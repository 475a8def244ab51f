from dataclasses import replace

import pytest

from training.batches import Item, collate
from training.decode import EVEN, opinions
from training.tests.perfect import perfect_logits
from training.tokenise import encode
from verbatim.labels import DRIVERS


@pytest.fixture
def superb(examples, tokeniser):
    """The sentence with two assessments of one driver and sign, and its logits."""
    example = examples[2]
    (encoded,) = encode(tokeniser, [example.text])
    return example, encoded, perfect_logits(collate([Item(example, encoded)], 4), 0, len(encoded))


def test_each_assessment_takes_its_nearest_target(superb):
    example, encoded, said = superb
    words = [
        tuple(example.text[slice(*span)] for span in (found.target, found.assessment))
        for found in opinions(said, encoded, EVEN)
    ]
    assert words == [("soup", "Superb"), ("bread", "superb")]


def test_further_assessment_must_pass_its_own_threshold(superb):
    example, encoded, said = superb
    food = DRIVERS.index("food")
    said["link_assessment"][food, 0, encoded.tokens(example.opinions[1].assessment)] = (
        0.7  # p = .67
    )
    assert len(opinions(said, encoded, replace(EVEN, another=0.65))) == 2
    assert len(opinions(said, encoded, replace(EVEN, another=0.7))) == 1


def test_driver_below_its_threshold_is_not_forced(superb):
    _, encoded, said = superb
    said["drivers"] -= 18
    assert opinions(said, encoded, EVEN) == []


def test_likeliest_sign_is_said_even_if_it_is_unsure_and_a_second_only_if_likely(superb):
    _, encoded, said = superb
    food = DRIVERS.index("food")
    said["signs"][food] = [-1.0, 0.4, -2.0]
    assert {o.sign for o in opinions(said, encoded, EVEN)} == {-1}
    said["signs"][food] = [0.1, 0.4, -2.0]
    assert {o.sign for o in opinions(said, encoded, EVEN)} == {1, -1}
