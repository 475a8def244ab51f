"""What a directory of parts was made of, with what, and which parts of it are done."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from verbatim.atomic import write_file

MANIFEST = "manifest.json"
FORMAT = 1

_DIGEST = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of the input, done.

    Attributes
    ----------
    rows : int
    files : mapping of str to str
        Path in the directory to sha256; none where no row could be read.
    """

    rows: int
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of ``manifest.json``.

    Attributes
    ----------
    input : mapping
        Name, size and sha256 of the file, and what was found in it.
    options : mapping
        Those on which the tables depend.
    made_with : mapping
        Versions on which the tables depend.
    results : mapping
        Options on which only what is made of the tables depends.
    parts : tuple of Part
        Those that are done, from the first on.
    """

    input: Mapping[str, Any]
    options: Mapping[str, Any]
    made_with: Mapping[str, Any]
    results: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    def with_part(self, part: Part) -> Manifest:
        """Give the manifest once `part` is done as well."""
        return replace(self, parts=(*self.parts, part))

    def write(self, directory: Path) -> None:
        """Replace ``manifest.json`` at once."""
        content = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)
        write_file(directory / MANIFEST, f"{content}\n".encode())

    @classmethod
    def read(cls, directory: Path) -> Manifest | None:
        """Read ``manifest.json``; None if there is none that we know."""
        try:
            content = json.loads((directory / MANIFEST).read_text("utf-8"))
            if content.pop("format") != FORMAT:
                return None
            parts = tuple(Part(**part) for part in content.pop("parts"))
            return cls(**content, parts=parts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


def differences(old: Manifest, new: Manifest, with_results: bool = False) -> list[str]:
    """Say in what two manifests differ, their parts left out.

    Examples
    --------
    >>> old = Manifest({"sha256": "0"}, {"text": "review"}, {})
    >>> differences(old, Manifest({"sha256": "0"}, {"text": "comment"}, {}))
    ["text was 'review' and is 'comment'"]
    """
    sections = ["input", "options", "made_with", *(["results"] if with_results else [])]
    return [
        line for name in sections for line in _section(name, getattr(old, name), getattr(new, name))
    ]


def _section(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    # The name of a file says nothing of its content, which its sha256 tells.
    keys = [key for key in {**old, **new} if (name, key) != ("input", "name")]
    changed = [key for key in keys if old.get(key) != new.get(key)]
    if name == "input" and "sha256" in changed:
        yield f"the file was {old.get('bytes'):,} bytes and is {new.get('bytes'):,}, or was changed"
        return
    for key in changed:
        yield f"{key} was {_short(old.get(key))} and is {_short(new.get(key))}"


def _short(value: Any) -> str:
    """Show a value, of a digest the first eight digits: they tell two apart as well."""
    return _DIGEST.sub(r"\1", repr(value))


def done_parts(manifest: Manifest, directory: Path) -> tuple[Part, ...]:
    """Parts that are done, up to the first whose files are not those of the manifest."""
    sound = []
    for part in manifest.parts:
        if not all(_is_sound(directory / name, digest) for name, digest in part.files.items()):
            break
        sound.append(part)
    return tuple(sound)


def sha256(content: bytes) -> str:
    """Digest in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """Digest of a file of any length."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_sound(path: Path, digest: str) -> bool:
    return path.is_file() and file_sha256(path) == digest
