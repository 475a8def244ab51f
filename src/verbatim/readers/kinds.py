"""What the values of a column have in common, told block by block: numbers, dates, or text.

A column holds numbers or dates only when each of its values is one. The kind of a column is what
the kinds of its blocks share, so a file of any length is typed without being held.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

Values = Sequence[Any]

# A leading zero marks a code ("007"), not a number, and a plus before many digits a telephone;
# 18 digits fit into int64, 15 into float64.
_SIGN = r"(?:-|\+(?!\d{7}))?"
_INTEGER = re.compile(rf"{_SIGN}(0|[1-9]\d{{0,17}})")
_FLOAT = re.compile(rf"{_SIGN}((0|[1-9]\d{{0,14}})(\.\d+)?|\.\d+)([eE][-+]?\d{{1,2}})?")
_DECIMAL_COMMA = re.compile(rf"{_SIGN}((0|[1-9]\d{{0,14}})(,\d+)?|,\d+)")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+")
_GROUPED = re.compile(r"-?(\d{1,3}|[1-9]\d{0,2}(\.\d{3})+)")
_NUMBERS = {"integer": _INTEGER, "float": _FLOAT}
# Where a comma may stand in a number, a point may stand between thousands.
_LOCAL = {"comma": _DECIMAL_COMMA, "grouped": _GROUPED}
_MOST_CODES = 1_000
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[-+]\d\d:?\d\d)?)?", re.ASCII
)
_NUMERIC_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}", re.ASCII)
# Between these years, nanoseconds can tell a time.
_FIRST_YEAR, _LAST_YEAR = pd.Timestamp.min.year, pd.Timestamp.max.year
_DATE_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")
_DATE = "date "
_OBJECTS = "date objects"
_IN_NANOSECONDS = "within nanoseconds"


@dataclass(frozen=True, slots=True)
class Kind:
    """What the values of a column, or of a block of it, have in common.

    Attributes
    ----------
    fits : frozenset of str or None
        Readings that suit every value; None where there is no value yet, so that any would do.
    has_missing : bool
        Whether a value is missing.
    has_nanoseconds : bool
        Whether a date needs more than microseconds.
    decimals : frozenset of str or None
        Different spellings of numbers with a decimal point; None where there are too many for
        codes.
    """

    fits: frozenset[str] | None = None
    has_missing: bool = False
    has_nanoseconds: bool = False
    decimals: frozenset[str] | None = frozenset()

    def __and__(self, other: Kind) -> Kind:
        """Kind of both together."""
        if self.fits is None or other.fits is None:
            fits = other.fits if self.fits is None else self.fits
        else:
            fits = self.fits & other.fits
        return Kind(
            fits,
            self.has_missing or other.has_missing,
            self.has_nanoseconds or other.has_nanoseconds,
            _few(self.decimals, other.decimals),
        )

    @property
    def reading(self) -> str:
        """How the column is read: ``bool``, ``integer``, ``float``, ``comma``, a date or ``text``.

        A date whose day and month could change places is text, and so are codes such as 1.1 and
        1.10, and 1.234 where it may mean 1234.
        """
        fits = self.fits or frozenset()
        if "bool" in fits and not self.has_missing:
            return "bool"
        if "integer" in fits:
            return "integer"
        if "float" in fits:
            return "text" if "grouped" in fits or _are_codes(self.decimals) else "float"
        if "comma" in fits:
            return "comma"
        dates = [name for name in fits if name.startswith(_DATE)]
        is_held = _IN_NANOSECONDS in fits or not self.has_nanoseconds
        return dates[0] if len(dates) == 1 and is_held else "text"

    def column(self, values: Values) -> pd.Series[Any]:
        """Read a block of the column; blocks of one kind have one dtype."""
        reading = self.reading
        if reading.startswith(_DATE):
            dates = _dates(values, reading.removeprefix(_DATE))
            column: pd.Series[Any] = dates.dt.as_unit("ns" if self.has_nanoseconds else "us")
            return column
        if reading == "integer":
            integers = _numbers(values, int)
            return pd.Series(integers, dtype="Int64" if self.has_missing else "int64")
        return _READ[reading](values)


def kind_of_strings(values: Sequence[str | None], decimal_comma: bool = False) -> Kind:
    """Tell the kind of a column of a text file.

    Examples
    --------
    >>> kind_of_strings(["4", None, "5"]).reading
    'integer'
    >>> (kind_of_strings(["4", "5"]) & kind_of_strings(["N/A"])).reading
    'text'
    """
    present = [text for value in values if value is not None and (text := value.strip())]
    has_missing = len(present) < len(values)
    if not present:
        return Kind(None, has_missing)
    forms = _NUMBERS | _LOCAL if decimal_comma else _NUMBERS
    fits = {name for name, form in forms.items() if all(map(form.fullmatch, present))}
    if "comma" in fits and any(map(_THOUSANDS.fullmatch, present)):
        fits.discard("comma")
    kind = _with_dates(fits, present, has_missing)
    if "float" in fits and "integer" not in fits:
        return replace(kind, decimals=_few({value for value in present if "." in value}))
    return kind


def kind_of_values(values: Values) -> Kind:
    """Tell the kind of a column that JSON or a spreadsheet gave.

    Numbers may be written as text; other mixed kinds are text.

    Examples
    --------
    >>> kind_of_values([4, None, 5.5]).reading, kind_of_values(["great", 7]).reading
    ('float', 'text')
    >>> kind_of_values(["4", 5]).reading
    'integer'
    """
    present = [value for value in values if value is not None]
    has_missing = len(present) < len(values)
    kinds = {type(value) for value in present}
    if not kinds:
        return Kind(None, has_missing)
    if str in kinds and kinds <= {str, int, float}:
        return kind_of_strings([as_text(value) for value in values])
    fits: set[str] = set()
    if kinds == {bool}:
        fits = {"bool"}
    elif kinds <= {int, float}:
        fits = {"float"} if float in kinds else {"integer", "float"} if _fit(present) else set()
    elif kinds <= {datetime, date}:
        fits = {_OBJECTS}
    return Kind(frozenset(fits), has_missing)


def as_text(value: object) -> str | None:
    """Write a value of JSON or a spreadsheet as text; lists and objects as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _with_dates(fits: set[str], present: Sequence[str], has_missing: bool) -> Kind:
    fine = False
    if all(map(_ISO.fullmatch, present)):
        forms: tuple[str, ...] = ("ISO8601",)
    elif all(map(_NUMERIC_DATE.fullmatch, present)):
        forms = _DATE_FORMATS
    else:
        forms = ()
    for form in forms:
        try:
            dates = _dates(present, form)
        except ValueError:
            continue
        # A time zone is part of the reading, for a column has one.
        fits.add(f"{_DATE}{form} {dates.dt.tz or ''}".rstrip())
        fine = fine or dates.dt.unit == "ns"
        if dates.min().year > _FIRST_YEAR and dates.max().year < _LAST_YEAR:
            fits.add(_IN_NANOSECONDS)
    return Kind(frozenset(fits), has_missing, fine)


def _dates(values: Values, reading: str) -> pd.Series[Any]:
    if reading == "objects":
        return pd.to_datetime(pd.Series(list(values), dtype="object"))
    strings = pd.Series([(value and value.strip()) or None for value in values], dtype="str")
    form, _, zone = reading.partition(" ")
    dates: pd.Series[Any] = pd.to_datetime(strings, format=form)
    # A block without a value has no time zone to tell.
    return dates.dt.tz_localize(zone) if zone and dates.dt.tz is None else dates


def _few(*spellings: Collection[str] | None) -> frozenset[str] | None:
    """Put spellings together, None where they are too many for codes."""
    some = [part for part in spellings if part is not None]
    every = frozenset[str]().union(*some)
    return every if len(some) == len(spellings) and len(every) <= _MOST_CODES else None


def _are_codes(decimals: frozenset[str] | None) -> bool:
    """Whether two of these would be one number, as 1.1 and 1.10; 2.0 and 2.00 are no matter."""
    short = [value.rstrip("0") for value in decimals or () if "e" not in value.lower()]
    fractions = [value for value in short if not value.endswith(".")]
    return len(set(fractions)) < len(fractions)


def _numbers(values: Values, number: Callable[[Any], Any]) -> list[Any]:
    try:
        return list(map(number, values))
    except (TypeError, ValueError):  # some are absent or blank
        return [
            None if value is None or not str(value).strip() else number(value) for value in values
        ]


def _fit(present: Sequence[int]) -> bool:
    return all(-(2**63) <= value < 2**63 for value in present)


def _floats(values: Values) -> pd.Series[Any]:
    return pd.Series(_numbers(values, float), dtype="float64")


def _comma_floats(values: Values) -> pd.Series[Any]:
    return _floats([value and value.replace(",", ".") for value in values])


def _booleans(values: Values) -> pd.Series[Any]:
    return pd.Series(list(values), dtype="bool")


def _texts(values: Values) -> pd.Series[Any]:
    return pd.Series([as_text(value) for value in values], dtype="str")


_READ: Mapping[str, Callable[[Values], pd.Series[Any]]] = {
    "bool": _booleans,
    "float": _floats,
    "comma": _comma_floats,
    "text": _texts,
}
