"""Show an analysis to people: a report in one HTML file, a notebook view, text for a terminal."""

from __future__ import annotations

from verbatim.report.html import report_html

__all__ = ["report_html"]
