"""Load the chart library, and say how to get it where it isn't there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any

from verbatim.errors import OptionError

Chart = Any
"""An Altair chart; the library is loaded on demand, so its types aren't known here."""

EXTRA = 'pip install "verbatim-cx[report]"'
_NEEDED = ("altair", "vl_convert")


def has_charts() -> bool:
    """Whether all that charts need is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def altair() -> Any:
    """Import the chart library.

    Raises
    ------
    OptionError
        It isn't installed.
    """
    try:
        import altair
    except ImportError:
        raise OptionError(f"charts need Altair: {EXTRA}") from None
    return altair


def data(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Wrap rows of plain values, which go into the chart as they are.

    In a tuple, because Altair copies lists each time that a chart is derived from another.
    """
    return altair().Data(values=tuple(dict(row) for row in rows))
