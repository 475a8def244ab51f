"""Engines: how sentences are read. All satisfy `verbatim.engines.base.Engine`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbatim.errors import OptionError, unknown

if TYPE_CHECKING:
    from verbatim.engines.base import Engine
    from verbatim.taxonomy import Taxonomy

ENGINES = ("lexicon",)


def build_engine(name: str, taxonomy: Taxonomy) -> Engine:
    """Make the engine called `name`; raise `OptionError` naming those that there are."""
    if name not in ENGINES:
        raise OptionError(unknown("engine", name, ENGINES))
    from verbatim.engines.lexicon import LexiconEngine

    return LexiconEngine(taxonomy)
