"""Write themes to a directory, whole or not at all, and read them again; no pickle."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from verbatim.atomic import write_file
from verbatim.directory import META, whole_directory
from verbatim.discover.edits import Entry
from verbatim.discover.model import Model, Theme
from verbatim.discover.options import DiscoverOptions
from verbatim.discover.said import Said
from verbatim.errors import StorageError
from verbatim.storage import DIGESTS, meta_bytes, parquet_bytes

VERSION = 2
_ARRAYS = "arrays.npz"
_TABLES = ("phrases", "quotes", "changes")


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """All that themes are made of; what can be counted from it isn't in it.

    `quotes` are more than are shown: see `verbatim.discover.tagging`.
    """

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
        scope=model.scope,
        phrase=said.phrase,
        review=said.review,
        side=said.side,
    )
    tables = {"phrases": said.phrases, "quotes": state.quotes, "changes": state.changes}
    files = {f"{name}.parquet": parquet_bytes(table) for name, table in tables.items()}
    files[_ARRAYS] = arrays.getvalue()
    about[DIGESTS] = {name: sha256(content).hexdigest() for name, content in files.items()}
    with whole_directory(path, overwrite=overwrite) as directory:
        for name, content in files.items():
            write_file(directory / name, content)
        write_file(directory / META, meta_bytes(about))
    return path


def load(path: Path) -> State:
    """Read the directory `path`; see `Themes.load`."""
    about = _about(path)
    try:
        tables = {
            name: pd.read_parquet(io.BytesIO(_content(path, f"{name}.parquet", about[DIGESTS])))
            for name in _TABLES
        }
        content = io.BytesIO(_content(path, _ARRAYS, about[DIGESTS]))
        with np.load(content, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        themes = [
            Theme(**{**theme, "keywords": tuple(theme["keywords"])}) for theme in about["themes"]
        ]
        return State(
            Model(
                tuple(themes),
                arrays["centres"],
                arrays["owner"],
                arrays["scope"],
                about["weights"],
            ),
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
    except StorageError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"{path} doesn't hold whole themes: {error}") from error


def _content(path: Path, name: str, files: Mapping[str, str]) -> bytes:
    """Read a file, and raise `StorageError` unless it is the one that was saved."""
    content = (path / name).read_bytes()
    if sha256(content).hexdigest() != files[name]:
        raise StorageError(
            f"{path / name} is not the file that was saved with the others (sha256 differs); "
            "save the themes again"
        )
    return content


def _about(path: Path) -> dict[str, Any]:
    from verbatim.vectors import space

    try:
        about: dict[str, Any] = json.loads((path / META).read_text("utf-8"))
        version, words = about["themes_version"], about["words"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StorageError(
            f"{path} holds no themes ({META} is missing or of another kind)"
        ) from error
    if version != VERSION or words != space().version:
        raise StorageError(
            f"{path} was written with another version of the themes or of the word vectors; "
            "discover the themes again"
        )
    return about
