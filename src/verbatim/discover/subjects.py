r"""Things that are named more often since a date, whatever driver or theme they are read under.

What is new is new to the engine as well: complaints about gift cards may be read as ones about
payment, about the shop's rules and about the app, too few of each to be a theme. So beside the
themes each thing that is named is asked itself, by an exact test of one side (Fisher 1935): if the
date meant nothing, of :math:`K` reviews that name it among :math:`N`, how likely were
:math:`k` or more among the :math:`n` since the date?

.. math:: p = \sum_{i \ge k} \binom{n}{i} \binom{N - n}{K - i} \Big/ \binom{N}{K}

References
----------
R. A. Fisher (1935), The logic of inductive inference, Journal of the Royal Statistical Society 98,
39-82.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.comparison.discovery import q_values
from verbatim.comparison.permutation import log_factorials
from verbatim.discover.candidates import Term, learn, pairs
from verbatim.discover.cluster import Floats, Ints
from verbatim.discover.columns import SUBJECTS
from verbatim.discover.said import Said
from verbatim.discover.words import GENERIC, VAGUE
from verbatim.drivers.bootstrap import wilson
from verbatim.drivers.columns import typed

MOST_OF = 0.5
"""Share of the reviews that name a thing from which another thing, or a theme, stands for it."""
CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False, slots=True)
class Named:
    """What is named in which review.

    Attributes
    ----------
    terms : list of Term
    forms : list of str
        How each is written most.
    rows : DataFrame
        ``term``, ``review`` and ``phrase`` (row of ``said.phrases``) of each naming.
    """

    terms: list[Term]
    forms: list[str]
    rows: pd.DataFrame

    def counts(self, is_since: NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """Reviews before and since the date that name each."""
        once = self.rows.drop_duplicates(["term", "review"])
        term, since = once["term"].to_numpy(), is_since[once["review"].to_numpy()]
        n = len(self.terms)
        before, after = (np.bincount(term[part], minlength=n) for part in (~since, since))
        return before.astype(np.int64), after.astype(np.int64)


def named(said: Said) -> Named:
    """Find the things that are named; what fits everything, as "place", is none."""
    words = learn(said.phrases)
    forms: dict[Term, Counter[str]] = {}
    held: list[tuple[Term, int]] = []
    columns = (said.phrases[part].tolist() for part in ("target_form", "assessment_form"))
    for phrase, (target, assessment) in enumerate(zip(*columns, strict=True)):
        things = (runs[0] for (how, _), runs in pairs(target, assessment, words) if not how)
        for term, form in things:
            if not set(term) <= VAGUE | GENERIC:
                forms.setdefault(term, Counter())[form.casefold()] += 1
                held.append((term, phrase))
    terms = sorted(forms)
    code = {term: i for i, term in enumerate(terms)}
    found = pd.DataFrame(
        [(code[term], phrase) for term, phrase in held], columns=["term", "phrase"], dtype=np.int64
    )
    rows = found.merge(pd.DataFrame({"phrase": said.phrase, "review": said.review}), on="phrase")
    written = [min(forms[term], key=lambda form: (-forms[term][form], form)) for term in terms]
    return Named(terms, written, rows.drop_duplicates(ignore_index=True))


def subjects(
    said: Said,
    is_since: NDArray[np.bool_],
    sizes: tuple[int, int],
    least: int,
    themes: Sequence[str | None],
    fdr: float,
) -> tuple[pd.DataFrame, int]:
    """Things that grew, the surest first, and how many were asked.

    Parameters
    ----------
    said : Said
    is_since : bool array
        For each review, by its number, whether it is of the date or later.
    sizes : (int, int)
        Reviews read before and since.
    least : int
        Reviews that must name a thing for it to be asked.
    themes : sequence of str or None
        Id of the emerging theme of each phrase, if it is in one.
    fdr : float
    """
    things = named(said)
    before, since = things.counts(is_since)
    asked = np.flatnonzero(before + since >= least)
    p = np.ones(len(before))
    p[asked] = [tail(int(before[i]), int(since[i]), *sizes) for i in asked]
    q = np.ones(len(before))
    q[asked] = q_values(p[asked])
    grew = [int(i) for i in asked[np.argsort(p[asked], kind="stable")] if q[i] <= fdr]
    of_since = things.rows[is_since[things.rows["review"].to_numpy()]]
    reviews = {i: frozenset(rows) for i, rows in of_since.groupby("term")["review"]}
    kept = np.array(_apart(grew, things.terms, reviews), np.int64)
    held = {int(i): rows for i, rows in of_since[of_since["term"].isin(kept)].groupby("term")}
    drivers = said.phrases["driver"].to_numpy()
    low, high = _interval(before[kept], since[kept], sizes)
    data = {
        "subject": [things.forms[i] for i in kept],
        "drivers": [_most_first(held[i], drivers) for i in kept],
        "theme": [_theme(held[i], themes) for i in kept],
        "n_before": before[kept],
        "n_since": since[kept],
        "read_before": sizes[0],
        "read_since": sizes[1],
        "share_before": before[kept] / sizes[0],
        "share_since": since[kept] / sizes[1],
        "difference": since[kept] / sizes[1] - before[kept] / sizes[0],
        "low": low,
        "high": high,
        "p_value": p[kept],
        "q_value": q[kept],
    }
    return typed(SUBJECTS, data), len(asked)


def tail(before: int, since: int, read_before: int, read_since: int) -> float:
    """Chance that so many reviews since the date, or more, name what `before + since` name.

    Examples
    --------
    >>> round(tail(0, 3, 7, 3), 6)  # 1 of the 120 ways in which 3 of 10 can be chosen
    0.008333
    """
    total = before + since
    logs = log_factorials(read_before + read_since)

    def choose(n: int, k: Ints) -> Floats:
        return np.asarray(logs[n] - logs[k] - logs[n - k])

    k = np.arange(since, min(total, read_since) + 1)
    ways = choose(read_since, k) + choose(read_before, total - k)
    return float(np.exp(ways - choose(read_before + read_since, np.array(total))).sum().clip(0, 1))


def _apart(
    grew: Sequence[int], terms: Sequence[Term], reviews: Mapping[int, frozenset[int]]
) -> list[int]:
    """One of those that mostly the same reviews name in the same words, the longer one."""
    kept: list[int] = []
    for i in grew:
        if not any(_same(terms[i], terms[j], reviews[i], reviews[j]) for j in kept):
            longer = (
                j
                for j in grew
                if set(terms[j]) > set(terms[i])
                and len(reviews[j] & reviews[i]) >= MOST_OF * len(reviews[i])
            )
            kept.append(max(longer, key=lambda j: len(terms[j]), default=i))
    return kept


def _same(one: Term, other: Term, reviews: frozenset[int], others: frozenset[int]) -> bool:
    return bool(set(one) & set(other)) and len(reviews & others) >= MOST_OF * len(reviews)


def _most_first(rows: pd.DataFrame, drivers: NDArray[np.object_]) -> str:
    """Drivers under which a thing is named, that of most reviews first."""
    once = pd.DataFrame({"driver": drivers[rows["phrase"]], "review": rows["review"]})
    n = Counter(once.drop_duplicates()["driver"].tolist())
    return ", ".join(sorted(n, key=lambda driver: (-n[driver], driver)))


def _theme(rows: pd.DataFrame, themes: Sequence[str | None]) -> str | None:
    """The emerging theme that holds most of the reviews that name a thing, if one does."""
    of = rows.assign(theme=[themes[phrase] for phrase in rows["phrase"]]).dropna(subset="theme")
    n = Counter(of.drop_duplicates(["review", "theme"])["theme"].tolist())
    best = min(n, key=lambda theme: (-n[theme], theme), default=None)
    return best if best is not None and n[best] >= MOST_OF * rows["review"].nunique() else None


def _interval(before: Ints, since: Ints, sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    """Ends of Newcombe's interval of the difference of the shares."""
    value, reference = since / sizes[1], before / sizes[0]
    low, high = wilson(since, np.full(len(since), sizes[1]), CONFIDENCE)
    other_low, other_high = wilson(before, np.full(len(before), sizes[0]), CONFIDENCE)
    below = np.hypot(value - low, other_high - reference)
    above = np.hypot(high - value, reference - other_low)
    return value - reference - below, value - reference + above
