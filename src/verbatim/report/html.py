"""Render a report as one HTML file that needs nothing else: no network, no scripts to be read."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from verbatim.analysis import Analysis
from verbatim.report.comparison import shade
from verbatim.report.marks import SYMBOLS
from verbatim.report.page import prepare
from verbatim.report.wording import counted, interval, percent, signed

if TYPE_CHECKING:
    from jinja2 import Environment


def report_html(
    analysis: Analysis,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    title: str | None = None,
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

    Returns
    -------
    str
        HTML that loads nothing from anywhere; every text in it is escaped.

    Raises
    ------
    OptionError
        A column isn't there, or the outcome isn't numeric.

    Examples
    --------
    >>> import verbatim
    >>> from verbatim.report import report_html
    >>> page = report_html(verbatim.analyze(["Lovely staff <3"]), title="Hotels")
    >>> "<h1>Hotels</h1>" in page, "&lt;3" in page
    (True, True)
    """
    return render("page.html", page=prepare(analysis, by, outcome, title), script=_script())


def render(template: str, **values: Any) -> str:
    """Fill a template of this package."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("verbatim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = {"signed": signed, "percent": percent, "counted": counted, "shade": shade}
    environment.filters.update(filters)
    environment.globals.update(interval=interval, symbols=SYMBOLS)
    return environment


@lru_cache(maxsize=1)
def _script() -> dict[str, str]:
    """Give the page's one script, and its digest, without which a browser runs none."""
    from markupsafe import Markup

    source = render("filter.js")
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return {"source": Markup(source), "digest": f"sha256-{digest}"}
