r"""Name themes with the words that set them apart, as customers write them.

Terms are the things judged and the judgements that occur as a whole somewhere ("lift", "waiting
time", "slow"); a longer phrase holds those that are part of it. How telling a term t is for the
theme c is its class-based TF-IDF (Grootendorst 2022),

.. math:: \frac{n_{tc}}{n_c} \log\Bigl(1 + \frac{A}{n_t}\Bigr)

with :math:`n_{tc}` the reviews of the theme that hold it, :math:`n_c` all of the theme,
:math:`n_t` those of all themes and A the mean of :math:`n_c`.

A name is the most telling thing and, where many say the same of it and few do so elsewhere, the
judgement, in the order in which customers put the two.

References
----------
M. Grootendorst (2022), BERTopic: Neural topic modeling with a class-based TF-IDF procedure,
arXiv:2203.05794.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.discover.cluster import Floats, Ints
from verbatim.discover.model import Model, Theme
from verbatim.discover.phrases import NEGATIONS, stems
from verbatim.discover.said import Said

Term = tuple[str, ...]
Rows = Sequence[Mapping[str, Any]]

MOST_PHRASES = 400
"""Phrases of a theme that its name is made from, the most frequent."""
LONGEST = 3
KEYWORDS = 6

COMMON = 0.15
"""Share of a theme's reviews from which a term is common in it and may name it."""
APART = 3.0
"""How much more common than elsewhere a judgement must be to stand in a name."""
BEFORE = 0.1
"""Share of reviews that put a judgement first from which a name does."""
SPECIFIC = 0.16
"""Weight from which a word is of some drivers more than of others."""


@dataclass(frozen=True, eq=False, slots=True)
class Terms:
    """Terms of one kind, targets or assessments.

    Attributes
    ----------
    table : DataFrame
        ``theme``, ``term``, ``n`` reviews, ``score``, ``share`` of the theme's reviews, ``lift`` of
        that share over the one in all other themes; by theme, the most telling first.
    form : mapping
        How each term is written.
    before : mapping
        Share of the reviews that put an assessment right before what it is about, of all that name
        that, as in "slow lift".
    """

    table: pd.DataFrame
    form: Mapping[Term, str]
    before: Mapping[Term, float]

    def of(self, theme: int) -> list[dict[str, Any]]:
        """Rows of one theme."""
        rows = self.table[self.table["theme"] == theme]
        return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]


def name_new(said: Said, model: Model) -> Model:
    """Give a name, keywords and an id to every theme that has no id yet."""
    new = [i for i, theme in enumerate(model.themes) if not theme.id]
    if not new:
        return model
    table = _phrases(said, model.assign(said.phrases))
    size = np.bincount(table["theme"], table["n"], len(model.themes)).astype(np.float64)
    kinds = [_terms(table, kind, size) for kind in ("target", "assessment")]
    themes = list(model.themes)
    taken = {theme.id for theme in themes}
    names = {(theme.driver, stems(theme.name.casefold())) for theme in themes if theme.id}
    for i in sorted(new, key=lambda i: (-size[i], i)):
        rows = table[table["theme"] == i]
        named = _named(themes[i], i, kinds, rows, model, names)
        themes[i] = replace(named, id=_free(f"{named.driver}/{slug(named.name)}", taken))
        taken.add(themes[i].id)
        names.add((named.driver, stems(named.name.casefold())))
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


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _phrases(said: Said, theme: Ints) -> pd.DataFrame:
    """The most frequent phrases of each theme, with the reviews that hold each."""
    n = said.reviews_of(said.phrase, len(said.phrases))
    negative = np.bincount(said.phrase, said.side == 1, minlength=len(n))
    positive = np.bincount(said.phrase, said.side == 0, minlength=len(n))
    table = said.phrases.assign(theme=theme, n=n, net=positive - negative)
    table = table[table["theme"] >= 0]
    order = table.sort_values(["theme", "n"], ascending=[True, False], kind="stable")
    return order.groupby("theme").head(MOST_PHRASES).reset_index(drop=True)


def _terms(table: pd.DataFrame, kind: str, size: Floats) -> Terms:
    held = table[table[kind] != ""]
    whole = [stems(text) for text in held[kind]]
    form = _forms(held, kind, whole)
    parts = [[part for part in _parts(term) if part in form] for term in whole]
    rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    flat = pd.DataFrame(
        {
            "theme": held["theme"].to_numpy()[rows],
            "term": _objects([part for each in parts for part in each]),
            "n": held["n"].to_numpy()[rows],
        }
    )
    n = flat.groupby(["theme", "term"], sort=True)["n"].sum().reset_index()
    total = n.groupby("term")["n"].transform("sum").to_numpy()
    of_theme = size[n["theme"].to_numpy(dtype=np.int64)]
    share = np.minimum(n["n"].to_numpy() / np.where(of_theme > 0, of_theme, 1), 1)
    others = size.sum() - of_theme
    elsewhere = np.where(others > 0, (total - n["n"].to_numpy() + 0.5) / (others + 1), 0)
    mean = size[size > 0].mean() if (size > 0).any() else 1.0
    score = share * np.log1p(mean / np.where(total > 0, total, 1))
    scored = n.assign(
        share=share,
        lift=np.divide(share, elsewhere, out=np.full(len(n), np.inf), where=elsewhere > 0),
        score=np.round(score, 9),
    )
    order = scored.sort_values(["theme", "score", "term"], ascending=[True, False, True])
    return Terms(
        order.reset_index(drop=True), form, _before(held, parts) if kind != "target" else {}
    )


def _before(held: pd.DataFrame, parts: Sequence[Sequence[Term]]) -> dict[Term, float]:
    both = (held["target"] != "").to_numpy()
    rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    terms = _objects([part for each in parts for part in each])
    n = (held["n"].to_numpy() * both)[rows]
    table = pd.DataFrame({"term": terms, "n": n, "before": held["before"].to_numpy()[rows]})
    total = table[table["n"] > 0].groupby("term").sum()
    return dict(zip(total.index, total["before"] / total["n"], strict=True))


def _forms(held: pd.DataFrame, kind: str, whole: Sequence[Term]) -> dict[Term, str]:
    """How each term of at most `LONGEST` words is written most."""
    counts = pd.DataFrame(
        {
            "term": _objects(whole),
            "form": held[f"{kind}_form"].to_numpy(),
            "n": held["n"].to_numpy(),
        }
    )
    counts = counts[np.array([len(term) <= LONGEST for term in whole], dtype=bool)]
    ranked = counts.groupby(["term", "form"])["n"].sum().reset_index()
    ranked["capitals_last"] = ranked["form"].str.swapcase()
    ranked = ranked.sort_values(["term", "n", "capitals_last"], ascending=[True, False, True])
    first = ranked.drop_duplicates("term")
    return dict(zip(first["term"], first["form"], strict=True))


def _parts(term: Term) -> set[Term]:
    """Runs of at most `LONGEST` words, but for a bare "no"."""
    n = len(term)
    runs = {term[i:j] for i in range(n) for j in range(i + 1, min(i + LONGEST, n) + 1)}
    return {run for run in runs if not set(run) <= NEGATIONS}


def _objects(values: Sequence[Any]) -> NDArray[Any]:
    """Array of tuples, which numpy would otherwise make a table of."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _named(
    theme: Theme,
    i: int,
    kinds: Sequence[Terms],
    rows: pd.DataFrame,
    model: Model,
    names: set[tuple[str, Term]],
) -> Theme:
    targets, assessments = (kind.of(i) for kind in kinds)
    keywords = _keywords(targets, assessments, kinds)
    judged = [row for row in assessments if _is_common(row) and _tells(row, rows, model)]
    things = [row for row in targets if _is_common(row, COMMON / (2 if judged else 1))]
    name = _compose(things[:1], judged[:1], rows, kinds) or _most_common(
        targets, assessments, kinds
    )
    for word in keywords:
        if (theme.driver, stems(name.casefold())) not in names:
            break
        if not set(stems(word.casefold())) <= set(stems(name.casefold())):
            name = f"{name}, {word}"
    return replace(theme, name=name or theme.driver, keywords=tuple(keywords))


def _is_common(row: Mapping[str, Any], share: float = COMMON) -> bool:
    return bool(row["share"] >= share and row["n"] > 1)


def _compose(things: Rows, judged: Rows, rows: pd.DataFrame, kinds: Sequence[Terms]) -> str:
    """Thing and judgement, in the order in which customers put them."""
    thing = "".join(kinds[0].form[row["term"]] for row in things)
    how = "".join(kinds[1].form[row["term"]] for row in judged)
    if not (thing and how):
        return thing or how
    term = judged[0]["term"]
    if any(_alike(one, other) for one in things[0]["term"] for other in term):
        return thing if len(term) <= len(things[0]["term"]) else how
    return f"{how} {thing}" if kinds[1].before.get(term, 0) >= BEFORE else f"{thing} {how}"


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one, as wait and waited: they begin alike."""
    least = max(4, ceil(0.75 * min(len(one), len(other))))
    return one == other or one[:least] == other[:least]


def _most_common(targets: Rows, assessments: Rows, kinds: Sequence[Terms]) -> str:
    """Where nothing is common: what most reviews hold."""
    rows = [(row, kinds[0]) for row in targets] + [(row, kinds[1]) for row in assessments]
    rows.sort(key=lambda pair: (-pair[0]["share"], pair[0]["term"]))
    return next((kind.form[row["term"]] for row, kind in rows), "")


def _tells(row: Mapping[str, Any], rows: pd.DataFrame, model: Model) -> bool:
    """Whether a judgement says what the theme is about, and most of the theme is of its side."""
    holds = _holding(row["term"], rows)
    words = {word for text in rows["assessment"][holds] for word in text.split()}
    weight = max(
        (model.weights.get(word, 1.0) for word in words if stems(word)[0] in row["term"]),
        default=0.0,
    )
    agrees = rows["net"][holds].sum() * rows["net"].sum() >= 0
    return bool(weight >= SPECIFIC and row["lift"] >= APART and agrees)


def _holding(term: Term, rows: pd.DataFrame) -> NDArray[np.bool_]:
    return np.array([term in _parts(stems(text)) for text in rows["assessment"]], dtype=bool)


def _keywords(targets: Rows, assessments: Rows, kinds: Sequence[Terms]) -> list[str]:
    """The most telling terms of both kinds, each word once."""
    rows = [(row, kinds[0]) for row in targets] + [(row, kinds[1]) for row in assessments]
    rows.sort(key=lambda pair: (-pair[0]["score"], pair[0]["term"]))
    words: list[str] = []
    seen: set[str] = set()
    for row, kind in rows:
        if len(words) < KEYWORDS and row["n"] > 1 and not set(row["term"]) & seen:
            words.append(kind.form[row["term"]])
            seen |= set(row["term"])
    return words
