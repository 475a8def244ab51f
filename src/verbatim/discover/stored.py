"""Write themes to a directory, whole or not at all, and read them again; no pickle."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from verbatim.discover.edits import Entry
from verbatim.discover.model import Model, Theme
from verbatim.discover.options import DiscoverOptions
from verbatim.discover.said import Said
from verbatim.errors import StorageError
from verbatim.storage import META, meta_bytes, parquet_bytes, whole_directory, write_file

VERSION = 1
_ARRAYS = "arrays.npz"
_TABLES = ("phrases", "quotes", "changes")


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """All that themes are made of; what can be counted from it isn't in it."""

    model: Model
    said: Said
    options: DiscoverOptions
    quotes: pd.DataFrame
    changes: pd.DataFrame
    log: Sequence[Entry]
    source: Mapping[str, Any]


def save(state: State, path: Path, *, overwrite: bool) -> Path:
    """Write to the directory `path`; see `Themes.save`."""
    from verbatim.vectors import space

    model, said = state.model, state.said
    about = {
        "themes_version": VERSION,
        "words": space().version,
        "options": asdict(state.options),
        "source": dict(state.source),
        "n_read": said.n_read,
        "themes": [asdict(theme) for theme in model.themes],
        "weights": dict(model.weights),
        "log": [dict(entry) for entry in state.log],
    }
    arrays = io.BytesIO()
    np.savez_compressed(
        arrays,
        centres=model.centres,
        owner=model.owner,
        phrase=said.phrase,
        review=said.review,
        side=said.side,
    )
    tables = {"phrases": said.phrases, "quotes": state.quotes, "changes": state.changes}
    with whole_directory(path, overwrite=overwrite) as directory:
        for name, table in tables.items():
            write_file(directory / f"{name}.parquet", parquet_bytes(table))
        write_file(directory / _ARRAYS, arrays.getvalue())
        write_file(directory / META, meta_bytes(about))
    return path


def load(path: Path) -> State:
    """Read the directory `path`; see `Themes.load`."""
    about = _about(path)
    try:
        tables = {name: pd.read_parquet(path / f"{name}.parquet") for name in _TABLES}
        with np.load(path / _ARRAYS, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        themes = [
            Theme(**{**theme, "keywords": tuple(theme["keywords"])}) for theme in about["themes"]
        ]
        return State(
            Model(tuple(themes), arrays["centres"], arrays["owner"], about["weights"]),
            Said(
                tables["phrases"],
                arrays["phrase"],
                arrays["review"],
                arrays["side"],
                about["n_read"],
            ),
            DiscoverOptions(**about["options"]),
            tables["quotes"],
            tables["changes"],
            tuple(about["log"]),
            about["source"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{path} doesn't hold whole themes: {error}") from error


def _about(path: Path) -> dict[str, Any]:
    from verbatim.vectors import space

    try:
        about: dict[str, Any] = json.loads((path / META).read_text("utf-8"))
        version, words = about["themes_version"], about["words"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"{path} holds no themes ({META} is missing or of another kind)"
        ) from error
    if version != VERSION or words != space().version:
        raise StorageError(
            f"{path} was written with another version of the themes or of the word vectors; "
            "discover the themes again"
        )
    return about
