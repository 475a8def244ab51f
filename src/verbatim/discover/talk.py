"""What one theme's reviews talk of, and the names that this makes, the best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verbatim.discover.candidates import Term
from verbatim.discover.phrases import NEGATIONS, stems
from verbatim.discover.terms import Terms
from verbatim.discover.words import GENERIC, PARTICLES, PREDICATIVE, UNFINISHED

Row = Mapping[str, Any]
Rows = Sequence[Row]

KEYWORDS = 6
COMMON = 0.2
"""Share of a theme's reviews from which a term may name it."""
PAIR = 0.08
"""The same for a judgement of a thing that could not name it alone."""
FEW = 3
"""Reviews that say what stands in a name, at least."""
APART = 2.0
"""How much more common than elsewhere a term must be to name a theme."""
TWO = 2
"""Reviews that put the two parts of a name together, at least."""
TOGETHER = 0.2
"""Share of the reviews with a thing from which its judgement stands beside it, or the reverse."""
LONGER = 0.5
"""Share of the reviews with a thing from which a longer phrase stands for it."""
AGREES = 0.6
"""Share of a theme's opinions that must be on the side of a judgement in its name."""


@dataclass(frozen=True, eq=False, slots=True)
class Talk:
    """The terms of one theme, the most telling first."""

    theme: int
    rows: Rows
    size: float
    positive: float
    negative: float
    terms: Terms
    driver: frozenset[str]
    """Words of the driver's name."""
    plain: frozenset[str]
    """Words of things that can't tell themes apart."""

    def is_plain(self, thing: Term) -> bool:
        """Whether a thing says nothing beyond its driver, or is the name of somebody."""
        written = self.terms.form.get((self.theme, thing), "")
        return set(thing) <= self.plain | GENERIC or (len(thing) == 1 and written.istitle())

    def is_common(self, row: Row) -> bool:
        """Whether enough of the theme's reviews hold a term."""
        return bool(row["n"] >= max(FEW, COMMON * self.size))

    def tells(self, row: Row) -> bool:
        """Whether a term may name the theme by itself."""
        if row["thing"] and (row["how"] or self.is_plain(row["thing"])):
            return False
        if row["how"] and not set(row["how"]) - GENERIC:
            return False
        return bool(row["lift"] >= APART)

    def agrees(self, row: Row) -> bool:
        """Whether most of the theme is of the side that a judgement is on."""
        sides = self.positive, self.negative
        of_row = row["positive"], row["negative"]
        if of_row[0] == of_row[1] or not sum(sides):
            return sum(sides) == 0 or of_row[0] == of_row[1] == 0
        return bool(sides[of_row[0] < of_row[1]] >= AGREES * sum(sides))

    def candidates(self) -> Iterator[str]:
        """Names, the best first."""
        telling = [row for row in self.rows if self.tells(row)]
        pairs = [row for row in self.rows if row["how"] and row["thing"] and self.agrees(row)]
        own = [row for row in self.rows if not row["how"] and set(row["thing"]) <= self.driver]
        least = PAIR * self.size
        for row in telling:
            if self.is_common(row) and (row["thing"] or self.agrees(row)):
                yield self.completed(row)
        yield from (self.written(row) for row in pairs if row["n"] >= max(TWO, least))
        for row in own:
            if row["n"] >= max(FEW, least) and row["lift"] >= APART:
                yield self.written(row)
        yield from (self.completed(row) for row in telling if row["n"] >= max(FEW, least))

    def completed(self, row: Row) -> str:
        """A thing with its judgement, or the reverse; "" for a judgement that needs a thing."""
        if row["how"]:
            with_it = [one for one in self.rows if one["how"] == row["how"] and one["thing"]]
        else:
            row = self.longer(row)
            if row["how"]:
                return self.written(row)
            with_it = [
                one
                for one in self.rows
                if one["thing"] == row["thing"] and set(one["how"]) - GENERIC and self.agrees(one)
            ]
        least = max(TWO, TOGETHER * row["n"])
        found = [one for one in with_it if one["n"] >= least]
        if not found and set(row["how"]) & UNFINISHED:
            return "" if len(row["how"]) == 1 else self.written(row)
        return self.written(max(found, key=lambda one: (one["n"], one["score"]), default=row))

    def longer(self, row: Row) -> Row:
        """The longest phrase around a thing that stands for most of its reviews.

        That may be a verb with its particle, as "sign in".
        """
        found = [
            one
            for one in self.rows
            if one["n"] >= max(FEW, LONGER * row["n"])
            and (
                (one["how"][:-1] == row["thing"] and one["how"][-1] in PARTICLES)
                if one["how"]
                else set(one["thing"]) > set(row["thing"])
            )
        ]
        return max(found, key=lambda one: (len(one["thing"]), one["n"]), default=row)

    def written(self, row: Row) -> str:
        """How a term is written, without a "not" that a good part of the theme doesn't say."""
        form = self.terms.form
        how, thing = (form.get((self.theme, row[part]), "") for part in ("how", "thing"))
        if len(row["how"]) > 1 and row["how"][0] in NEGATIONS and not self.agrees(row):
            how = how.partition(" ")[2]
        if set(row["how"]) & PREDICATIVE:
            how, thing = thing, how
        return f"{how} {thing}".strip()

    def anything(self, least: int = 1) -> str:
        """What most reviews hold, where nothing may name the theme: a thing rather than not.

        What a single review holds, such as a misspelt word, comes last. "" if no `least` reviews
        have something in common that could be a name.
        """
        single = [
            row
            for row in self.rows
            if not (row["how"] and row["thing"]) and not (set(row["how"]) & UNFINISHED)
            if row["n"] >= least
        ]
        held = [row for row in single if row["n"] >= TWO] or single
        order = sorted(held, key=lambda row: (not row["thing"], -row["n"], -row["score"]))
        return next((self.written(row) for row in order), "")

    def told_apart(self, name: str) -> Iterator[str]:
        """A name that another theme has, with words that it doesn't hold yet."""
        for row in self.rows:
            words = self.written(row).split()
            new = [word for word in words if not words_of(word) <= words_of(name)]
            if new and row["n"] > 1:
                yield f"{name}, {' '.join(new)}"

    def keywords(self) -> tuple[str, ...]:
        """The most telling terms, each word once."""
        words: list[str] = []
        seen: set[str] = set()
        for row in self.rows:
            both = {*row["how"], *row["thing"]}
            if len(words) < KEYWORDS and row["n"] > 1 and not both & seen:
                words.append(self.written(row))
                seen |= both
        return tuple(words)


def words_of(name: str) -> frozenset[str]:
    """Stems of the words of a name, whatever their order."""
    return frozenset(stems(name.casefold()))
