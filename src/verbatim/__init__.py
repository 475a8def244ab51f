"""From customer verbatims to experience drivers.

>>> import verbatim
>>> analysis = verbatim.analyze("Lovely staff, but we waited 45 minutes to check in.")
>>> list(zip(analysis.opinions["driver"], analysis.opinions["label"]))
[('staff', 'positive'), ('waiting', 'negative')]

Names are loaded on demand, so that ``import verbatim`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOME = {
    "Analysis": "analysis",
    "Analyzer": "analyzer",
    "ArtefactError": "errors",
    "BiasWarning": "errors",
    "DriverScores": "drivers",
    "InputError": "errors",
    "OptionError": "errors",
    "StorageError": "errors",
    "Taxonomy": "taxonomy",
    "TaxonomyError": "errors",
    "VerbatimError": "errors",
    "analyze": "analyzer",
    "available_taxonomies": "taxonomy",
    "concat": "joining",
    "json_schema": "exchange",
}

_PARTS = ("batch", "discover", "experience", "reliability", "report", "survey", "weights")
"""Modules that are loaded when `verbatim.survey` and the like are asked for."""

__all__ = sorted(_HOME)

if TYPE_CHECKING:
    from verbatim import batch as batch
    from verbatim import discover as discover
    from verbatim import experience as experience
    from verbatim import reliability as reliability
    from verbatim import report as report
    from verbatim import survey as survey
    from verbatim import weights as weights
    from verbatim.analysis import Analysis as Analysis
    from verbatim.analyzer import Analyzer as Analyzer
    from verbatim.analyzer import analyze as analyze
    from verbatim.drivers import DriverScores as DriverScores
    from verbatim.errors import ArtefactError as ArtefactError
    from verbatim.errors import BiasWarning as BiasWarning
    from verbatim.errors import InputError as InputError
    from verbatim.errors import OptionError as OptionError
    from verbatim.errors import StorageError as StorageError
    from verbatim.errors import TaxonomyError as TaxonomyError
    from verbatim.errors import VerbatimError as VerbatimError
    from verbatim.exchange import json_schema as json_schema
    from verbatim.joining import concat as concat
    from verbatim.taxonomy import Taxonomy as Taxonomy
    from verbatim.taxonomy import available_taxonomies as available_taxonomies


if not TYPE_CHECKING:  # which would take any name for one of ours

    def __getattr__(name: str) -> object:
        if name in _PARTS:
            return import_module(f"verbatim.{name}")
        if name not in _HOME:
            raise AttributeError(f"module 'verbatim' has no attribute {name!r}")
        return getattr(import_module(f"verbatim.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, *_PARTS])
