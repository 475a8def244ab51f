r"""Choose the quotes that best represent what is said of a driver, for and against.

A quote is a sentence. Of those with an opinion of the side about the driver, the best are

* typical: their words are those that many reviews use of that driver and side. With
  :math:`d_w` the number of candidate sentences that hold the word w, function words left out, the
  typicality of a sentence with the set of words S is the cosine between it and their centre,
  :math:`\sum_{w \in S} d_w / \sqrt{|S| \sum_w d_w^2}`; with weights a sentence counts as much as
  its review weighs
* readable: 5 to 30 words, with an end, not in capitals (see `readability`)
* sure: the opinion's confidence is high, and the sentence doesn't say the opposite as well

and the score is the product. They are taken best first, one per review, leaving out those that
say nearly the same as one taken before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum, sqrt
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.cells import Cells, Floats, Ints, Placed
from verbatim.drivers.columns import QUOTES, typed
from verbatim.schema import ID

Objects = NDArray[np.object_]

MAX_CANDIDATES = 200
"""Candidates per group, driver and side: the sentences of highest confidence."""

SAME = 0.6
"""Jaccard index of their words from which two sentences say nearly the same."""

CONTRADICTED = 0.5
UNFINISHED = 0.8
SHOUTED = 0.5

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_FINISHED = re.compile(r"[.!?…][\W_]*$")
_SIDES = ("positive", "negative")

_FUNCTION_WORDS = (
    "a about after again all also am an and any are as at be been before being but by can could "
    "did do does doing for from get go got had has have having he her here him his how i if in "
    "into is it its it's just me more most much my no nor not now of off on one only or other our "
    "out over own really she so some such than that the their them then there these they this "
    "those through to too up us very was we well were what when where which while who why will "
    "with would you your i'm i've we've don't didn't wasn't weren't"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: its opinion's row, score less the typicality, and weight."""

    row: int
    verbatim: int
    text: str
    words: frozenset[str]
    prior: float
    weight: float = 1.0


def words_of(text: str) -> list[str]:
    """Words of a text, without case.

    Examples
    --------
    >>> words_of("Didn't SLEEP well...")
    ["didn't", 'sleep', 'well']
    """
    return [word.replace("\u2019", "'") for word in _WORD.findall(text.casefold())]


def readability(text: str, n_words: int) -> float:
    """Rate from 0 to 1 how well a sentence of so many words reads on its own.

    1 for 5 to 30 words; n / 5 for n words below, 30 / n above. An open end takes 0.8 of it,
    capitals throughout 0.5.

    Examples
    --------
    >>> readability("The staff were kind to us.", 6), round(readability("Kind staff", 2), 2)
    (1.0, 0.32)
    >>> readability("NEVER COMING BACK TO THIS PLACE!", 6)
    0.5
    """
    rating = min(1.0, n_words / 5, 30 / max(n_words, 1))
    rating *= 1.0 if _FINISHED.search(text) else UNFINISHED
    return rating * (SHOUTED if n_words > 1 and text.isupper() else 1.0)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index of two sets of words, 0 to 1; two empty ones are the same.

    Examples
    --------
    >>> overlap(frozenset({"great", "staff"}), frozenset({"great", "food"}))
    0.3333333333333333
    """
    return len(one & other) / len(one | other) if one or other else 1.0


def quotes(
    analysis: Analysis, opinions: Placed, cells: Cells, order: Ints, n_quotes: int
) -> pd.DataFrame:
    """Choose up to `n_quotes` for each cell and side; cells come in the order given."""
    pool = _pool(opinions, np.argsort(order)) if n_quotes else []
    texts = analysis.verbatims["text"].to_numpy(dtype=object)
    spans = analysis.sentences[["start", "end"]].to_numpy()
    chosen: list[tuple[int, Candidate]] = []
    for _, rows in groupby(pool, key=itemgetter("place", "side")):
        ranked = best([_candidate(row, texts, spans, cells.weights) for row in rows], n_quotes)
        chosen += enumerate(ranked, start=1)
    return _table(analysis, opinions, cells, chosen)


def best(candidates: Sequence[Candidate], n_quotes: int) -> list[Candidate]:
    """Choose the best of one driver and side; of equals, the first by text, then as given."""
    counts: defaultdict[str, float] = defaultdict(float)
    for candidate in candidates:
        for word in candidate.words - FUNCTION_WORDS:
            counts[word] += candidate.weight
    # Exact sums, as the order of the words in a set is another in each run.
    length = sqrt(fsum(count * count for count in counts.values()))

    def score(candidate: Candidate) -> float:
        held = candidate.words - FUNCTION_WORDS
        typical = fsum(counts[word] for word in held) / (sqrt(len(held)) * length) if held else 0.0
        return typical * candidate.prior

    taken: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: (-score(one), one.text)):
        if len(taken) == n_quotes:
            break
        if all(_differ(candidate, other) for other in taken):
            taken.append(candidate)
    return taken


def _differ(one: Candidate, other: Candidate) -> bool:
    return one.verbatim != other.verbatim and overlap(one.words, other.words) < SAME


def _pool(opinions: Placed, place: Ints) -> list[dict[Hashable, Any]]:
    """Opinions that may be quoted, by cell and side, the surest first, and one per sentence.

    `place` is where each cell comes.
    """
    table = opinions.table
    side = pd.Index(_SIDES).get_indexer(pd.Index(table["label"]))
    kept = np.flatnonzero((side >= 0) & (opinions.sentence >= 0))
    key = place[opinions.cell[kept]] * 2 + side[kept]
    sentence = opinions.sentence[kept]
    sure = table["confidence"].to_numpy()[kept]
    sure = np.where(_said_both(key, sentence), CONTRADICTED * sure, sure)
    # Any order does that the order of the rows can't change.
    tie = pd.util.hash_pandas_object(table[ID], index=False).to_numpy()[kept]
    number = table["sentence"].to_numpy()[kept]
    first = table["evidence_start"].to_numpy(dtype=np.int64)[kept]
    order = np.lexsort((first, number, tie, -sure, key))
    order = order[~pd.Series(sentence[order] * (2 * len(place)) + key[order]).duplicated()]
    order = order[_count_before(key[order]) < MAX_CANDIDATES]
    rows = {
        "row": kept[order],
        "place": key[order] // 2,
        "side": key[order] % 2,
        "verbatim": opinions.verbatim[kept[order]],
        "sentence": sentence[order],
        "sure": sure[order],
    }
    return pd.DataFrame(rows).to_dict("records")


def _said_both(key: Ints, sentence: Ints) -> NDArray[np.bool_]:
    """Whether the sentence of each opinion says the opposite of the same cell as well."""
    width = int(key.max(initial=0)) + 2
    said = pd.Series(sentence * width + key)
    return np.asarray(pd.Series(sentence * width + (key ^ 1)).isin(said))


def _count_before(key: Ints) -> Ints:
    """How many of the same key stand before each; the keys rise."""
    new = np.append(True, np.diff(key) > 0)[: len(key)]
    return np.asarray(np.arange(len(key)) - np.flatnonzero(new)[np.cumsum(new) - 1])


def _candidate(
    row: Mapping[Hashable, Any], texts: Objects, spans: Ints, weights: Floats
) -> Candidate:
    start, end = spans[row["sentence"]]
    text = texts[row["verbatim"]][start:end]
    words = words_of(text)
    prior = row["sure"] * readability(text, len(words))
    weight = float(weights[row["verbatim"]])
    return Candidate(row["row"], row["verbatim"], text, frozenset(words), prior, weight)


def _table(
    analysis: Analysis,
    opinions: Placed,
    cells: Cells,
    chosen: Sequence[tuple[int, Candidate]],
) -> pd.DataFrame:
    rows = np.array([quote.row for _, quote in chosen], dtype=np.int64)
    opinion = opinions.table.iloc[rows].reset_index(drop=True)
    sentence = analysis.sentences.iloc[opinions.sentence[rows]].reset_index(drop=True)
    data = {
        **{str(name): opinion[name] for name in opinion},
        "rank": [rank for rank, _ in chosen],
        "text": [quote.text for _, quote in chosen],
        "start": sentence["start"],
        "end": sentence["end"],
    }
    return pd.concat([cells.labels(opinions.cell[rows]), typed(QUOTES, data)], axis=1)
