"""The notebooks run as they stand, without a warning, and show what was saved with them.

Text that they show is compared to the letter, as that of the docs is: an analysis depends on its
input alone. Charts and HTML tables are not; how they are drawn is up to versions of other packages.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 600_000

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebooks_run", ROOT / "notebooks" / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _saved(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def _code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _shown(cell: Any) -> Iterator[tuple[str, Any]]:
    """Kinds of what a cell shows, with the text of those that are text."""
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.name, output.text
            continue
        for kind, content in sorted(output.data.items()):
            yield kind, content if kind in ("text/plain", "text/markdown") else None


def test_there_are_three_and_a_list_of_them() -> None:
    listed = (ROOT / "notebooks" / "README.md").read_text("utf-8")
    assert len(NOTEBOOKS) == 3
    assert all(f"({path.name})" in listed for path in NOTEBOOKS)


@every_notebook
def test_it_shows_what_was_saved_and_warns_of_nothing(path: Path, runner: ModuleType) -> None:
    saved, fresh = _code(_saved(path)), _code(runner.run(path))
    for was, now in zip(saved, fresh, strict=True):
        assert list(_shown(now)) == list(_shown(was)), f"{was.id}: python notebooks/run.py"
        assert "stderr" not in dict(_shown(now)), was.id


@every_notebook
def test_it_is_saved_with_every_result_and_nothing_of_the_machine(path: Path) -> None:
    notebook = _saved(path)
    nbformat.validate(notebook)
    assert path.stat().st_size < MOST_BYTES
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in _code(notebook):
        assert cell.outputs, cell.id
        assert cell.execution_count is None and not cell.metadata, cell.id
    text = path.read_text("utf-8")
    assert not [place for place in ("/home/", "/tmp/", "/work/", "/Users/") if place in text]


@every_notebook
def test_charts_are_there_without_a_script(path: Path) -> None:
    kinds = [kind for cell in _code(_saved(path)) for kind, _ in _shown(cell)]
    assert "image/svg+xml" in kinds
    assert "<script" not in path.read_text("utf-8")
