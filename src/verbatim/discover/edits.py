"""Edits of themes: each makes a new model, and one line of a log that can be replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from verbatim.discover.cluster import MOST_SEEDS, Floats, Ints, means, nearest, ward
from verbatim.discover.fit import phrase_reviews
from verbatim.discover.model import Model, Theme
from verbatim.discover.naming import name_new, named_anyway
from verbatim.discover.points import Vectors
from verbatim.discover.said import Said
from verbatim.drivers.options import integer
from verbatim.errors import OptionError

Entry = Mapping[str, Any]
"""One edit: ``edit``, ``themes`` by id, and what it was told."""


def rename(model: Model, theme: str, name: str) -> tuple[Model, Entry]:
    """Give a theme another name; its id stays."""
    name, i = _readable(name), model.index(theme)
    _check_free(model, name, [i])
    return model.edited(i, name=name), _entry("rename", model, [i], name=name)


def pin(model: Model, themes: Sequence[str]) -> tuple[Model, Entry]:
    """Keep themes, however few reviews hold them later."""
    found = _indices("pin", model, themes)
    for i in found:
        model = model.edited(i, pinned=True)
    return model, _entry("pin", model, found)


def drop(model: Model, themes: Sequence[str]) -> tuple[Model, Entry]:
    """Take themes out: what belongs to them counts as unassigned and isn't found again."""
    found = _indices("drop", model, themes)
    entry = _entry("drop", model, found)
    for i in found:
        model = model.edited(i, dropped=True)
    return model, entry


def merge(model: Model, themes: Sequence[str], name: str | None) -> tuple[Model, Entry]:
    """Make one theme of several; the first keeps its driver, its id, and its name unless told.

    It takes opinions of all their drivers.
    """
    told = {} if name is None else {"name": _readable(name)}
    found = _indices("merge", model, themes)
    if len(found) < 2:
        raise OptionError(f"merge needs two themes or more; {list(themes)!r} names {len(found)}")
    first, *others = found
    if "name" in told:
        _check_free(model, told["name"], found)
    keywords = dict.fromkeys(word for i in found for word in model.themes[i].keywords)
    entry = _entry("merge", model, found, **told)
    owner = np.where(np.isin(model.owner, others), first, model.owner)
    model = replace(model, owner=owner).edited(
        first,
        name=told.get("name", model.themes[first].name),
        keywords=tuple(keywords),
        pinned=any(model.themes[i].pinned for i in found),
    )
    return model.without(others), entry


def split(model: Model, said: Said, theme: str, into: int) -> tuple[Model, Entry]:
    """Make several themes of one; the largest part keeps its id and name, the others get new ones.

    Parts with fewer than one review can't be: a theme whose opinions all say the same stays whole.
    """
    i, into = model.index(theme), integer("into", into, 2)
    rows = np.flatnonzero(model.assign(said.phrases) == i)
    points = model.place(said.phrases.iloc[rows])
    reviews = phrase_reviews(said)[rows]
    centres = _parts(points, reviews, into)
    if len(centres) < into:
        raise OptionError(
            f"theme {model.themes[i].id!r} can't be split into {into}: its opinions differ too "
            f"little ({len(rows)} different phrases)"
        )
    size = np.bincount(nearest(points, centres)[0], reviews, len(centres))
    order = np.argsort(-size, kind="stable")
    kept = model.owner != i
    n = len(model.themes)
    whole = model.themes[i]
    parts = [Theme("", "", whole.driver, pinned=whole.pinned) for _ in order[1:]]
    drivers = np.unique(model.scope[~kept])
    owner = np.array([i, *range(n, n + len(parts))], np.int64)
    grown = replace(
        model,
        themes=(*model.themes, *parts),
        centres=np.concatenate([model.centres[kept], *[centres[order]] * len(drivers)]),
        owner=np.concatenate([model.owner[kept], *[owner] * len(drivers)]),
        scope=np.concatenate([model.scope[kept], np.repeat(drivers, len(owner))]),
    )
    return named_anyway(name_new(said, grown), whole.name), _entry("split", model, [i], into=into)


def _parts(points: Vectors, reviews: Floats, into: int) -> Vectors:
    """Ward's clusters of the phrases, cut where there are `into` of them."""
    order = np.lexsort((np.arange(len(points)), -reviews))[:MOST_SEEDS]
    joined = ward(points[order], reviews[order], np.inf, into)
    centres = means(points[order], reviews[order], joined, int(joined.max(initial=-1)) + 1)
    return centres[centres.any(axis=1)]


def _readable(name: object) -> str:
    if not isinstance(name, str) or not name.strip():
        raise OptionError(
            f"name={name!r} can't be read; give the theme a name, such as 'Slow lift'"
        )
    if len(name.splitlines()) > 1:
        raise OptionError(f"name={name!r} has a line break; give the theme a name of one line")
    return name.strip()


def _check_free(model: Model, name: str, own: Sequence[int]) -> None:
    """Raise `OptionError` where another theme of the driver has that name."""
    driver = model.themes[own[0]].driver
    for i, theme in enumerate(model.themes):
        if i not in own and not theme.dropped and (theme.driver, theme.name) == (driver, name):
            raise OptionError(
                f"theme {theme.id!r} is named {name!r} already; give another name, or merge the two"
            )


def _indices(edit: str, model: Model, themes: Sequence[str]) -> list[int]:
    if not themes:
        raise OptionError(f"{edit} needs a theme; name one, such as {edit}('Slow lift')")
    for theme in themes:
        if not isinstance(theme, str):
            raise OptionError(
                f"{theme!r} names no theme; give ids or names one by one: {edit}('first', 'second')"
            )
    return list(dict.fromkeys(model.index(theme) for theme in themes))


def _entry(edit: str, model: Model, themes: Sequence[int] | Ints, **told: Any) -> Entry:
    return {"edit": edit, "themes": [model.themes[i].id for i in themes], **told}
