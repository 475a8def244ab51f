"""What is written down is what the code does."""

from __future__ import annotations

import doctest
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from verbatim.exchange import SCHEMA_FILE
from verbatim.taxonomy import Taxonomy

ROOT = Path(__file__).parents[1]


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["docs_build"] = module
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current() -> None:
    builder = _builder()
    docs = ROOT / "docs"
    assert (docs / "schema.md").read_text("utf-8") == builder.schema_page()
    assert (docs / "drivers.md").read_text("utf-8") == builder.drivers_page()
    published = ROOT / "src" / "verbatim" / SCHEMA_FILE
    assert published.read_text("utf-8") == builder.json_schema_text()


PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run_as_they_are_shown(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, _ = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_taxonomy_shown_is_valid() -> None:
    page = (ROOT / "docs" / "taxonomies.md").read_text("utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    taxonomy = Taxonomy.from_yaml(shown)
    assert "parking" in taxonomy and "food" not in taxonomy


def test_readme_opens_with_the_two_commands() -> None:
    shell = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)[0]
    assert [line.split("#")[0].strip() for line in shell.splitlines()] == ["make demo", "make test"]
