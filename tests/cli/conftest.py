from __future__ import annotations

from tests.test_cli import run

__all__ = ["run"]
