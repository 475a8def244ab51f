"""What the opinions of an analysis say, as counted phrases: all that discovery reads of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.discover.phrases import ASSESSMENT, TARGET, WORD, fold
from verbatim.drivers.columns import OVERALL
from verbatim.schema import ID
from verbatim.weights.columns import was_read

Ints = NDArray[np.int64]

_PARTICLE = re.compile(r" (?:away|back|down|off|out|up)\b", re.IGNORECASE)
"""What ends a verb that an engine may have cut."""
_CUT = re.compile(r"\b(?:come|came|call|called|go|going|went)$", re.IGNORECASE)
"""Such a verb: "come" of "come back"."""
_OPENING = re.compile(r"\bto be $", re.IGNORECASE)
_OPENED = frozenset(("fair", "honest"))
"""What judges nothing behind "to be"."""
_FARTHEST = 9
"""Characters that are read around an assessment, at most."""

LONGEST_ABBREVIATION = 4
"""Letters of a word in capitals that isn't shouted, at most."""

SIDES = ("positive", "negative", "neutral")

_COLUMNS = [ID, "driver", "label", "target", "target_start", "assessment", "assessment_start"]
_EVIDENCE = [*_COLUMNS, "assessment_end", "evidence_start", "evidence_end"]
KEY = ["driver", "target", "assessment"]


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """The n opinions of the reviews that were read.

    Attributes
    ----------
    phrases : DataFrame of m rows
        Every combination of ``driver``, ``target`` and ``assessment``, the latter two folded ("" if
        there is none), sorted; how they are written most, ``target_form`` and ``assessment_form``;
        and ``before``, the opinions whose assessment stands right before its target.
    phrase, review, side : int64 arrays of shape (n,)
        Row in `phrases`, number of the review, and index into `SIDES`.
    n_read : int
        Reviews that were read.
    """

    phrases: pd.DataFrame
    phrase: Ints
    review: Ints
    side: Ints
    n_read: int

    def reviews_of(self, codes: Ints, size: int) -> Ints:
        """Reviews that hold each of `size` codes, given one code per opinion, -1 for none."""
        held = codes >= 0
        pairs = np.unique(codes[held] * (int(self.review.max(initial=0)) + 1) + self.review[held])
        of = pairs // (int(self.review.max(initial=0)) + 1)
        return np.bincount(of, minlength=size).astype(np.int64)


def said(analysis: Analysis) -> Said:
    """Gather what the opinions of all reviews that were read say; their order changes nothing."""
    read = was_read(analysis)
    rows = folded_opinions(analysis)
    row = rows["review"].to_numpy(dtype=np.int64)
    rows = rows[(row >= 0) & read[row] if len(row) else row >= 0]
    grouped = rows.groupby(KEY, sort=True)
    phrases = grouped["before"].sum().reset_index()
    capitals = _capitals(rows)
    for column in ("target", "assessment"):
        forms = _most_written(rows[column], rows[f"{column}_form"], capitals)
        phrases[f"{column}_form"] = phrases[column].map(forms).astype("str").fillna("")
    return Said(
        phrases=phrases,
        phrase=np.asarray(grouped.ngroup(), dtype=np.int64),
        review=rows["review"].to_numpy(dtype=np.int64),
        side=pd.Index(SIDES).get_indexer(pd.Index(rows["label"])).astype(np.int64),
        n_read=int(read.sum()),
    )


def folded_opinions(analysis: Analysis) -> pd.DataFrame:
    """Every opinion as discovery reads it, in the order of the table: one row each.

    ``driver``, ``label``, ``target`` and ``assessment``, folded, with ``_form`` as written;
    ``before``; ``target_first`` and ``assessment_first``, whether its first word begins a sentence;
    and ``review``, the row of its verbatim.
    """
    rows = pd.concat(list(_blocks(analysis)), ignore_index=True)
    for column, empty in (("target", TARGET), ("assessment", ASSESSMENT)):
        raw = rows[column].to_numpy(dtype=object)
        rows[column], forms = _folded(rows[column], empty)
        begins = [str(text).startswith(form) for text, form in zip(raw, forms, strict=True)]
        rows[f"{column}_first"] &= np.array(begins, dtype=bool)
        rows[f"{column}_form"] = forms
    return rows


def driver_of(drivers: pd.Series[Any]) -> pd.Series[Any]:
    """Driver under which each opinion is clustered: those without one go to `OVERALL`."""
    return drivers.astype("str").fillna(OVERALL)


def _blocks(analysis: Analysis) -> Iterator[pd.DataFrame]:
    first = 0
    for block in analysis.blocks():
        verbatims = block.select("verbatims", [ID, "text"])
        rows = block.select("opinions", _EVIDENCE)
        row = pd.Index(verbatims[ID]).get_indexer(rows[ID]).astype(np.int64)
        review = np.where(row >= 0, first + row, -1)
        yield _with_evidence(rows, review, verbatims["text"].to_numpy(dtype=object)[row])
        first += len(verbatims)


def _with_evidence(rows: pd.DataFrame, review: Ints, texts: NDArray[Any]) -> pd.DataFrame:
    """What has neither target nor assessment is judged by its evidence."""
    gap = rows["target_start"] - rows["assessment_end"]
    before = ((gap >= 0) & (gap <= 1)).fillna(False).to_numpy(dtype=np.int64)
    target = rows["target"].astype("str").fillna("").to_numpy(dtype=object)
    assessment = rows["assessment"].astype("str").fillna("").to_numpy(dtype=object)
    ends = rows[["evidence_start", "evidence_end"]].to_numpy(dtype=np.int64)
    first = {part: _begins(texts, rows[f"{part}_start"]) for part in ("target", "assessment")}
    places = rows[["assessment_start", "assessment_end", "target_start"]].fillna(-1).to_numpy()
    for i in np.flatnonzero(assessment != ""):
        assessment[i] = _whole(assessment[i], str(texts[i]), *places[i].tolist())
    for i in np.flatnonzero((target == "") & (assessment == "")):
        assessment[i], first["assessment"][i] = str(texts[i])[slice(*ends[i])], True
    return pd.DataFrame(
        {
            "driver": driver_of(rows["driver"]).to_numpy(dtype=object),
            "label": rows["label"].to_numpy(dtype=object),
            "target": target,
            "assessment": assessment,
            "before": before,
            "target_first": first["target"],
            "assessment_first": first["assessment"],
            "review": review,
        }
    )


def _whole(assessment: str, text: str, start: int, end: int, target: int) -> str:
    """Add the particle that its verb may have; nothing is left of "fair" in "to be fair".

    Examples
    --------
    >>> _whole("not come", "I would not come back.", 8, 16, -1)
    'not come back'
    >>> _whole("fair", "To be fair, I slept.", 6, 10, -1)
    ''
    """
    if assessment.casefold() in _OPENED and _OPENING.search(text[:start][-_FARTHEST:]):
        return ""
    if not _CUT.search(assessment):
        return assessment
    found = _PARTICLE.match(text[end : end + _FARTHEST])
    return assessment + found[0] if found and target != end + 1 else assessment


def _begins(texts: NDArray[Any], starts: pd.Series[Any]) -> NDArray[np.bool_]:
    """Whether a sentence begins at each place: at the start of a text, or behind its end marks."""
    places = zip(texts, starts.fillna(0).astype(np.int64).tolist(), strict=True)
    before = (str(text)[max(0, start - 3) : start].rstrip() for text, start in places)
    return np.array(
        [not text or not (text[-1].isalnum() or text[-1] in ",;&-") for text in before], bool
    )


def _folded(texts: pd.Series[Any], empty: frozenset[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    codes, values = pd.factorize(texts)
    pairs = [fold(value, empty) for value in values]
    folded, forms = (np.array([pair[i] for pair in pairs], dtype=object) for i in (0, 1))
    return folded[codes], forms[codes]  # no value is NA


def _most_written(
    folded: pd.Series[Any], forms: pd.Series[Any], capitals: Mapping[str, str]
) -> dict[str, str]:
    """How each folded phrase is written most, the first of equals, but for the case of words."""
    lower = forms.str.casefold()
    counts = pd.DataFrame({"phrase": folded, "form": lower}).value_counts().reset_index(name="n")
    ranked = counts.sort_values(["phrase", "n", "form"], ascending=[True, False, True])
    first = ranked.drop_duplicates("phrase")
    written = [WORD.sub(lambda one: capitals.get(one[0], one[0]), form) for form in first["form"]]
    return dict(zip(first["phrase"], written, strict=True))


def _capitals(rows: pd.DataFrame) -> dict[str, str]:
    """Words that are mostly written with capitals within a sentence, and how."""
    seen: dict[str, Counter[str]] = {}
    for part in ("target", "assessment"):
        counts = rows[[f"{part}_form", f"{part}_first"]].value_counts().reset_index(name="n")
        for form, first, n in counts.itertuples(index=False):
            for word in WORD.findall(form)[int(first) :]:
                seen.setdefault(word.casefold(), Counter())[_unshouted(word)] += int(n)
    most = {word: min(of, key=lambda one: (-of[one], one.swapcase())) for word, of in seen.items()}
    return {word: form for word, form in most.items() if form != word}


def _unshouted(word: str) -> str:
    """Long words all in capitals are shouted; short ones may be abbreviations, such as TV."""
    return word.casefold() if word.isupper() and len(word) > LONGEST_ABBREVIATION else word
