"""The lexicon engine under the contract that every engine is held to."""

from __future__ import annotations

import pytest

from tests.engines.conformance import Conformance
from verbatim.engines import build_engine
from verbatim.engines.base import Engine
from verbatim.taxonomy import Taxonomy


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build_engine("lexicon", Taxonomy.load("general"))


class TestLexiconEngine(Conformance):
    """Nothing of its own."""
