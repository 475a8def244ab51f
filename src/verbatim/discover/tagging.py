"""Write the theme of each opinion into an analysis, and choose quotes by theme."""

from __future__ import annotations

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.discover.cluster import Ints
from verbatim.discover.columns import THEME
from verbatim.discover.model import Model
from verbatim.discover.phrases import ASSESSMENT, TARGET, fold
from verbatim.discover.said import KEY, driver_of, folded_opinions
from verbatim.drivers.cells import lay_out, place
from verbatim.drivers.columns import QUOTES, typed
from verbatim.drivers.evidence import MAX_CANDIDATES, candidates, quotes, surest
from verbatim.grouping import group


def tag(model: Model, analysis: Analysis) -> Analysis:
    """Add the column ``theme`` to the opinions, and the names of the themes to ``meta``."""
    found = model.shown(_assign(model, folded_opinions(analysis)))
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


def quotes_of(tagged: Analysis, n_quotes: int) -> pd.DataFrame:
    """Up to `n_quotes` for each theme and side, as the driver scores choose them."""
    cells = lay_out(tagged, group({}, len(tagged)), "theme")
    most = MAX_CANDIDATES if n_quotes else 0
    pool: list[pd.DataFrame] = []
    for opinions in place(tagged, cells):
        pool = [surest([*pool, candidates(opinions, most)], most)]
    return quotes(pool[0], cells, np.arange(len(cells)), n_quotes)


def requoted(held: pd.DataFrame, model: Model, n_quotes: int) -> pd.DataFrame:
    """The quotes that there are, each with the theme that it belongs to in another model."""
    rows = pd.DataFrame({"driver": driver_of(held["driver"])})
    for column, empty in (("target", TARGET), ("assessment", ASSESSMENT)):
        rows[column] = [fold(text, empty)[0] for text in held[column].astype("str").fillna("")]
    found = model.shown(model.assign(rows))
    ids = np.array([*(theme.id for theme in model.themes), None], dtype=object)
    moved = held.assign(theme=ids[found])[found >= 0]
    moved = moved.sort_values(["driver", "theme", "label", "rank", "text"], kind="stable")
    rank = moved.groupby(["theme", "label"]).cumcount() + 1
    moved = moved.assign(rank=rank)[rank <= n_quotes].reset_index(drop=True)
    columns = (*THEME, *QUOTES)
    return typed(columns, {column.name: moved[column.name] for column in columns})
