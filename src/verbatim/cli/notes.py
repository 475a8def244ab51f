"""Print warnings about the sample as notes, once each, where Python would show code."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from verbatim.errors import BiasWarning


@contextmanager
def bias_as_notes() -> Iterator[None]:
    """Print each different `BiasWarning` of the block on stderr, and leave other warnings alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", BiasWarning)
        others = warnings.showwarning
        seen: set[str] = set()

        def show(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> None:
            if not issubclass(category, BiasWarning):
                others(message, category, filename, lineno, file, line)
            elif str(message) not in seen:
                seen.add(str(message))
                print(f"note: {message}", file=sys.stderr)

        warnings.showwarning = show
        yield
