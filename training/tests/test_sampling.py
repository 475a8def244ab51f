from collections import Counter
from dataclasses import replace

from training.options import Share
from training.sampling import batches_of_pass, turn


def test_passes_read_every_row_equally_often():
    read = Counter(row for number in range(10) for row in turn(10, 0.3, number, seed=1).tolist())
    assert read == dict.fromkeys(range(10), 3)


def test_share_above_one_repeats_rows():
    assert Counter(turn(4, 2.0, 0, seed=1).tolist()) == dict.fromkeys(range(4), 2)


def test_pass_holds_the_shares_of_its_sets_in_batches_of_like_length(options):
    lengths = {"own": list(range(90)), "mams": [5] * 40}
    options = replace(options, batch=10, sources={"own": Share(1.0), "mams": Share(0.25)})
    batches = batches_of_pass(lengths, options, 0)
    places = [place for batch in batches for place in batch]
    assert Counter(source for source, _ in places) == {"own": 90, "mams": 10}
    assert all(type(row) is int for _, row in places)
    spread = [max(own) - min(own) for b in batches if (own := [r for s, r in b if s == "own"])]
    assert max(spread) <= 20
    assert batches == batches_of_pass(lengths, options, 0) != batches_of_pass(lengths, options, 1)
