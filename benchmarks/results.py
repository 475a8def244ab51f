"""Keep results: one JSON file, merged part by part, so that what was skipped stays as it was."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("verbatim-cx", "vaderSentiment", "textblob", "spacy", "onnxruntime", "numpy", "pandas")

Results = dict[str, Any]


def load_results(path: Path) -> Results:
    """Read the file, or start anew where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def merge(results: Results, section: str, name: str, part: Mapping[str, Any]) -> Results:
    """Put one part in the place of its predecessor.

    Examples
    --------
    >>> merge({"speed": {"memory": {"n": 1}}}, "speed", "latency", {"n": 2})
    {'speed': {'memory': {'n': 1}, 'latency': {'n': 2}}}
    """
    return results | {section: results.get(section, {}) | {name: dict(part)}}


def beside(results: Results, section: str, name: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """`part`, and from its predecessor the measures of the systems that weren't run again.

    Examples
    --------
    >>> before = {"accuracy": {"made": {"measures": {"F1": {"a": 1, "b": 2}}}}}
    >>> beside(before, "accuracy", "made", {"measures": {"F1": {"a": 3}}})
    {'measures': {'F1': {'a': 3, 'b': 2}}}
    """
    measured = results.get(section, {}).get(name, {}).get("measures", {})
    measures = {key: measured.get(key, {}) | value for key, value in part["measures"].items()}
    return {**part, "measures": measures}


def save_results(path: Path, results: Results) -> None:
    text = json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def environment() -> dict[str, str]:
    """Describe the machine in what matters: cores, Python, packages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    packages = {name: _version(name) for name in PACKAGES}
    return {
        "cores": str(cores),
        "Python": platform.python_version(),
        **{name: found for name, found in packages.items() if found},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
