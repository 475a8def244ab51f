"""The lexicon engine under the contract that every engine is held to."""

from __future__ import annotations

import pytest

from tests.engines.conformance import Conformance
from verbatim.engines import build_engine
from verbatim.engines.base import Engine
from verbatim.taxonomy import Taxonomy


class TestLexiconEngine(Conformance):
    @pytest.fixture(scope="class")
    def engine(self) -> Engine:
        return build_engine("lexicon", Taxonomy.load("general"))
