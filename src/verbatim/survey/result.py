"""The survey scores, as a value."""

from __future__ import annotations

from verbatim.results import Result, visible
from verbatim.survey import view


class SurveyScores(Result):
    """Scores of one measure, for everybody or for each group. Immutable.

    The columns are documented in ``docs/survey.md`` and, with their formulae, in `meta`. A frame
    that you take out is yours: changing it doesn't change the scores.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``scores``: one row per group, sorted by its values, NA last; a single row without groups.
    meta : mapping
        How they were made, as JSON can hold it: measure, scale, options, counts of responses and
        of rows left out, formulae, meaning of the columns, versions.
    """

    main = "scores"

    def __repr__(self) -> str:
        return visible(view.text(self.tables[self.main], self.meta))

    def _repr_html_(self) -> str:
        return view.html(self.tables[self.main], self.meta)
