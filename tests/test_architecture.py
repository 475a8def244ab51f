"""The house rules that no other test would notice: import order, a light front door, true names."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import verbatim

SRC = Path(verbatim.__file__).parent

# A module may import those of its own rank and of ranks before it, within its chain.
READING = [
    ["errors", "labels", "schema", "tables"],
    ["artefacts"],
    ["vectors"],
    ["taxonomy"],
    ["text"],
    ["language", "sentences"],
    ["engines"],
    ["decode"],
    ["ids", "parallel"],
    ["intake"],
    ["analyzer"],
]
SCORING = [
    [
        "errors",
        "labels",
        "schema",
        "tables",
        "aligned",
        "grouping",
        "matching",
        "results",
        "sheets",
    ],
    ["atomic", "selection"],
    ["directory"],
    ["exchange", "held", "storage", "stored", "opening", "joining", "analysis", "reliability"],
    ["artefacts"],
    ["vectors"],
    ["weights"],
    ["survey"],
    ["charts"],
    ["drivers"],
    ["comparison"],
    ["evaluation"],
    ["trend"],
    ["discover"],
    ["experience"],
    ["journey"],
    ["moments"],
    ["report"],
]
MEETING = {"adapters", "analyzer", "batch", "cli", "readers", "__init__"}


def _unit(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Units of verbatim that a file imports, at any depth, leaving out type-checking blocks."""
    tree = ast.parse(path.read_text("utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in guarded or not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        parts = node.module.split(".")
        if parts[0] == "verbatim":
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


def _sources() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def _allowed(unit: str) -> set[str]:
    allowed: set[str] = set()
    for chain in (READING, SCORING):
        ranks = [rank for rank, units in enumerate(chain) if unit in units]
        for rank in ranks:
            allowed.update(name for units in chain[: rank + 1] for name in units)
    return allowed


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(SRC)))
def test_imports_keep_to_the_layers(path: Path) -> None:
    unit = _unit(path)
    if unit in MEETING:
        return
    allowed = _allowed(unit)
    assert allowed, f"{unit} stands in no layer; give it a place in this test and in the design"
    wrong = _imports(path) - allowed - {"__version__"}
    if unit == "analysis":  # its methods open the result objects on demand
        wrong -= {"drivers", "comparison", "discover", "trend"}
        wrong -= {"experience", "journey", "moments", "report"}
    if unit == "taxonomy":  # so does its method `evaluate`
        wrong -= {"evaluation"}
    assert not wrong, f"{unit} may not import {wrong}"


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    output = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    return set(json.loads(output.stdout))


def test_import_loads_nothing_heavy() -> None:
    loaded = _loaded_by("import verbatim")
    assert not loaded & {"numpy", "pandas", "spacy", "sklearn", "typer", "onnxruntime", "yaml"}


def test_a_saved_analysis_is_scored_without_nlp(tmp_path: Path) -> None:
    verbatim.analyze(["Friendly staff", "Rude staff"]).save(tmp_path / "saved")
    loaded = _loaded_by(
        f"import verbatim\nverbatim.Analysis.load({str(tmp_path / 'saved')!r}).drivers()"
    )
    assert not loaded & {"spacy", "vaderSentiment", "verbatim.engines", "verbatim.sentences"}


def test_every_exported_name_is_there_and_sorted() -> None:
    assert verbatim.__all__ == sorted(verbatim.__all__)
    for name in verbatim.__all__:
        assert getattr(verbatim, name).__name__ == name


def test_modules_are_there_without_an_import_of_their_own() -> None:
    _loaded_by("import verbatim; verbatim.survey.nps([9, 3]), verbatim.batch.analyze_file")
    assert {"batch", "discover", "survey", "weights"} < set(dir(verbatim))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        verbatim.analyse  # noqa: B018
