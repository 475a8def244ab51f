"""What is written down is what the code does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from verbatim.exchange import SCHEMA_FILE

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
    assert (ROOT / "docs" / "schema.md").read_text("utf-8") == builder.schema_page()
    published = ROOT / "src" / "verbatim" / SCHEMA_FILE
    assert published.read_text("utf-8") == builder.json_schema_text()


def test_readme_opens_with_the_two_commands() -> None:
    code = (ROOT / "README.md").read_text("utf-8").split("```")[1]
    assert code.split()[:5] == ["sh", "make", "demo", "make", "test"] or code.split()[0] == "sh"
    assert code.index("make demo") < code.index("make test")
