"""Put analyses one behind the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.errors import InputError
from verbatim.schema import ID
from verbatim.tables import concat_tables


def concat(analyses: Iterable[Analysis]) -> Analysis:
    """Put analyses made with the same engine and taxonomy one behind the other.

    Ids that are row positions go on counting; the caller's own ids must differ. Where some are
    numbers and some texts, all become texts.

    Raises
    ------
    InputError
        Nothing to concatenate, or something else than analyses; engines or taxonomies differ, or
        an id stands in two of them.

    Examples
    --------
    >>> import verbatim
    >>> both = [verbatim.analyze(text, engine="lexicon") for text in ("Great food", "Rude staff")]
    >>> list(verbatim.concat(both).verbatims["id"])
    [0, 1]
    """
    parts = list(analyses) if isinstance(analyses, Iterable) else []
    others = [part for part in parts if not isinstance(part, Analysis)]
    if others or not isinstance(analyses, Iterable):
        kind = type(others[0] if others else analyses).__name__
        raise InputError(f"concat takes a list of analyses, such as [one, other], and got a {kind}")
    if not parts:
        raise InputError("there is no analysis to concatenate; give at least one")
    for key in ("taxonomy", "engine", "schema_version"):
        if any(part.meta[key] != parts[0].meta[key] for part in parts):
            raise InputError(f"the analyses differ in {key}; analyse the texts again with the same")
    if any(part.meta.get("themes") != parts[0].meta.get("themes") for part in parts):
        raise InputError("the analyses differ in their themes; tag all of them with the same")
    fitting = _with_ids_of_one_kind(_continue_positions(parts))
    tables = {name: concat_tables([tables[name] for tables in fitting]) for name in parts[0].tables}
    tables["verbatims"] = _as_the_values_tell(
        tables["verbatims"], [part["verbatims"] for part in fitting]
    )
    repeated = tables["verbatims"][ID][tables["verbatims"][ID].duplicated()].tolist()
    if repeated:
        raise InputError(
            f"id {repeated[0]!r} stands in more than one analysis; give each row its own id"
        )
    are_positions = all(part.meta["id"] == "position" for part in parts)
    meta = {**parts[0].meta, "id": "position" if are_positions else "column"}
    if any(part.meta.get("question") != meta.get("question") for part in parts):
        meta.pop("question", None)
    return Analysis(tables, meta)


def _continue_positions(parts: Sequence[Analysis]) -> list[Mapping[str, pd.DataFrame]]:
    """Shift ids that are row positions where they would meet those of the parts before."""
    shifted: list[Mapping[str, pd.DataFrame]] = []
    last = -1
    for part in parts:
        tables: Mapping[str, pd.DataFrame] = dict(part.tables)
        ids = tables["verbatims"][ID]
        if part.meta["id"] == "position" and len(ids):
            if ids.min() <= last:
                offset = last + 1
                tables = {name: t.assign(**{ID: t[ID] + offset}) for name, t in tables.items()}
            last = max(last, int(tables["verbatims"][ID].max()))
        shifted.append(tables)
    return shifted


def _with_ids_of_one_kind(
    parts: Sequence[Mapping[str, pd.DataFrame]],
) -> Sequence[Mapping[str, pd.DataFrame]]:
    """Make all ids texts if some are, as a column of a table holds one kind."""
    kinds = {tables["verbatims"][ID].dtype for tables in parts if len(tables["verbatims"])}
    if len(kinds) < 2:
        return parts
    return [
        {name: table.assign(**{ID: table[ID].astype("str")}) for name, table in tables.items()}
        for tables in parts
    ]


def _as_the_values_tell(whole: pd.DataFrame, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Let a column have the dtype of its values where parts had another for want of values."""
    differing = [
        column
        for column in whole
        if whole[column].dtype == object
        and any(column in part and part[column].dtype != object for part in parts)
    ]
    return whole.assign(**{str(c): whole[c].infer_objects() for c in differing})
