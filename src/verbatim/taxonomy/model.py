"""The taxonomy as a value: which drivers are reported, and whose opinions each one takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbatim.errors import TaxonomyError, unknown
from verbatim.labels import DRIVERS
from verbatim.taxonomy.assigner import Assigner
from verbatim.taxonomy.driver import Driver, Term
from verbatim.taxonomy.likeness import Likeness
from verbatim.taxonomy.phrases import Parts, fold, parse
from verbatim.taxonomy.texts import as_texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pandas import DataFrame

    from verbatim.analysis import Analysis
    from verbatim.evaluation import Evaluation


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

    def __repr__(self) -> str:
        return f"Taxonomy(name={self.name!r}, drivers={self.ids!r})"

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
            longest phrase, then the most, then the first. Then an own driver with a description
            or examples that the words are like, and more so than the one that would report them.
            Else the driver that reports this universal driver; None where there is none. The
            sub-driver is found by its phrases.
        """
        return self.assign_all([(universal, words)])[0]

    def assign_all(
        self, opinions: Iterable[tuple[str, Sequence[str]]]
    ) -> list[tuple[str | None, str | None]]:
        """Assign many opinions, universal driver and words each, as `assign` does one."""
        return self._assigner.assign([(universal, tuple(words)) for universal, words in opinions])

    def classify(self, texts: Sequence[str]) -> list[str | None]:
        """Driver that each text is about, taken as one opinion of which nothing else is known.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        list of str or None
            By the phrases of own drivers, then by likeness to own drivers that are described and
            to universal ones; None where it is like none.

        Raises
        ------
        InputError
            `texts` is one text, or holds something else than texts.

        Examples
        --------
        >>> drivers = {"battery": {"description": "Battery life"}, "screen": ["display"]}
        >>> taxonomy = Taxonomy.from_dict({"extends": None, "drivers": drivers})
        >>> taxonomy.classify(["It needs charging every hour", "Bright display", "See you soon"])
        ['battery', 'screen', None]
        """
        return self._assigner.classify(as_texts(texts, "texts"))

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
            likeness=self._likeness,
        )

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self.drivers, self.unreported)

    def nearness(self, texts: Sequence[str], driver: str) -> NDArray[np.float64]:
        """Cosine (n,), 0 to 1, of the words of each text to those that teach a driver.

        It is 0 for a text that is nearer to another driver, or near to none.
        """
        return self._likeness.nearness(as_texts(texts, "texts"), self[driver].id)

    def has_example(self, text: str) -> bool:
        """Whether a text is an example of a driver, in whatever case and punctuation."""
        return fold(text) in self._examples

    @cached_property
    def _examples(self) -> frozenset[tuple[str, ...]]:
        return frozenset(fold(example) for driver in self for example in driver.examples)

    def evaluate(self, labelled: Any, *, text: str = "text", driver: str = "driver") -> Evaluation:
        """Measure on labelled texts how well `classify` tells the drivers apart.

        Parameters
        ----------
        labelled : DataFrame or iterable of (text, driver id or None)
            None says that a text is about none of the drivers. Texts that are examples of this
            taxonomy are left out and counted.
        text, driver : str
            Columns, when `labelled` is a DataFrame.

        Returns
        -------
        Evaluation
            Precision, recall and F1 per driver with intervals, the confusions, n, how many texts
            were left open.

        Raises
        ------
        InputError
            There is no text, a column isn't there, or a label is no driver of the taxonomy.

        Examples
        --------
        >>> drivers = {"battery": {"description": "Battery life"}, "screen": ["display"]}
        >>> taxonomy = Taxonomy.from_dict({"extends": None, "drivers": drivers})
        >>> labelled = [("Battery is dead by noon", "battery"), ("Sharp display", "screen")]
        >>> taxonomy.evaluate(labelled).frame[["driver", "n_texts", "f1"]].values.tolist()
        [['battery', 1, 1.0], ['screen', 1, 1.0]]
        """
        from verbatim.evaluation import evaluate

        return evaluate(self, labelled, text=text, driver=driver)

    def suggest(self, analysis: Analysis, driver: str, n: int = 20) -> DataFrame:
        """Phrases of an analysis that this driver might take, and that no driver has yet.

        Parameters
        ----------
        analysis : Analysis
            Of your own verbatims, with any taxonomy.
        driver : str
        n : int, default 20
            Phrases at most.

        Returns
        -------
        DataFrame
            ``phrase``; ``kind``, target or assessment; ``nearness``, its cosine to what teaches the
            driver, to which it is nearest; ``n_reviews`` that say it; ``quote``, a sentence of one.
            What more reviews say comes first. Nothing is changed: put those that you want into
            the document.

        Raises
        ------
        TaxonomyError
            There is no such driver.
        OptionError
            `n` isn't a positive number.
        """
        from verbatim.taxonomy.suggestion import suggest

        return suggest(self, analysis, driver, n)

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
