"""Adapters read as `verbatim.analyze` does, unless they are told otherwise."""

from __future__ import annotations

from inspect import signature
from typing import Any

import pytest
import spacy

from verbatim import Analyzer
from verbatim.adapters.sklearn import VerbatimFeatures
from verbatim.adapters.spark import analyze_spark, drivers_spark


@pytest.mark.parametrize("option", ["taxonomy", "engine"])
@pytest.mark.parametrize("function", [VerbatimFeatures, analyze_spark, drivers_spark])
def test_defaults_are_those_of_the_analyzer(function: Any, option: str) -> None:
    expected = signature(Analyzer).parameters[option].default
    assert signature(function).parameters[option].default == expected


@pytest.mark.parametrize("option", ["taxonomy", "engine"])
def test_the_component_has_the_same(option: str) -> None:
    defaults = spacy.blank("en").get_factory_meta("verbatim").default_config
    assert defaults[option] == signature(Analyzer).parameters[option].default
