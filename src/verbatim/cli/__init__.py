"""The command ``verbatim``."""

from __future__ import annotations

from verbatim.cli.app import main

__all__ = ["main"]
