"""What is measured: each system is a column of the results.

A new engine is one more line of `SYSTEMS`. Nothing heavy is imported here, because a fresh
interpreter that measures import time and memory starts from this module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.readings import System


def _engine(name: str) -> System:
    from benchmarks.engines import Engine

    return Engine(name)


def _baseline(name: str) -> System:
    from benchmarks import baselines

    return getattr(baselines, name)()  # type: ignore[no-any-return]


def _trained(name: str) -> System:
    from benchmarks import trained

    return getattr(trained, name)()  # type: ignore[no-any-return]


SYSTEMS: dict[str, Callable[[], System]] = {
    "verbatim neural": lambda: _engine("neural"),
    "verbatim lexicon": lambda: _engine("lexicon"),
    "MiniLM + LR": lambda: _trained("FrozenLogistic"),
    "TF-IDF + LR": lambda: _trained("TfidfLogistic"),
    "VADER + keywords": lambda: _baseline("VaderKeywords"),
    "VADER": lambda: _baseline("Vader"),
    "TextBlob": lambda: _baseline("TextBlob"),
}

ENGINES = ("verbatim neural", "verbatim lexicon")
TIMED = (*ENGINES, "VADER", "TextBlob")
"""Systems of the speed tables; the other baselines are yardsticks of accuracy, not libraries."""


def build(names: Sequence[str]) -> dict[str, System]:
    """Build the systems that are installed; say which are not, and why."""
    from verbatim.errors import VerbatimError

    systems: dict[str, System] = {}
    for name in names:
        try:
            systems[name] = SYSTEMS[name]()
        except (ImportError, VerbatimError) as error:
            print(f"left out: {name} ({error})")
    return systems
