"""Which driver an opinion's words are most like: by descriptions, phrases and labelled examples."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verbatim.labels import DRIVERS
from verbatim.taxonomy.driver import Driver
from verbatim.taxonomy.head import NEAR, Floats, Head, Ints, fit_head
from verbatim.taxonomy.phrases import parse
from verbatim.vectors import space

Opinion = tuple[str, tuple[str, ...]]
"""The universal driver, and the words of the target and the evidence."""

LEAN = 0.35
"""How far an opinion's vector leans towards what its universal driver means; its words weigh 1.
Chosen on the clauses of OPOSUM, as the engine reads them."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text that teaches a driver; an example is one that somebody labelled."""

    text: str
    is_example: bool


def lessons(driver: Driver) -> tuple[Lesson, ...]:
    """What a driver's document says that it is about, each text once."""
    parts = [" ".join(map(" ".join, parse(phrase).parts)) for phrase, _ in driver.phrases()]
    # A universal driver's sub-drivers are parts of it that anybody would think of.
    names = [] if driver.is_universal else [sub.name for sub in driver.subdrivers]
    told = dict.fromkeys((driver.name, driver.description, *names, *parts), False)
    # Sorted, so that the order of phrases changes nothing, not even in the last digit.
    taught = told | dict.fromkeys(driver.examples, True)
    return tuple(Lesson(text, taught[text]) for text in sorted(taught) if text)


class Likeness:
    """Tells drivers by the vectors of words. Fitted when it is first asked.

    Own drivers that are described are told apart by a `Head`. One of them takes an opinion if the
    head is sure and the opinion is nearer to it than to the universal driver that would report it.

    Parameters
    ----------
    drivers : sequence of Driver
        Those reported, in the order of the taxonomy.
    unreported : sequence of Driver
        Universal drivers that opinions may be of, though they are not reported as such.
    """

    def __init__(self, drivers: Sequence[Driver], unreported: Sequence[Driver] = ()) -> None:
        self._drivers = tuple(drivers)
        self._unreported = tuple(unreported)
        self._own = [d for d in drivers if not d.is_universal and d.is_described]
        self._reported = [d for d in drivers if d.is_universal]

    @property
    def own(self) -> tuple[str, ...]:
        """Drivers that take what is like them."""
        return tuple(driver.id for driver in self._own)

    def take(
        self,
        opinions: Sequence[Opinion],
        takers: Mapping[str, Collection[str]],
        reporters: Mapping[str, str],
    ) -> list[str | None]:
        """Own driver that takes each opinion; None where none does.

        Parameters
        ----------
        opinions : sequence of (universal driver, words)
        takers : mapping of universal driver to own drivers that may take its opinions
        reporters : mapping of universal driver to the driver that reports the rest
        """
        universals = [universal for universal, _ in opinions]
        words = space().phrases([" ".join(words) for _, words in opinions])
        vectors = _units(words + LEAN * np.stack([self._meanings[u] for u in universals]))
        masks = {u: [driver in takers[u] for driver in self.own] for u in set(universals)}
        best, nearness = self._best(vectors, np.array([masks[u] for u in universals]))
        rivals = [self._centres.get(reporters.get(u, ""), self._nowhere) for u in universals]
        is_nearer = nearness > np.einsum("nd,nd->n", vectors, np.stack(rivals))
        return self._named(np.where(is_nearer, best, -1))

    def choose(self, texts: Sequence[str]) -> list[str | None]:
        """Driver of each text of which nothing else is known: a sure own one, or a universal one.

        The nearer of the two has it; None where neither is near.
        """
        vectors = space().phrases(texts).astype(np.float64)
        universals = [driver.id for driver in self._reported]
        likeness = np.hstack([np.full((len(texts), 1), NEAR), self._nearness(vectors, universals)])
        ids = [None, *universals]
        named = [ids[i] for i in likeness.argmax(axis=1).tolist()]
        if not self._own:
            return named
        best, nearness = self._best(vectors, np.ones((len(texts), len(self._own)), np.bool_))
        own = self._named(np.where(nearness >= likeness.max(axis=1), best, -1))
        return [first or second for first, second in zip(own, named, strict=True)]

    def nearness(self, texts: Sequence[str], driver: str) -> Floats:
        """Cosine (n,) of each text to what `driver` was taught.

        It is 0 where another driver is nearer, or where it is below `NEAR`.
        """
        ids = [one.id for one in self._drivers]
        likeness = self._nearness(space().phrases(texts).astype(np.float64), ids)
        own = likeness[:, ids.index(driver)]
        return np.where((own >= NEAR) & (own == likeness.max(axis=1)), own, 0.0)

    @cached_property
    def head(self) -> Head:
        """What tells the own drivers apart."""
        taught = [(i, lesson) for i, driver in enumerate(self._own) for lesson in lessons(driver)]
        return fit_head(
            space().phrases([lesson.text for _, lesson in taught]),
            [i for i, _ in taught],
            [lesson.is_example for _, lesson in taught],
            len(self._own),
        )

    def _best(self, vectors: Floats, among: NDArray[np.bool_]) -> tuple[Ints, Floats]:
        """Own driver of each vector, -1 where the head isn't sure, and the nearness of both."""
        best = self.head.choose(vectors, among)
        return best, np.einsum("nd,nd->n", vectors, self.head.centres[best])

    def _nearness(self, vectors: Floats, drivers: Sequence[str]) -> Floats:
        centres = np.array([self._centres[driver] for driver in drivers])
        found: Floats = np.einsum("nd,kd->nk", vectors, centres.reshape(-1, vectors.shape[1]))
        return found

    def _named(self, numbers: Ints) -> list[str | None]:
        ids = [*self.own, None]
        return [ids[i] for i in numbers.tolist()]

    @cached_property
    def _centres(self) -> dict[str, Floats]:
        return {
            driver.id: _centre([one.text for one in lessons(driver)]) for driver in self._drivers
        }

    @cached_property
    def _meanings(self) -> dict[str, Floats]:
        """What each universal driver means."""
        every = [d for d in (*self._drivers, *self._unreported) if d.is_universal]
        known = {driver.id: _centre([f"{driver.name}: {driver.description}"]) for driver in every}
        return dict.fromkeys(DRIVERS, self._nowhere) | known

    @cached_property
    def _nowhere(self) -> Floats:
        return np.zeros(space().width, np.float64)


def _centre(texts: Sequence[str]) -> Floats:
    centre: Floats = _units(space().phrases(texts).sum(axis=0, keepdims=True))[0]
    return centre


def _units(vectors: ArrayLike) -> Floats:
    """Vectors (n, D) made 1 long, but for those that are 0."""
    x = np.asarray(vectors, np.float64)
    length = np.sqrt(np.einsum("nd,nd->n", x, x))[:, None]
    units: Floats = x / np.where(length > 0, length, 1)
    return units
