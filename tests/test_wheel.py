"""What people install: the wheel holds all it needs, nothing else, and works on its own."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_MEGABYTES = 60

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return path


def test_it_holds_what_it_needs_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "verbatim/py.typed",
        "verbatim/analysis.schema.json",
        "verbatim/taxonomy/packs/universal.yaml",
        "verbatim/models/lexicon/meta.json",
        "verbatim/models/lexicon/valence.tsv",
        "verbatim/models/words/vectors.npz",
    ):
        assert needed in names
    assert any(name.startswith("verbatim/report/templates/") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"verbatim", "verbatim_cx"}
    assert not [name for name in names if name.endswith((".pyc", ".pkl", ".joblib"))]


def test_it_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_MEGABYTES * 1_000_000


def test_it_works_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [scripts / "python", "-m", "pip", "install", "--quiet", str(wheel)],
        check=True,
        capture_output=True,
    )
    explained = subprocess.run(
        [scripts / "verbatim", "explain", "Friendly staff but a dirty room."],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert "staff" in explained.stdout and "cleanliness" in explained.stdout
    assert not explained.stderr
