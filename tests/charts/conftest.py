from __future__ import annotations

from tests.report.conftest import hotels, year

__all__ = ["hotels", "year"]
