"""The taxonomy as a value: which drivers are reported, and whose opinions each one takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from verbatim.errors import TaxonomyError, unknown
from verbatim.labels import DRIVERS
from verbatim.taxonomy.assigner import Assigner
from verbatim.taxonomy.driver import Driver, Term
from verbatim.taxonomy.phrases import Parts, parse


@dataclass(frozen=True)
class Taxonomy:
    """The drivers that an analysis reports.

    Attributes
    ----------
    name, description : str
    drivers : tuple of Driver
        Those reported, in the order in which tables and charts show them.
    unreported : tuple of Driver
        Universal drivers that are dropped or merged into another. Their phrases still tell an
        engine what a text is about; the opinions are then left out, or reported elsewhere.

    Examples
    --------
    >>> taxonomy = Taxonomy.from_dict({"drivers": {"parking": ["car park", "valet"]}})
    >>> taxonomy.assign("facilities", ["the", "car", "park", "was", "full"])
    ('parking', None)
    >>> taxonomy.name_of("parking")
    'Parking'
    """

    name: str
    description: str
    drivers: tuple[Driver, ...]
    unreported: tuple[Driver, ...] = field(default=(), repr=False)

    @classmethod
    def from_yaml(cls, source: str | Path) -> Taxonomy:
        """Read a taxonomy from a YAML file, given its path, or from YAML text.

        Raises
        ------
        TaxonomyError
            Lists everything that is wrong, each with its line and the fix.
        """
        from verbatim.taxonomy import loader

        return loader.from_yaml(source)

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any]) -> Taxonomy:
        """Read a taxonomy from a dict of the same form as the YAML."""
        from verbatim.taxonomy import loader

        return loader.from_dict(mapping)

    @classmethod
    def load(cls, name: str) -> Taxonomy:
        """Load a taxonomy that is shipped; `available_taxonomies` lists them."""
        from verbatim.taxonomy import loader

        return loader.load(name)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the drivers reported, in order."""
        return tuple(driver.id for driver in self.drivers)

    @cached_property
    def _by_id(self) -> dict[str, Driver]:
        return {driver.id: driver for driver in self.drivers}

    def __getitem__(self, driver_id: str) -> Driver:
        if driver_id not in self._by_id:
            raise TaxonomyError(unknown("driver", driver_id, self.ids))
        return self._by_id[driver_id]

    def __contains__(self, driver_id: object) -> bool:
        return driver_id in self._by_id

    def __iter__(self) -> Iterator[Driver]:
        return iter(self.drivers)

    def __len__(self) -> int:
        return len(self.drivers)

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process gets the value alone and builds its own indices.
        return Taxonomy, (self.name, self.description, self.drivers, self.unreported)

    def name_of(self, driver_id: str, subdriver_id: str | None = None) -> str:
        """Label for people of a driver, or of one of its sub-drivers."""
        driver = self[driver_id]
        if subdriver_id is None:
            return driver.name
        names = {sub.id: sub.name for sub in driver.subdrivers}
        if subdriver_id not in names:
            raise TaxonomyError(unknown(f"sub-driver of {driver_id!r}", subdriver_id, names))
        return names[subdriver_id]

    def assign(self, universal: str, words: Sequence[str]) -> tuple[str | None, str | None]:
        """Driver and sub-driver under which an opinion is reported.

        Parameters
        ----------
        universal : str
            The universal driver that the engine gave.
        words : sequence of str
            Lower-case words of the opinion's target and evidence, cut as `fold` cuts them.

        Returns
        -------
        (driver id or None, sub-driver id or None)
            An own driver with a phrase among the words comes first: of several, the one with the
            longest phrase, then the most, then the first. Else the driver that reports this
            universal driver; None where there is none. The sub-driver is found alike.
        """
        return self._assigner.assign(universal, tuple(words))

    @cached_property
    def _assigner(self) -> Assigner:
        own = {
            driver.id: [phrase for phrase, _ in driver.phrases()]
            for driver in self.drivers
            if not driver.is_universal
        }
        return Assigner(
            own=own,
            sources={name: frozenset(self[name].sources or DRIVERS) for name in own},
            reporters={u: driver.id for driver in self.drivers for u in driver.universal},
            parts={d.id: {sub.id: sub.phrases for sub in d.subdrivers} for d in self.drivers},
        )

    def vocabulary(self) -> tuple[Term, ...]:
        """Every phrase with the universal driver that it points to, for an engine.

        An own driver's phrase keeps the universal driver under which it is known, where the own
        driver takes opinions from that one; else it gets the first of the own driver's sources,
        or ``overall``.
        """
        terms: dict[Parts, Term] = {}
        drivers = sorted((*self.drivers, *self.unreported), key=lambda d: not d.is_universal)
        for driver in drivers:
            for text, kind in driver.phrases():
                phrase = parse(text)
                known = terms.get(phrase.key)
                if known and (not driver.sources or known.universal in driver.sources):
                    continue
                universal = driver.id if driver.is_universal else (*driver.sources, "overall")[0]
                terms[phrase.key] = Term(phrase.parts, universal, kind, phrase.weak)
        return tuple(terms.values())

    def to_dict(self) -> dict[str, Any]:
        """Return the whole taxonomy as plain dicts and lists; `from_dict` gives an equal one."""
        places = {u: driver.id for driver in self.drivers for u in driver.universal}
        drivers = {driver.id: driver.to_dict() for driver in self.drivers}
        for driver in self.unreported:
            place = places.get(driver.id)
            drivers[driver.id] = driver.to_dict() | ({"into": place} if place else {"drop": True})
        head = {"name": self.name, "description": self.description}
        return {**head, "extends": None, "standalone": True, "drivers": drivers}

    def to_yaml(self) -> str:
        """Return `to_dict` as YAML text."""
        from verbatim.taxonomy import source

        return source.to_yaml(self.to_dict())

    @cached_property
    def digest(self) -> str:
        """The sha256 of the taxonomy, 64 hexadecimal digits: equal taxonomies, equal digests."""
        text = json.dumps(self.to_dict(), separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
