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
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.drivers.cells import Cells, Floats, Ints, Placed
from verbatim.drivers.columns import QUOTES, typed
from verbatim.schema import ID
from verbatim.tables import concat_tables

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
    """A sentence that may be quoted: its row, score less the typicality, and weight."""

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


def candidates(opinions: Placed, most: int) -> pd.DataFrame:
    """Opinions of a block that may be quoted: the surest `most` of each cell and side.

    Returns
    -------
    DataFrame
        What the order depends on, with key, 2 * cell + side, and verbatim, its row; and the columns
        of `QUOTES` but for the rank.
    """
    table = opinions.table
    side = pd.Index(_SIDES).get_indexer(pd.Index(table["label"]))
    kept = np.flatnonzero((side >= 0) & (opinions.sentence >= 0))
    key, sentence = opinions.cell[kept] * 2 + side[kept], opinions.sentence[kept]
    sure = table["confidence"].to_numpy()[kept]
    ranked = {
        "key": key,
        "sure": np.where(_said_both(key, sentence), CONTRADICTED * sure, sure),
        "tie": pd.util.hash_pandas_object(table[ID], index=False).to_numpy()[kept],
        "sentence": table["sentence"].to_numpy()[kept],
        "evidence_start": table["evidence_start"].to_numpy(dtype=np.int64)[kept],
        "verbatim": opinions.verbatim[kept],
        "opinion": kept,
        "row": sentence,
    }
    pool = surest([pd.DataFrame(ranked)], most)
    shown = table[[ID, "label", "target", "assessment", "confidence"]].iloc[pool["opinion"]]
    said = _sentences(opinions, pool["verbatim"].to_numpy(), pool["row"].to_numpy())
    return pd.concat([pool, shown.reset_index(drop=True), said], axis=1)


def surest(pools: Sequence[pd.DataFrame], most: int) -> pd.DataFrame:
    """Up to `most` candidates for each cell and side, one per sentence, the surest first."""
    pool = concat_tables(pools)
    # Any order does that the order of the rows can't change.
    ranks = ("evidence_start", "sentence", "tie")
    order = np.lexsort((*(pool[name] for name in ranks), -pool["sure"], pool["key"]))
    pool = pool.iloc[order]
    pool = pool[~pool.duplicated(["key", "verbatim", "sentence"])]
    return pool[_count_before(pool["key"].to_numpy()) < most].reset_index(drop=True)


def _sentences(opinions: Placed, verbatim: Ints, row: Ints) -> pd.DataFrame:
    """Text, start and end of sentences; where there is none, no text is read."""
    if not len(row):
        return pd.DataFrame({"start": [], "end": [], "text": []})
    spans = opinions.block.select("sentences", ["start", "end"]).iloc[row].reset_index(drop=True)
    rows = verbatim - opinions.first
    texts = opinions.block.select("verbatims", ["text"])["text"].iloc[rows]
    cut = [text[start:end] for text, (start, end) in zip(texts, spans.to_numpy(), strict=True)]
    return spans.assign(text=pd.Series(cut, dtype="str"))


def quotes(pool: pd.DataFrame, cells: Cells, order: Ints, n_quotes: int) -> pd.DataFrame:
    """Choose up to `n_quotes` of the candidates for each cell and side.

    Cells come in the order given.
    """
    key = pool["key"].to_numpy()
    pool = pool.iloc[np.lexsort((key, np.argsort(order)[key // 2]))].reset_index(drop=True)
    chosen: list[tuple[int, Candidate]] = []
    for _, rows in groupby(enumerate(pool.to_dict("records")), key=lambda one: one[1]["key"]):
        ranked = best([_candidate(number, row, cells.weights) for number, row in rows], n_quotes)
        chosen += enumerate(ranked, start=1)
    quoted = pool.iloc[[quote.row for _, quote in chosen]].reset_index(drop=True)
    data = {"rank": [rank for rank, _ in chosen], **{str(name): quoted[name] for name in quoted}}
    labels = cells.labels(quoted["key"].to_numpy(dtype=np.int64) // 2)
    return pd.concat([labels, typed(QUOTES, data)], axis=1)


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


def _said_both(key: Ints, sentence: Ints) -> NDArray[np.bool_]:
    """Whether the sentence of each opinion says the opposite of the same cell as well."""
    width = int(key.max(initial=0)) + 2
    said = pd.Series(sentence * width + key)
    return np.asarray(pd.Series(sentence * width + (key ^ 1)).isin(said))


def _count_before(key: Ints) -> Ints:
    """How many of the same key stand before each; the keys rise."""
    new = np.append(True, np.diff(key) > 0)[: len(key)]
    return np.asarray(np.arange(len(key)) - np.flatnonzero(new)[np.cumsum(new) - 1])


def _candidate(number: int, row: Mapping[Hashable, Any], weights: Floats) -> Candidate:
    words = words_of(row["text"])
    prior = row["sure"] * readability(row["text"], len(words))
    weight = float(weights[row["verbatim"]])
    return Candidate(number, row["verbatim"], row["text"], frozenset(words), prior, weight)
