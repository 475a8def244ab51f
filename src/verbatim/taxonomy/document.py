"""What one document says of its drivers: every key and every phrase checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from verbatim.errors import unknown
from verbatim.labels import DRIVERS
from verbatim.taxonomy.driver import Driver, SubDriver
from verbatim.taxonomy.phrases import Parts, fold, parse
from verbatim.taxonomy.source import Other, Path, Source

DEFAULT_PARENT = "general"
_TOP_KEYS = ("name", "description", "extends", "standalone", "drivers")
_PHRASE_KEYS = ("targets", "phrases", "positive", "negative")
_DRIVER_KEYS = (
    *("name", "description", *_PHRASE_KEYS, "subdrivers", "examples"),
    *("from", "into", "drop"),
)
_SUBDRIVER_KEYS = ("name", "phrases")
_ID = re.compile(r"[a-z][a-z0-9_]*")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """A driver as one document lists it, or as several laid over each other leave it.

    An empty name or description is one not given.
    """

    driver: Driver
    into: str | None = None
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A taxonomy document; `standalone` says that nothing comes from the universal pack."""

    name: str
    description: str
    extends: str | None
    standalone: bool
    drafts: dict[str, Draft]


def read(source: Source, default_name: str) -> Document:
    """Check a document by itself; what is wrong is noted in `source`."""
    return _Checker(source).document(default_name)


@dataclass(slots=True)
class _Checker:
    source: Source
    # Where each phrase of the document was seen first: driver and list.
    seen: dict[Parts, tuple[str, str]] = field(default_factory=dict)
    # Driver of each example and of each description, by its words.
    told: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    standalone: bool = False

    def document(self, default_name: str) -> Document:
        top = self.mapping((), self.source.value, _TOP_KEYS)
        self.standalone = self.flag(("standalone",), top.get("standalone"))
        drivers = self.mapping(("drivers",), top.get("drivers"), None)
        # Naming a parent and changing nothing is fine; an empty list is a slip.
        if not drivers and ("drivers" in top or "extends" not in top):
            self.source.problem(("drivers",), "no drivers; list at least one under `drivers:`")
        return Document(
            name=self.text(("name",), top.get("name")) or default_name,
            description=self.text(("description",), top.get("description")),
            extends=self.extends(top),
            standalone=self.standalone,
            drafts={id: self.draft(("drivers", id), id, value) for id, value in drivers.items()},
        )

    def extends(self, top: dict[str, Any]) -> str | None:
        if "extends" not in top:
            return DEFAULT_PARENT
        parent = top["extends"]
        if parent in (None, "none"):
            return None
        name = self.text(("extends",), parent)
        if isinstance(parent, str) and not name:
            fix = "give one that is shipped, or null to start from nothing"
            self.source.problem(("extends",), f"{parent!r} names no taxonomy; {fix}")
        return name

    def draft(self, path: Path, id: str, value: object) -> Draft:
        self.check_id(path, id, "driver")
        value = self.listed(path, value)
        if isinstance(value, list):
            return Draft(Driver(id, targets=self.phrases(path, value, (id, "targets"))))
        keys = self.mapping(path, {} if value is None else value, _DRIVER_KEYS)

        def read(key: str, reader: Callable[[Path, Any], T]) -> T:
            return reader((*path, key), keys.get(key))

        def claim(key: str) -> tuple[str, ...]:
            place = (id, "targets" if key == "phrases" else key)
            return self.phrases((*path, key), keys.get(key), place)

        driver = Driver(
            id,
            name=read("name", self.text),
            description=self.description(path, id, keys),
            targets=tuple(dict.fromkeys(claim("targets") + claim("phrases"))),
            positive=claim("positive"),
            negative=claim("negative"),
            subdrivers=read("subdrivers", self.subdrivers),
            sources=read("from", self.sources) if "from" in keys else (),
            examples=read("examples", self.examples),
        )
        return Draft(driver, read("into", self.text) or None, read("drop", self.flag))

    def description(self, path: Path, id: str, keys: dict[str, Any]) -> str:
        path = (*path, "description")
        text = self.text(path, keys.get("description"))
        if text and id not in DRIVERS:
            self.tell(path, id, "description", text)
        return text

    def examples(self, path: Path, value: object) -> tuple[str, ...]:
        """Read texts that teach a driver; one that teaches two would teach neither."""
        texts = self.items(path, value)
        for where, text in texts:
            self.tell(where, str(path[1]), "example", text)
        return tuple(dict.fromkeys(text for _, text in texts))

    def tell(self, where: Path, id: str, kind: str, text: str) -> None:
        words = fold(text)
        if not words:
            self.source.problem(where, f"{kind} {text!r} has no word; take it out")
        elif (first := self.told.setdefault((kind, words), id)) != id:
            shown = f"{kind} {text!r} stands under {first} and under {id}"
            self.source.problem(where, f"{shown}; keep one, or they can't be told apart")

    def subdrivers(self, path: Path, value: object) -> tuple[SubDriver, ...]:
        entries = self.mapping(path, {} if value is None else value, None)
        subs = tuple(self.subdriver((*path, id), id, entry) for id, entry in entries.items())
        first: dict[Parts, str] = {}
        for sub in subs:
            for phrase in sub.phrases:
                other = first.setdefault(parse(phrase).key, sub.id)
                if other != sub.id:
                    said = f"{phrase!r} stands under the sub-drivers {other} and {sub.id}; keep one"
                    self.source.problem((*path, sub.id), said)
        return subs

    def subdriver(self, path: Path, id: str, value: object) -> SubDriver:
        self.check_id(path, id, "sub-driver")
        value = self.listed(path, value)
        if isinstance(value, list):
            return SubDriver(id, "", self.phrases(path, value))
        keys = self.mapping(path, value, _SUBDRIVER_KEYS)
        phrases = self.phrases((*path, "phrases"), keys.get("phrases"))
        return SubDriver(id, self.text((*path, "name"), keys.get("name")), phrases)

    def sources(self, path: Path, value: object) -> tuple[str, ...]:
        names = self.texts(path, [value] if isinstance(value, str) else value)
        if path[1] in DRIVERS:
            fix = "`from` is for drivers of your own; use `into` on the other driver to merge it"
            self.source.problem(path, f"{path[1]!r} is universal: {fix}")
        for name in names:
            if name not in DRIVERS:
                self.source.problem(path, unknown("universal driver", name, DRIVERS))
        return names

    def phrases(
        self, path: Path, value: object, place: tuple[str, str] | None = None
    ) -> tuple[str, ...]:
        """Read phrases; no two places (driver and list) may hold the same one."""
        found: dict[Parts, str] = {}
        for where, text in self.items(path, value):
            key = parse(text).key
            if not all(key):
                fix = "a `+` needs a phrase on both sides" if len(key) > 1 else "it has no word"
                self.source.problem(where, f"empty phrase {text!r}: {fix}")
                continue
            found.setdefault(key, text)
            if place and not self.standalone:
                self.claim(where, key, text, place)
        return tuple(found.values())

    def claim(self, where: Path, key: Parts, text: str, place: tuple[str, str]) -> None:
        first = self.seen.setdefault(key, place)
        if first != place:
            both = f"{'.'.join(first)} and under {'.'.join(place)}"
            self.source.problem(where, f"{text!r} stands under {both}; keep one")

    def texts(self, path: Path, value: object) -> tuple[str, ...]:
        return tuple(text for _, text in self.items(path, value))

    def listed(self, path: Path, value: object) -> object:
        """Read a phrase alone as the list of it that was meant, so that one slip is one problem."""
        if not isinstance(value, str):
            return value
        shown = self.source.show(path, value)
        self.source.problem(path, f"{shown} is no list of phrases; write [{value}]")
        return [value]

    def items(self, path: Path, value: object) -> list[tuple[Path, str]]:
        if value is None:
            return []
        if not isinstance(value, list):
            shown = self.source.show(path, value)
            self.source.problem(path, f"{shown} is no list; write `[first, second]`")
            return []
        places = [((*path, i), item) for i, item in enumerate(value)]
        for where, item in places:
            if not isinstance(item, str):
                self.source.problem(where, self.not_text(where, item))
        return [(where, item.strip()) for where, item in places if isinstance(item, str)]

    def text(self, path: Path, value: object) -> str:
        if isinstance(value, str):
            return value.strip()
        if value is not None:
            self.source.problem(path, self.not_text(path, value))
        return ""

    def not_text(self, path: Path, value: object) -> str:
        shown = self.source.show(path, value)
        if isinstance(value, bool | Other) or shown in ("~", "null", "Null", "NULL"):
            return f'{shown} is not read as text; put it in quotes: "{shown}"'
        return f"{shown} stands where text is needed"

    def flag(self, path: Path, value: object) -> bool:
        if value is not None and not isinstance(value, bool):
            self.source.problem(path, f"{self.source.show(path, value)} is not true or false")
        return value is True

    def mapping(self, path: Path, value: object, keys: tuple[str, ...] | None) -> dict[str, Any]:
        if not isinstance(value, dict):
            what = f"keys: {', '.join(keys)}" if keys else "ids"
            if value is not None:
                shown = self.source.show(path, value)
                self.source.problem(path, f"{shown} stands where a mapping is needed, with {what}")
            return {}
        for key in value:
            if keys is not None and key not in keys:
                self.source.problem((*path, key), unknown("key", key, keys))
        return value

    def check_id(self, path: Path, id: str, kind: str) -> None:
        if not _ID.fullmatch(id):
            fix = re.sub(r"\W+", "_", id.lower(), flags=re.ASCII).strip("_0123456789") or "an_id"
            rule = "needs lower-case letters, digits and _, a letter first"
            self.source.problem(path, f"{kind} id {id!r} {rule}; write {fix!r} and `name: {id}`")
