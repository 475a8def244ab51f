"""Give columns the dtype that all of their values have, and find the one that holds verbatims."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from verbatim.errors import InputError, unknown

# A leading zero marks a code ("007"), not a number; 18 digits fit into int64.
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d{1,2})?")
_DECIMAL_COMMA = re.compile(r"-?(0|[1-9]\d*)(,\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+")
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[-+]\d\d:?\d\d)?)?", re.ASCII
)
_NUMERIC_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}", re.ASCII)
_DATE_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")

_SAMPLE = 500
_FEWEST_WORDS = 3
_CLEARLY_MORE = 4


def column_from_strings(
    values: Sequence[str | None], decimal_comma: bool = False
) -> pd.Series[Any]:
    """Numbers or dates if every value is one, else strings.

    Examples
    --------
    >>> column_from_strings(["4", None, "5"]).dtype
    Int64Dtype()
    >>> list(column_from_strings(["4", "N/A", "007"]))
    ['4', 'N/A', '007']
    """
    present = [value.strip() for value in values if value is not None]
    for matches, convert in _CONVERSIONS[decimal_comma]:
        if present and all(map(matches, present)):
            converted = convert([value and value.strip() for value in values])
            if converted is not None:
                return converted
    return pd.Series(values, dtype="str")


def column_from_values(values: Sequence[Any]) -> pd.Series[Any]:
    """Type a column of values that JSON or a spreadsheet gave; mixed kinds become text.

    Examples
    --------
    >>> column_from_values([4, None, 5]).dtype
    Int64Dtype()
    >>> list(column_from_values(["great", 7]))
    ['great', '7']
    """
    present = [value for value in values if value is not None]
    kinds = {type(value) for value in present}
    if kinds == {bool} and len(present) == len(values):
        return pd.Series(list(values), dtype="bool")
    if kinds == {int} and all(map(_fits_int64, present)):
        return _integers(values)
    if kinds and kinds <= {int, float}:
        return pd.Series(list(values), dtype="float64")
    if kinds and kinds <= {datetime, date}:
        return pd.to_datetime(pd.Series(values, dtype="object"))
    texts = [_as_text(value) for value in values]
    dates = _iso_dates(texts) if kinds == {str} and all(map(_is_iso, present)) else None
    return pd.Series(texts, dtype="str") if dates is None else dates


def choose_text_column(frame: pd.DataFrame, wanted: str | None = None) -> str:
    """Name of the column that holds the verbatims: the one asked for, or the clear favourite.

    A column is the clear favourite when it holds far more, and far more varied, words than any
    other.

    Raises
    ------
    InputError
        There is no such column, or none is asked for and none stands out.

    Examples
    --------
    >>> rows = pd.DataFrame({"hotel": ["Ritz", "Park"], "note": ["The bed was hard", "I loved it"]})
    >>> choose_text_column(rows)
    'note'
    """
    if wanted is not None:
        if wanted not in frame.columns:
            raise InputError(unknown("text column", wanted, frame.columns))
        return wanted
    wordiness = {str(name): _wordiness(frame[name]) for name in frame.columns}
    ranked = sorted((name for name in wordiness if wordiness[name]), key=lambda n: -wordiness[n])
    if ranked and all(wordiness[ranked[0]] >= _CLEARLY_MORE * wordiness[n] for n in ranked[1:]):
        return ranked[0]
    likely = f"it may be {' or '.join(map(repr, ranked[:3]))}" if ranked else "none looks like text"
    raise InputError(
        f"no column was named as the text, and {likely}; name one with --text. "
        f"There are: {', '.join(map(str, frame.columns))}"
    )


def _wordiness(column: pd.Series[Any]) -> float:
    """Mean words per value times distinct words; 0 for a column without free text."""
    if not isinstance(column.dtype, pd.StringDtype):
        return 0.0
    words = [value.casefold().split() for value in column.dropna().head(_SAMPLE)]
    mean = sum(map(len, words)) / max(len(words), 1)
    return mean * len({word for row in words for word in row}) if mean >= _FEWEST_WORDS else 0.0


def _fits_int64(value: object) -> bool:
    return isinstance(value, int) and -(2**63) <= value < 2**63


def _is_iso(value: object) -> bool:
    return isinstance(value, str) and _ISO.fullmatch(value) is not None


def _as_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _integers(values: Sequence[Any]) -> pd.Series[Any]:
    numbers = [None if value is None else int(value) for value in values]
    return pd.Series(numbers, dtype="Int64" if None in numbers else "int64")


def _floats(values: Sequence[str | None]) -> pd.Series[Any]:
    return pd.Series([None if value is None else float(value) for value in values], dtype="float64")


def _comma_floats(values: Sequence[str | None]) -> pd.Series[Any] | None:
    if any(value and _THOUSANDS.fullmatch(value) for value in values):
        return None
    return _floats([value and value.replace(",", ".") for value in values])


def _iso_dates(values: Sequence[str | None]) -> pd.Series[Any] | None:
    return _dates(values, "ISO8601")


def _numeric_dates(values: Sequence[str | None]) -> pd.Series[Any] | None:
    """Dates in the one order of day and month that suits all; None when both orders do."""
    found = [dates for form in _DATE_FORMATS if (dates := _dates(values, form)) is not None]
    return found[0] if len(found) == 1 else None


def _dates(values: Sequence[str | None], form: str) -> pd.Series[Any] | None:
    try:
        return pd.to_datetime(pd.Series(values, dtype="str"), format=form)  # type: ignore[arg-type]
    except ValueError:
        return None


_Conversion = tuple[
    Callable[[str], object], Callable[[Sequence[str | None]], "pd.Series[Any] | None"]
]
_DATES: tuple[_Conversion, ...] = (
    (_ISO.fullmatch, _iso_dates),
    (_NUMERIC_DATE.fullmatch, _numeric_dates),
)
_CONVERSIONS: Mapping[bool, tuple[_Conversion, ...]] = {
    False: ((_INTEGER.fullmatch, _integers), (_FLOAT.fullmatch, _floats), *_DATES),
    True: (
        (_INTEGER.fullmatch, _integers),
        (_FLOAT.fullmatch, _floats),
        (_DECIMAL_COMMA.fullmatch, _comma_floats),
        *_DATES,
    ),
}
