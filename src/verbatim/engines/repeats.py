"""An engine that remembers: a sentence that comes again, in whatever batch, costs it nothing."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import fields
from threading import Lock

import numpy as np

from verbatim.engines.base import Engine, Predictions, T
from verbatim.sentences import Sentence

REMEMBERED = 1 << 13
"""Sentences that are remembered, the latest."""
LONGEST = 300
"""Characters up to which a sentence is remembered; longer ones hardly come again."""

Key = tuple[str, tuple[str, ...]]

_LOCK = Lock()
"""One for all: a fork can wait for it, so that no child begins with it held or in mid-change."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release
    )


class Repeats:
    """Read with another engine what hasn't been read lately.

    A prediction depends on its sentence alone, so the result is that of the engine, bit for bit.

    Parameters
    ----------
    engine : Engine
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: OrderedDict[Key, Predictions] = OrderedDict()

    @property
    def name(self) -> str:
        """Name of the engine."""
        return self._engine.name

    @property
    def version(self) -> str:
        """Version of the engine."""
        return self._engine.version

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        """Read `sentences`; see `verbatim.engines.base.Predictions` for what comes back."""
        by_key: dict[Key, Sentence] = {(s.text, s.words): s for s in sentences}
        known = self._recall(by_key)
        new = [key for key in by_key if key not in known]
        fresh = self._engine.predict([by_key[key] for key in new])
        self._remember(new, fresh)
        place = {key: i for i, key in enumerate([*new, *known])}
        indices = np.array([place[s.text, s.words] for s in sentences], np.int64)
        return _joined([fresh, *known.values()]).take(indices)

    def _recall(self, keys: dict[Key, Sentence]) -> dict[Key, Predictions]:
        with _LOCK:
            known = {key: self._known[key] for key in keys if key in self._known}
            for key in known:
                self._known.move_to_end(key)
        return known

    def _remember(self, keys: Sequence[Key], fresh: Predictions) -> None:
        said = {key: i for i, key in enumerate(keys) if len(key[0]) <= LONGEST}
        singles = {key: fresh.take(np.array([i])) for key, i in said.items()}
        with _LOCK:
            self._known.update(singles)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)


def _joined(parts: Sequence[Predictions]) -> Predictions:
    counts = np.concatenate([np.diff(part.first) for part in parts])
    return Predictions(
        _stacked([part.sentences for part in parts]),
        _stacked([part.opinions for part in parts]),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    )


def _stacked(tables: Sequence[T]) -> T:
    arrays = (
        np.concatenate([getattr(table, field.name) for table in tables])
        for field in fields(tables[0])
    )
    return type(tables[0])(*arrays)
