"""How figures are written: signed, with their interval and their n."""

from __future__ import annotations

import math
from collections.abc import Sequence

MINUS = "\N{MINUS SIGN}"


def signed(value: float | None, digits: int = 0, minus: str = MINUS) -> str:
    """Write a figure with its sign; a dash where there is none.

    Examples
    --------
    >>> signed(62.4), signed(-3.5, 1, "-"), signed(-0.2), signed(None)
    ('+62', '-3.5', '0', '\N{EN DASH}')
    """
    if value is None:
        return "\N{EN DASH}" if minus == MINUS else "-"
    shown = f"{abs(value):.{digits}f}"
    if not float(shown):
        return shown
    return ("+" if value > 0 else minus) + shown


def interval(low: float | None, high: float | None, digits: int = 0, minus: str = MINUS) -> str:
    """Write an interval of signed figures; nothing where there is none.

    Examples
    --------
    >>> interval(51, 71), interval(None, None)
    ('+51 to +71', '')
    """
    if low is None or high is None:
        return ""
    return f"{signed(low, digits, minus)} to {signed(high, digits, minus)}"


def percent(share: float | None) -> str:
    """Write a share as a percentage; a share above 0 is never written as 0.

    Examples
    --------
    >>> percent(0.344), percent(0.002), percent(0.0), percent(None)
    ('34%', '<1%', '0%', '-')
    """
    if share is None:
        return "-"
    if 0 < share < 0.005:
        return "<1%"
    return f"{100 * share:.0f}%"


def counted(n: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> counted(1, "review"), counted(1200, "review")
    ('1 review', '1,200 reviews')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def listed(items: Sequence[str], most: int = 6) -> str:
    """Join names with commas and "and"; the rest beyond `most` is counted.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], most=1)
    ('a, b and c', 'a and 2 more')
    """
    shown = list(items[:most])
    if len(items) > most:
        shown.append(f"{len(items) - most} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""


def shortened(text: object, most: int = 40) -> str:
    """Cut a name of the caller's to so many characters, on one line.

    Examples
    --------
    >>> shortened("stars"), shortened("How likely are you to recommend us?", 20)
    ('stars', 'How likely are you…')
    """
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def unbroken(sentence: str) -> str:
    r"""Keep n and q on one line with their figures.

    Examples
    --------
    >>> unbroken("n = 3, q < .001").split(" ")
    ['n\xa0=\xa03,', 'q\xa0<\xa0.001']
    """
    for sign in ("n =", "q =", "q <"):
        sentence = sentence.replace(f"{sign} ", f"{sign} ".replace(" ", "\N{NO-BREAK SPACE}"))
    return sentence


def number(value: object) -> float | None:
    """Take a cell of a table: None for NA, else a float."""
    figure = float(value) if isinstance(value, (int, float)) else math.nan
    return None if math.isnan(figure) else figure
