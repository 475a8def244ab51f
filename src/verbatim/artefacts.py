"""Find, verify and read the files that an engine is shipped with.

An artefact is a directory ``models/<name>/``: data files, a model card ``card.md`` and a
``meta.json`` that carries the format, the label order and the sha256 of every other file. It is
found inside the installed package, or beside ``src/`` in a checkout. Nothing is ever unpickled
or downloaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verbatim import labels
from verbatim.errors import ArtefactError

FORMAT = 1
BY_VALUE = "by value"
"""Where ``meta.json`` has the held-out counts per head and value: see `verbatim.reliability`."""
_LABELLED = ("DRIVERS", "EMOTIONS", "INTENTS", "TOUCHPOINTS", "STAGES")


@dataclass(frozen=True)
class Artefact:
    """A verified artefact.

    Parameters
    ----------
    path : Path
        Its directory.
    meta : dict
        What its ``meta.json`` says.
    """

    path: Path
    meta: dict[str, Any]

    def bytes(self, name: str) -> bytes:
        """Read one file, and raise `ArtefactError` unless it is the one that `meta` describes."""
        expected = self.meta["files"].get(name)
        file = self.path / name
        if expected is None or not file.is_file():
            raise ArtefactError(f"{file} is missing; install verbatim-cx again")
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != expected:
            raise ArtefactError(
                f"{file} is not the file that meta.json describes (sha256 differs); "
                "install verbatim-cx again, or seal the artefact if you changed it on purpose"
            )
        return content

    def text(self, name: str) -> str:
        """Read one file as UTF-8 text."""
        return self.bytes(name).decode("utf-8")

    def json(self, name: str) -> Any:
        """Read one JSON file."""
        return json.loads(self.text(name))

    def yaml(self, name: str) -> Any:
        """Read one YAML file, safely."""
        import yaml

        return yaml.load(self.text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    @property
    def by_value(self) -> dict[str, Any]:
        """Held-out counts per head and value; empty where none were made."""
        counts: dict[str, Any] = self.meta.get("held_out", {}).get(BY_VALUE, {})
        return counts

    @property
    def digest(self) -> str:
        """Sha256 over the sha256 of all files: changes when any of them does."""
        listing = json.dumps(self.meta["files"], sort_keys=True)
        return hashlib.sha256(listing.encode()).hexdigest()


def open_artefact(name: str) -> Artefact:
    """Open ``models/<name>``; raise `ArtefactError` if it is missing or of another label space."""
    path = models_directory() / name
    try:
        meta = json.loads((path / "meta.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ArtefactError(f"{path}/meta.json can't be read; install verbatim-cx again") from error
    if meta.get("format") != FORMAT or meta.get("labels") != label_order():
        raise ArtefactError(
            f"{path} was made for another version of verbatim "
            f"(format {meta.get('format')!r}, this one reads {FORMAT}); install verbatim-cx again"
        )
    return Artefact(path, meta)


def seal(path: Path, **about: Any) -> None:
    """Write ``meta.json`` for the files that lie in `path`: the last step of making an artefact."""
    files = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(path.iterdir())
        if file.is_file() and file.name != "meta.json"
    }
    meta = {"format": FORMAT, "labels": label_order(), **about, "files": files}
    (path / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


def label_order() -> dict[str, list[str]]:
    """The label lists whose order arrays rely on."""
    return {name.lower(): list(getattr(labels, name)) for name in _LABELLED}


def models_directory() -> Path:
    """Where artefacts lie: in the installed package, or beside ``src/`` in a checkout."""
    package = Path(__file__).parent
    candidates = (package / "models", package.parents[1] / "models")
    for path in candidates:
        if path.is_dir():
            return path
    raise ArtefactError(f"no models directory at {candidates[0]}; install verbatim-cx again")
