"""Analyzers are made once for all tests here: they are the same however often they are used."""

from __future__ import annotations

from functools import lru_cache

import pytest

from verbatim import Analyzer

_made = lru_cache(Analyzer)


@pytest.fixture(autouse=True)
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatim.batch.run.Analyzer", _made)
