"""Write the theme of each opinion into an analysis, and choose quotes by theme."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.discover.cluster import Ints
from verbatim.discover.columns import THEME
from verbatim.discover.model import Model
from verbatim.discover.said import KEY, folded_opinions
from verbatim.drivers.cells import lay_out, place
from verbatim.drivers.columns import OVERALL, QUOTES
from verbatim.drivers.evidence import MAX_CANDIDATES, candidates, quotes, surest
from verbatim.errors import OptionError
from verbatim.grouping import group
from verbatim.schema import ID

POOL = 20
"""Quotes of each theme and side that are held, so that some are left for its parts."""

_SAID = {name: f"said_{name}" for name in KEY}
"""Columns of the pool beside those of quotes: what an opinion says, by which it has its theme."""
_OPINION = [ID, "sentence", "theme", "label", "target", "assessment"]


def tag(model: Model, analysis: Analysis) -> Analysis:
    """Add the column ``theme`` to the opinions, and the names of the themes to ``meta``."""
    return _tagged(model, analysis, folded_opinions(analysis))


def _tagged(model: Model, analysis: Analysis, rows: pd.DataFrame) -> Analysis:
    found = model.shown(_assign(model, rows))
    ids = np.array([*(theme.id for theme in model.themes), None], dtype=object)
    opinions = analysis.opinions.assign(theme=pd.array(ids[found], dtype="str"))
    names = {
        theme.id: {"name": theme.name, "driver": theme.driver}
        for theme in model.themes
        if not theme.dropped
    }
    meta = {**analysis.meta, "themes": names}
    return Analysis({**analysis.tables, "opinions": opinions}, meta)


def _assign(model: Model, rows: pd.DataFrame) -> Ints:
    """Theme of each row; what is said often is placed once."""
    grouped = rows.groupby(KEY, sort=True)
    phrases = grouped.size().reset_index()[KEY]
    return model.assign(phrases)[np.asarray(grouped.ngroup(), dtype=np.int64)]


def reported(analysis: Analysis) -> dict[str, str]:
    """Names of the drivers that an analysis reports, by id; none if it doesn't say."""
    drivers: Mapping[str, Mapping[str, str]] = analysis.meta["taxonomy"].get("drivers", {})
    return {
        driver: about.get("name") or driver
        for driver, about in drivers.items()
        if not (about.get("drop") or about.get("into"))
    }


def check_drivers(model: Model, analysis: Analysis) -> None:
    """Raise `OptionError` if no theme is of a driver of the analysis; warn if some are not."""
    known = reported(analysis)
    asked = set(model.scope.tolist()) - {OVERALL}
    missing = sorted(asked - set(known))
    if not known or not missing:
        return
    taxonomy = analysis.meta["taxonomy"]["name"]
    if len(missing) == len(asked):
        raise OptionError(
            f"the themes are of drivers ({', '.join(missing)}) that the analysis hasn't, made with "
            f"the taxonomy {taxonomy!r}; analyse with the taxonomy that they were found with, or "
            "discover themes in it"
        )
    warnings.warn(
        f"themes of these drivers take nothing: {', '.join(missing)}; the analysis, made with the "
        f"taxonomy {taxonomy!r}, has no such drivers",
        UserWarning,
        stacklevel=3,
    )


def quotes_of(model: Model, analysis: Analysis, n_quotes: int) -> pd.DataFrame:
    """Pool of quotes for each theme and side, chosen as the driver scores choose them.

    The first `n_quotes` of each are shown; where none are, none is held.
    """
    rows = folded_opinions(analysis)
    tagged = _tagged(model, analysis, rows)
    cells = lay_out(tagged, group({}, len(tagged)), "theme")
    most = MAX_CANDIDATES if n_quotes else 0
    pool: list[pd.DataFrame] = []
    for opinions in place(tagged, cells):
        pool = [surest([*pool, candidates(opinions, most)], most)]
    held = max(POOL, n_quotes) if n_quotes else 0
    chosen = quotes(pool[0], cells, np.arange(len(cells)), held)
    said = tagged.opinions[_OPINION].assign(**{new: rows[old] for old, new in _SAID.items()})
    said = said[said[ID].isin(chosen[ID])].drop_duplicates(_OPINION)
    return chosen.merge(said, on=_OPINION, how="left")


def requoted(pool: pd.DataFrame, model: Model) -> pd.DataFrame:
    """The quotes that there are, each with the theme that it belongs to in another model."""
    found = model.shown(model.assign(pool[list(_SAID.values())].set_axis(KEY, axis=1)))
    ids = np.array([*(theme.id for theme in model.themes), ""], dtype=object)
    drivers = np.array([*(theme.driver for theme in model.themes), ""], dtype=object)
    moved = pool.assign(driver=pd.array(drivers[found], "str"), theme=pd.array(ids[found], "str"))
    moved = moved[found >= 0].drop_duplicates(["theme", "label", ID, "sentence"])
    theme = pd.factorize(moved["theme"])[0]
    against = moved["label"].ne("positive").to_numpy(dtype=bool)
    moved = moved.iloc[np.lexsort((moved["rank"].to_numpy(), against, theme))]
    rank = moved.groupby(["theme", "label"]).cumcount() + 1
    return moved.assign(rank=rank.astype("int64")).reset_index(drop=True)


def shown(pool: pd.DataFrame, n_quotes: int) -> pd.DataFrame:
    """The best `n_quotes` of each theme and side."""
    columns = [column.name for column in (*THEME, *QUOTES)]
    return pool[pool["rank"] <= n_quotes][columns].reset_index(drop=True)
