"""Render a report as one HTML file that needs nothing else: no network, no scripts to be read."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from verbatim.analysis import Analysis
from verbatim.journey.steps import Given
from verbatim.report.journey import level
from verbatim.report.marks import SYMBOLS
from verbatim.report.names import isolated, unturned
from verbatim.report.page import Question, prepare
from verbatim.report.wording import counted, interval, percent, shortened, signed, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment


def report_html(
    analysis: Analysis,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    title: str | None = None,
    *,
    weight: str | None = None,
    date: str | None = None,
    freq: str | None = None,
    higher_is_better: bool = True,
    min_reviews: int = 30,
    confidence: float = 0.95,
    seed: int = 0,
    stages: Given | None = None,
    touchpoints: Given | None = None,
) -> str:
    """Report what drives the experience, as one self-contained HTML page.

    Parameters
    ----------
    analysis : Analysis
    by : str or sequence of str, optional
        Columns of the verbatims whose groups are compared.
    outcome : str, optional
        Numeric column of the verbatims, such as stars, to which the drivers are related.
    title : str, optional
    weight : str, optional
        Column of the verbatims with the weight of each.
    date : str, optional
        Column of dates; by default the only one that there is, unless whether day or month comes
        first isn't told by any date. Without one there is no trend, and the page says why.
    freq : {"D", "W", "M", "Q", "Y"}, optional
        Length of a period; by default the shortest of week, month, quarter and year that doesn't
        make too many.
    higher_is_better : bool
        Whether a higher outcome is better.
    min_reviews : int
        Figures of fewer (effective) reviews are marked as of low support.
    confidence : float
        Share of the intervals that should hold the true value, 0 to 1.
    seed : int
        Of the resampling.
    stages, touchpoints : mapping or sequence of str, optional
        Those of the map of the journey; see `verbatim.journey.journey`.

    Returns
    -------
    str
        HTML that loads nothing from anywhere; every text in it is escaped. Charts need
        ``verbatim-cx[report]``; without it tables and bars stand in for them.

    Raises
    ------
    OptionError
        A column isn't there, the outcome isn't numeric, or another option is out of its range.

    Warns
    -----
    BiasWarning
        The outcome is J-shaped; the page says so too.

    Examples
    --------
    >>> import verbatim
    >>> from verbatim.report import report_html
    >>> page = report_html(verbatim.analyze(["Lovely staff <3"], engine="lexicon"), title="Hotels")
    >>> "<h1>Hotels</h1>" in page, "&lt;3" in page
    (True, True)
    """
    columns = (by,) if isinstance(by, str) else tuple(by or ())
    asked = Question(
        by=columns,
        outcome=outcome,
        weight=weight,
        date=date,
        freq=freq,
        title=title,
        higher_is_better=higher_is_better,
        min_reviews=min_reviews,
        confidence=confidence,
        seed=seed,
        stages=stages,
        touchpoints=touchpoints,
    )
    return render("page.html", page=prepare(analysis, asked), script=_script())


def render(template: str, **values: Any) -> str:
    """Fill a template of this package."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    def finalize(value: Any) -> Any:
        return type(value)(unturned(value)) if isinstance(value, str) else value

    environment = Environment(
        loader=PackageLoader("verbatim.report"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (signed, percent, counted, shortened, unbroken, isolated)
    environment.filters.update({filter.__name__: filter for filter in filters})
    environment.globals.update(interval=interval, symbols=SYMBOLS, journey_level=level)
    return environment


@lru_cache(maxsize=1)
def _script() -> dict[str, str]:
    """Give the page's one script, and its digest, without which a browser runs none."""
    from markupsafe import Markup

    source = render("page.js")
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return {"source": Markup(source), "digest": f"sha256-{digest}"}
