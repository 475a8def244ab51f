"""Name themes with the words that set them apart, as customers write them.

A name is the most telling thing ("lift"), judgement ("friendly") or saying ("never answers") of
those that enough reviews of the theme hold, with the judgement of that thing, or the thing of that
judgement, that goes with it: "slow lift". What names the driver, and what fits everything, as
"place" and "good", names a theme only in such a pair ("great location"), or where there is nothing
else. How telling a term is, says `verbatim.discover.terms`.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from verbatim.discover.model import Model, Theme
from verbatim.discover.phrases import stem
from verbatim.discover.said import Said
from verbatim.discover.talk import TWO, Row, Talk, words_of
from verbatim.discover.terms import Terms, count_terms
from verbatim.discover.words import VAGUE

EVERYWHERE = 0.25
"""Share of the themes from which a thing that they talk of says nothing of one."""


def name_new(said: Said, model: Model, least: int = 1) -> Model:
    """Give a name, keywords and an id to every theme that has no id yet.

    A theme of which no `least` reviews have something in common that could name it gets none.
    """
    new = [i for i, theme in enumerate(model.themes) if not theme.id]
    if not new:
        return model
    terms = count_terms(said, model.assign(said.phrases), len(model.themes))
    talks = _talks(terms, model, _plain_words(said, terms))
    themes = list(model.themes)
    taken = {theme.id for theme in themes}
    names = {(theme.driver, words_of(theme.name)) for theme in themes if theme.id}
    known = frozenset(names)
    for i in sorted(new, key=lambda i: (-terms.size[i], i)):
        driver, talk = themes[i].driver, talks[i]
        found = [one for one in talk.candidates() if one] or [talk.anything(least)]
        if not found[0]:
            continue
        if (driver, words_of(found[0])) in known:
            found += list(talk.told_apart(found[0]))
        name = next((one for one in found if (driver, words_of(one)) not in names), found[0])
        if (driver, words_of(name)) in known:
            name = _numbered(name, {theme.name for theme in themes if theme.driver == driver})
        free = _free(f"{driver}/{slug(name)}", taken)
        themes[i] = replace(themes[i], id=free, name=name, keywords=talk.keywords())
        taken.add(free)
        names.add((driver, words_of(name)))
    return replace(model, themes=tuple(themes))


def name_apart(said: Said, model: Model, known: set[str]) -> Model:
    """Name the themes whose ids aren't `known`, and leave out those without a name of their own.

    When one goes, the others are named again: a name tells what sets a theme apart from those that
    there are.
    """
    named = name_new(said, model)
    while len((left := _with_names(_of_one_name(named, known))).themes) < len(named.themes):
        named = name_new(said, _without_names(left, known))
    return named


def _with_names(model: Model) -> Model:
    """Leave out themes that nothing could name."""
    return model.without([i for i, theme in enumerate(model.themes) if not theme.id])


def _without_names(model: Model, known: set[str]) -> Model:
    themes = [one if one.id in known else Theme("", "", one.driver) for one in model.themes]
    return replace(model, themes=tuple(themes))


def _of_one_name(model: Model, known: set[str]) -> Model:
    """Join new themes of a driver that no word tells apart: the first keeps its id."""
    first: dict[tuple[str, frozenset[str]], int] = {}
    into = np.arange(len(model.themes))
    new = [i for i, theme in enumerate(model.themes) if theme.id not in known]
    for i in sorted(new, key=lambda i: (len(model.themes[i].id), model.themes[i].id)):
        theme = model.themes[i]
        into[i] = first.setdefault((theme.driver, words_of(theme.name)), i)
    kept, owner = np.unique(into[model.owner], return_inverse=True)
    themes = tuple(model.themes[i] for i in kept)
    return replace(model, themes=themes, owner=owner.astype(np.int64))


def named_anyway(model: Model, name: str) -> Model:
    """Name the themes that `name_new` left without one after another that they come from."""
    themes, taken = list(model.themes), {theme.id for theme in model.themes}
    for i, theme in enumerate(themes):
        if not theme.id:
            free = _numbered(name, {one.name for one in themes if one.driver == theme.driver})
            key = _free(f"{theme.driver}/{slug(free)}", taken)
            themes[i] = replace(theme, id=key, name=free)
            taken.add(key)
    return replace(model, themes=tuple(themes))


def names_in(said: Said, model: Model) -> dict[str, str]:
    """Names that these opinions alone would give to the themes, by id; no theme without any."""
    themes = tuple(replace(theme, id="", name="") for theme in model.themes)
    named = name_new(said, replace(model, themes=themes), TWO).themes
    held = set(model.assign(said.phrases).tolist())
    pairs = enumerate(zip(model.themes, named, strict=True))
    return {theme.id: other.name for i, (theme, other) in pairs if i in held and other.name}


def slug(name: str) -> str:
    """Make the readable part of an id.

    Examples
    --------
    >>> slug("Wi-Fi: too slow!")
    'wi-fi-too-slow'
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "theme"


def _talks(terms: Terms, model: Model, plain: frozenset[str]) -> list[Talk]:
    rows: list[list[Row]] = [[] for _ in model.themes]
    for row in terms.table.to_dict("records"):
        rows[row["theme"]].append({str(key): value for key, value in row.items()})
    of_driver = [_of_driver(theme.driver) for theme in model.themes]
    sides = zip(terms.size.tolist(), terms.positive.tolist(), terms.negative.tolist(), strict=True)
    return [
        Talk(i, rows[i], size, positive, negative, terms, of_driver[i], plain)
        for i, (size, positive, negative) in enumerate(sides)
    ]


def _plain_words(said: Said, terms: Terms) -> frozenset[str]:
    """Words that name drivers, fit anything, or are talked of in very many themes."""
    things = terms.table[terms.table["how"].map(len).eq(0) & terms.table["n"].ge(TWO)]
    themes = things.groupby("thing")["theme"].nunique()
    many = themes[themes >= max(4, EVERYWHERE * (terms.size > 0).sum())].index
    drivers = np.unique(said.phrases["driver"].to_numpy(dtype=str)).tolist()
    words = {word for thing in many for word in thing}
    return VAGUE.union(words, *map(_of_driver, drivers))


def _of_driver(driver: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.split(r"[\W_]+", driver.casefold()))


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
