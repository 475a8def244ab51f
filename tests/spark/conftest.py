"""A real Spark on this machine, or one line that says what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

OLDEST_JAVA = 17

# PySpark's own warnings, about pandas 3 and to those who run it from the source.
IGNORED = (
    "ignore:PySpark does not yet fully support pandas:FutureWarning",
    "ignore:The copy keyword is deprecated:DeprecationWarning",
    "ignore::ResourceWarning",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    missing = _missing()
    if missing and ours:
        ours[0].add_marker(pytest.mark.skip(reason=missing))
        # One line says it, not one for each test.
        config.hook.pytest_deselected(items=ours[1:])
        items[:] = [item for item in items if item not in ours[1:]]
    for item in ours:
        for warning in IGNORED:
            item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Two threads and small batches, so that rows are spread over workers and batches."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "ERROR",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


def _missing() -> str | None:
    """Say what there must be for Spark to run, in one line."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed; make test-spark installs it"
    version = _java_version()
    if version >= OLDEST_JAVA:
        return None
    found = f"Java {version} was found" if version else "none was found"
    return f"Spark needs Java {OLDEST_JAVA} or newer and {found}; install it or set JAVA_HOME"


def _java_version() -> int:
    """Major version of the Java that Spark would start; 0 without any."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0
