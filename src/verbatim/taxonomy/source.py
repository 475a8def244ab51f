"""Read what a taxonomy is written in, YAML or plain dicts, and keep where each thing stands.

The YAML is read event by event: nothing is built from tags, an alias stops at its line instead of
growing (a "bomb"), and depth is bounded (composing deep nesting crashes the C parser's caller).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from verbatim.errors import TaxonomyError

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
_SHOWN = 20

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top."""

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR, _NULL, _BOOL = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "null", "bool"))
_BOOLS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Other:
    """A value of no use here: a number, a date, an object. Only how it was written is kept."""

    written: str


@dataclass(slots=True)
class Source:
    """A document of dicts, lists, str, bool, None and `Other`, and what is wrong with it.

    Attributes
    ----------
    name : str
        What messages call it: the file, or "taxonomy".
    value : object
    lines : dict
        Line of every key and list item, from 1; empty for a dict.
    written : dict
        How a value that is not text was written: ``no`` for False.
    """

    name: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def problem(self, path: Path, message: str) -> None:
        """Note what is wrong at `path`; `check` raises all of it at once."""
        place = path
        while place and place not in self.lines:
            place = place[:-1]
        line = self.lines.get(place, 0)
        where = f"line {line}" if line else ".".join(map(str, path)) or "top level"
        self.problems.append((line, f"{where}: {message}"))

    def check(self) -> None:
        """Raise a `TaxonomyError` that lists every problem noted, in the order of the lines."""
        if not self.problems:
            return
        found = list(dict.fromkeys(message for _, message in sorted(self.problems, key=_line)))
        if len(found) > _SHOWN:
            found[_SHOWN:] = [f"and {len(found) - _SHOWN} more"]
        raise TaxonomyError("\n  ".join([f"{self.name} is not a valid taxonomy:", *found]))

    def show(self, path: Path, value: object) -> str:
        """Return `value` as its author wrote it."""
        shown = value.written if isinstance(value, Other) else repr(value)
        return self.written.get(path, shown)


def _line(problem: tuple[int, str]) -> int:
    return problem[0]


def from_yaml(text: str, name: str) -> Source:
    """Read YAML text; raise a `TaxonomyError` where it cannot be read at all."""
    if len(text) > MAX_BYTES:
        raise TaxonomyError(f"{name} is larger than {MAX_BYTES:,} bytes, too large to read")
    if not text.strip():
        raise TaxonomyError(f"{name} is empty; a taxonomy needs at least `drivers:`")
    source = Source(name)
    try:
        _Reader(source, _Loader(text)).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TaxonomyError(f"{name}, line {line}: not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise TaxonomyError(f"{name}: not valid YAML: {error}") from error
    return source


def to_yaml(value: Mapping[str, Any]) -> str:
    """Write plain dicts and lists as YAML text, in their order."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100))


def from_mapping(mapping: Mapping[Any, Any], name: str) -> Source:
    """Read dicts and lists that were built in Python; `mapping` itself is left as it is."""
    source = Source(name)
    source.value = _plain(source, mapping, ())
    return source


def _plain(source: Source, value: object, path: Path) -> Any:
    if len(path) > MAX_DEPTH:
        raise TaxonomyError(f"{source.name} is nested too deeply; see {'.'.join(map(str, path))}")
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                source.problem(path, f"the key {key!r} is not text; put it in quotes")
        return {str(key): _plain(source, item, (*path, str(key))) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(source, item, (*path, i)) for i, item in enumerate(value)]
    if isinstance(value, str):
        return str(value)
    return value if value is None or isinstance(value, bool) else Other(repr(value))


class _Reader:
    """Builds the value of a `Source` from the events of a YAML loader."""

    def __init__(self, source: Source, loader: Any) -> None:
        self.source, self.loader = source, loader

    def document(self) -> None:
        self.loader.get_event()
        if isinstance(self.loader.get_event(), yaml.DocumentStartEvent):
            self.source.value = self.value(self.loader.get_event(), ())
            self.loader.get_event()
            if not isinstance(event := self.loader.get_event(), yaml.StreamEndEvent):
                line = event.start_mark.line + 1
                raise TaxonomyError(f"{self.source.name}, line {line}: a second document starts")

    def value(self, event: Any, path: Path) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if isinstance(event, yaml.AliasEvent):
            self.mark(event, path, "aliases (`*name`) are not allowed; write it out")
            return None
        if len(path) >= MAX_DEPTH:
            line = event.start_mark.line + 1
            raise TaxonomyError(f"{self.source.name}, line {line}: nested too deeply")
        if event.tag is not None:
            self.mark(event, path, f"tags ({event.tag}) are not allowed")
        is_map = isinstance(event, yaml.MappingStartEvent)
        return self.mapping(path) if is_map else self.sequence(path)

    def mark(self, event: Any, path: Path, message: str) -> None:
        self.source.lines.setdefault(path, event.start_mark.line + 1)
        self.source.problem(path, message)

    def scalar(self, event: Any, path: Path) -> Any:
        tag, other = event.tag, Other(event.value)
        if tag is None and event.implicit[0]:
            tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag in (None, _STR):
            return event.value
        self.source.written[path] = event.value or "nothing"
        if tag == _NULL:
            return None
        return _BOOLS.get(event.value.lower(), other) if tag == _BOOL else other

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self.source.lines[place] = event.start_mark.line + 1
            items.append(self.value(event, place))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            key = self.key(event, path)
            place = (*path, key)
            self.source.lines[place] = event.start_mark.line + 1
            if key in items:
                self.source.problem(place, f"{key!r} stands twice; join the two")
            items[key] = self.value(self.loader.get_event(), place)
        return items

    def key(self, event: Any, path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            line = event.start_mark.line + 1
            raise TaxonomyError(f"{self.source.name}, line {line}: a key must be a word")
        key: str = event.value
        if not isinstance(self.scalar(event, path), str):
            self.mark(event, (*path, key), f"the key `{key}` is not text; put it in quotes")
        return key
