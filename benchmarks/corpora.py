"""Texts for the speed measures: real ones where the data folder is, written and made-up ones."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.accuracy import SETS, read_rows

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = {"hotel_reviews.csv": "review", "telecom_nps.csv": "comment"}

WARM_UP = [
    "The room was lovely, but the breakfast was cold.",
    "Nobody answered the phone!",
    "Das Zimmer war leider sehr laut.",
    "Heavenly bed, heavenly bath, hellish bill.",
]
"""Read once before anything is timed. The last one is a case for the language model, so that it is
loaded."""


def speed_corpora(data: Path, limit: int | None) -> dict[str, list[str]]:
    """Distinct texts by corpus; a corpus whose files aren't there is named and left out."""
    found = {
        "sentences": _from_sets(data, ("own_dev", "oats_hotels", "uci_sentences")),
        "reviews": _from_sets(data, ("hotel_reviews_with_stars",)),
        "samples": _from_samples(ROOT / "data" / "samples"),
    }
    return {name: _distinct(texts)[:limit] for name, texts in found.items() if texts}


def _from_sets(data: Path, names: Iterable[str]) -> list[str]:
    texts: list[str] = []
    for name in names:
        path = data / SETS[name].path
        if path.is_file():
            texts += [row["text"] for row in read_rows(path)]
        else:
            print(f"skipped in the speed measures: {path} is not there")
    return texts


def _from_samples(folder: Path) -> list[str]:
    texts: list[str] = []
    for name, column in SAMPLES.items():
        path = folder / name
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                texts += [row[column] or "" for row in csv.DictReader(lines)]
    return texts


def _distinct(texts: Iterable[str]) -> list[str]:
    """Without blanks and repeats, shuffled the same way each time.

    An engine may read a sentence once however often it stands in a batch, so a repeat would be
    faster than a text.
    """
    kept = [text for text in dict.fromkeys(texts) if text.strip()]
    random.Random(0).shuffle(kept)
    return kept


def _emoji(length: int, draw: random.Random) -> str:
    return "".join(draw.choices("😀😡🎉🙂😭👍👎❤", k=length))


def _kind_of(length: int, draw: random.Random) -> str:
    return ("kind of " * (length // 8 + 1))[:length]


def _prose(length: int, draw: random.Random) -> str:
    """Plain sentences of which hardly two are the same."""
    things = ("room", "lift", "waiter", "app", "breakfast", "parcel", "queue", "pool", "bill")
    verdicts = ("was clean", "was broken again", "took {} minutes", "cost {} euros", "was lovely")
    parts: list[str] = []
    size = 0
    while size < length:
        first, second = draw.sample(things, 2)
        number = draw.randint(2, 99_999)
        verdict, other = (v.format(number) for v in draw.sample(verdicts, 2))
        parts.append(f"The {first} {verdict}, but the {second} {other} on day {number}. ")
        size += len(parts[-1])
    return "".join(parts)[:length]


LONG_TEXTS: Mapping[str, Callable[[int, random.Random], str]] = {
    "emoji only": _emoji,
    '"kind of" only': _kind_of,
    "ordinary sentences": _prose,
}


def long_text(kind: str, length: int) -> str:
    """One text of exactly `length` characters."""
    return LONG_TEXTS[kind](length, random.Random(0))
