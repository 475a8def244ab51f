"""Which rows a pass reads, and in which batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from training.options import Options

POOL = 32
"""Batches whose rows are sorted by length together: little padding, and still mixed."""

Place = tuple[str, int]
"""A row: its set, and its number there."""


def batches_of_pass(
    lengths: Mapping[str, Sequence[int]], options: Options, number: int
) -> list[list[Place]]:
    """Batches of one pass, in an order that depends on the seed and the number of the pass alone.

    Parameters
    ----------
    lengths : mapping of str to sequence of int
        Length of each row, for each set.
    options : Options
    number : int
        Pass, from 0.
    """
    generator = np.random.default_rng([options.seed, number])
    places = [
        (source, int(row))
        for source, share in options.sources.items()
        for row in turn(len(lengths[source]), share.rows, number, options.seed)
    ]
    generator.shuffle(places)
    batches: list[list[Place]] = []
    for start in range(0, len(places), POOL * options.batch):
        pool = [(s, int(r)) for s, r in places[start : start + POOL * options.batch]]
        pool.sort(key=lambda place: lengths[place[0]][place[1]])
        batches += [pool[i : i + options.batch] for i in range(0, len(pool), options.batch)]
    generator.shuffle(batches)
    return batches


def turn(n: int, share: float, number: int, seed: int) -> NDArray[np.int64]:
    """Rows of one set in one pass: successive passes go through one shuffled deck after another.

    Examples
    --------
    >>> sorted(row for number in range(4) for row in turn(8, 0.25, number, seed=0).tolist())
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    size = round(n * share)
    if not size:
        return np.zeros(0, np.int64)
    first, last = number * size, (number + 1) * size
    decks = [
        np.random.default_rng([seed, n, deck]).permutation(n)
        for deck in range(first // n, -(-last // n))
    ]
    start = first - first // n * n
    return np.concatenate(decks)[start : start + size]
