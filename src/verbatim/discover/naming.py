"""Name themes with the words that set them apart, as customers write them.

A name is the most telling thing ("lift"), judgement ("friendly") or saying ("never answers") of
those that enough reviews of the theme hold, with the judgement of that thing, or the thing of that
judgement, that goes with it: "slow lift". What names the driver, and what fits everything, as
"place" and "good", names a theme only in such a pair ("great location"), or where there is nothing
else. How telling a term is, says `verbatim.discover.terms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from verbatim.discover.candidates import Term
from verbatim.discover.model import Model
from verbatim.discover.phrases import stem, stems
from verbatim.discover.said import Said
from verbatim.discover.terms import Terms, count_terms
from verbatim.discover.words import GENERAL, GENERIC, PREDICATIVE, UNFINISHED

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
EVERYWHERE = 0.25
"""Share of the themes from which a thing that they talk of says nothing of one."""
LONGER = 0.5
"""Share of the reviews with a thing from which a longer phrase stands for it."""
AGREES = 0.6
"""Share of a theme's opinions that must be on the side of a judgement in its name."""


@dataclass(frozen=True, eq=False, slots=True)
class _Talk:
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
        """The longest phrase around a thing that stands for most of its reviews."""
        found = [
            one
            for one in self.rows
            if not one["how"]
            and set(one["thing"]) > set(row["thing"])
            and one["n"] >= max(FEW, LONGER * row["n"])
        ]
        return max(found, key=lambda one: (len(one["thing"]), one["n"]), default=row)

    def written(self, row: Row) -> str:
        form = self.terms.form
        how, thing = (form.get((self.theme, row[part]), "") for part in ("how", "thing"))
        if set(row["how"]) & PREDICATIVE:
            how, thing = thing, how
        return f"{how} {thing}".strip()

    def anything(self) -> str:
        """What most reviews hold, where nothing may name the theme: a thing rather than not."""
        single = [row for row in self.rows if not (row["how"] and row["thing"])]
        order = sorted(single, key=lambda row: (not row["thing"], -row["n"], -row["score"]))
        return next((self.written(row) for row in order), "")

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


def name_new(said: Said, model: Model) -> Model:
    """Give a name, keywords and an id to every theme that has no id yet."""
    new = [i for i, theme in enumerate(model.themes) if not theme.id]
    if not new:
        return model
    terms = count_terms(said, model.assign(said.phrases), len(model.themes))
    talks = _talks(terms, model, _plain_words(said, terms))
    themes = list(model.themes)
    taken = {theme.id for theme in themes}
    names = {(theme.driver, _words(theme.name)) for theme in themes if theme.id}
    known = frozenset(names)
    for i in sorted(new, key=lambda i: (-terms.size[i], i)):
        driver, talk = themes[i].driver, talks[i]
        found = [one for one in talk.candidates() if one] or [talk.anything() or driver]
        if (driver, _words(found[0])) in known:
            found += [f"{found[0]}, {word}" for word in talk.keywords()]
        name = next((one for one in found if (driver, _words(one)) not in names), found[0])
        free = _free(f"{driver}/{slug(name)}", taken)
        themes[i] = replace(themes[i], id=free, name=name, keywords=talk.keywords())
        taken.add(free)
        names.add((driver, _words(name)))
    return replace(model, themes=tuple(themes))


def names_in(said: Said, model: Model) -> dict[str, str]:
    """Names that these opinions alone would give to the themes, by id; no theme without any."""
    themes = tuple(replace(theme, id="", name="") for theme in model.themes)
    named = name_new(said, replace(model, themes=themes)).themes
    held = set(model.assign(said.phrases).tolist())
    pairs = enumerate(zip(model.themes, named, strict=True))
    return {theme.id: other.name for i, (theme, other) in pairs if i in held}


def slug(name: str) -> str:
    """Make the readable part of an id.

    Examples
    --------
    >>> slug("Wi-Fi: too slow!")
    'wi-fi-too-slow'
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "theme"


def _talks(terms: Terms, model: Model, plain: frozenset[str]) -> list[_Talk]:
    rows: list[list[Row]] = [[] for _ in model.themes]
    for row in terms.table.to_dict("records"):
        rows[row["theme"]].append({str(key): value for key, value in row.items()})
    of_driver = [_of_driver(theme.driver) for theme in model.themes]
    sides = zip(terms.size.tolist(), terms.positive.tolist(), terms.negative.tolist(), strict=True)
    return [
        _Talk(i, rows[i], size, positive, negative, terms, of_driver[i], plain)
        for i, (size, positive, negative) in enumerate(sides)
    ]


def _plain_words(said: Said, terms: Terms) -> frozenset[str]:
    """Words that name drivers, fit anything, or are talked of in very many themes."""
    things = terms.table[terms.table["how"].map(len).eq(0) & terms.table["n"].ge(TWO)]
    themes = things.groupby("thing")["theme"].nunique()
    many = themes[themes >= max(4, EVERYWHERE * (terms.size > 0).sum())].index
    drivers = np.unique(said.phrases["driver"].to_numpy(dtype=str)).tolist()
    words = {word for thing in many for word in thing}
    return GENERAL.union(words, *map(_of_driver, drivers))


def _of_driver(driver: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.split(r"[\W_]+", driver.casefold()))


def _words(name: str) -> frozenset[str]:
    return frozenset(stems(name.casefold()))


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
