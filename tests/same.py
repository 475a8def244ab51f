"""Two analyses that are the same."""

from __future__ import annotations

from pandas.testing import assert_frame_equal

from verbatim.analysis import Analysis
from verbatim.schema import TABLES


def assert_same(left: Analysis, right: Analysis) -> None:
    """Compare values, dtypes, order and provenance."""
    for table in TABLES:
        assert_frame_equal(left.tables[table], right.tables[table])
    assert left.meta == right.meta
