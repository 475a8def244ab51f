"""Engines: how sentences are read. All satisfy `verbatim.engines.base.Engine`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbatim.errors import OptionError, unknown

if TYPE_CHECKING:
    from verbatim.engines.base import Engine
    from verbatim.taxonomy import Taxonomy

ENGINES = ("lexicon", "neural")


def available_engines() -> tuple[str, ...]:
    """Names of the engines whose artefact is here; one that was not trained yet is not."""
    from verbatim.artefacts import models_directory

    directory = models_directory()
    return tuple(name for name in ENGINES if (directory / name / "meta.json").is_file())


def build_engine(name: str, taxonomy: Taxonomy) -> Engine:
    """Make the engine called `name`; raise `OptionError` naming those that there are."""
    if name not in available_engines():
        raise OptionError(unknown("engine", name, available_engines()))
    if name == "neural":
        from verbatim.engines.neural import NeuralEngine
        from verbatim.engines.repeats import Repeats

        return Repeats(NeuralEngine())
    from verbatim.engines.lexicon import LexiconEngine

    return LexiconEngine(taxonomy)
