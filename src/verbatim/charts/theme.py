"""Colours, sizes and the look that all charts share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

from verbatim.charts.extra import Chart, altair
from verbatim.errors import OptionError

FONT = "Arial, Liberation Sans, Helvetica, Roboto, sans-serif"
"""Fonts of nearly the same widths, so that text takes the room that was measured for it."""

FONT_SIZE = 12
CHARACTER = 6.2
"""Width of a character at this size, pixels; a little more than the mean, so that labels fit."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart, as CSS names them; `hollow` fills the marks of low support."""

    ink: str
    soft: str
    line: str
    hollow: str
    positive: str
    negative: str
    neutral: str

    def of_interval(self, low: float | None, high: float | None) -> str:
        """Colour of a figure: that of its sign where the whole interval has it."""
        if low is None or high is None or low <= 0 <= high:
            return self.neutral
        return self.positive if low > 0 else self.negative


NOTEBOOK = Palette(
    ink="#7a828c",
    soft="#868e98",
    line="#80808040",
    hollow="transparent",
    positive="#2f9e8f",
    negative="#d1603d",
    neutral="#8a929b",
)
"""Stands out from light and from dark, as a notebook may be either."""

PAGE = Palette(
    ink="var(--ink)",
    soft="var(--soft)",
    line="var(--line)",
    hollow="var(--card)",
    positive="var(--positive)",
    negative="var(--negative)",
    neutral="var(--neutral)",
)
"""Colours of the page that a chart stands in, light or dark."""


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw: colours, and the width of the whole chart in pixels."""

    palette: Palette = NOTEBOOK
    width: int = 640

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < 500


NOTEBOOK_LOOK = Look()


def dressed(chart: Chart, look: Look) -> Chart:
    """Give a chart the look that all share."""
    palette = look.palette
    text = {
        "labelColor": palette.ink,
        "titleColor": palette.soft,
        "titleFontWeight": "normal",
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
    }
    lines = {"gridColor": palette.line, "tickColor": palette.line, "domain": False}
    return chart.configure(
        background="transparent",
        font=FONT,
        padding=2,
        view={"stroke": None},
        axis={**text, **lines, "labelPadding": 5},
        legend={**text, "orient": "top", "symbolSize": 90},
        title={"color": palette.ink, "fontSize": FONT_SIZE + 1, "anchor": "start"},
    )


def stacked(charts: list[Chart], look: Look) -> Chart:
    """Put the charts of groups one below the other; a single one fits its width exactly.

    Without any there is nothing to draw: `OptionError`.
    """
    alt = altair()
    if not charts:
        raise OptionError("there is nothing to draw: no group has a review")
    if len(charts) > 1:
        return dressed(alt.vconcat(*charts), look)
    return dressed(fitted(charts[0], look), look)


def fitted(chart: Chart, look: Look) -> Chart:
    """Make the whole chart, axes and all, as wide as the look says."""
    autosize = altair().AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width=look.width, autosize=autosize)


def shortened(text: str, most: int) -> str:
    """Cut a label to so many characters.

    Examples
    --------
    >>> shortened("Food, breakfast and bar", 12), shortened("Staff", 12)
    ('Food, break…', 'Staff')
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def distinct(names: Sequence[str], most: int) -> list[str]:
    """Cut labels to so many characters, each unlike the others, as an axis has a row per label.

    Those that begin alike are cut in the middle; those that are still alike are numbered.

    Examples
    --------
    >>> distinct(["Customer service by phone", "Customer service by e-mail", "Bar", "Bar"], 18)
    ['Customer…by phone', 'Customer…by e-mail', 'Bar', 'Bar #2']
    """
    cut = [shortened(name, most) for name in names]
    times = Counter(cut)
    found: list[str] = []
    for name, label in zip(names, cut, strict=True):
        label = label if times[label] == 1 else _ends(name, most)
        found.append(_numbered(label, found, most))
    return found


def _ends(text: str, most: int) -> str:
    half = most // 2
    if len(text) <= most:
        return text
    return f"{text[: most - half - 1].rstrip()}…{text[-half:].lstrip(' -')}"


def _numbered(label: str, taken: Sequence[str], most: int) -> str:
    labels = (f"{shortened(label, most - len(f' #{n}'))} #{n}" for n in count(2))
    return next(one for one in chain([label], labels) if one not in taken)
