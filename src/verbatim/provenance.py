"""What read the verbatims of an analysis, the taxonomy written out only when it's asked for.

A taxonomy is thousands of phrases, more than is made of a call with a few short texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from verbatim.taxonomy import Taxonomy


class Provenance(Mapping[str, Any]):
    """A read-only mapping that equals, and is copied and pickled as, the dict of its items.

    Parameters
    ----------
    said : dict
        Its items, in order; the value of ``taxonomy`` is read as `Taxonomy.to_dict` writes it.

    Examples
    --------
    >>> provenance = Provenance({"taxonomy": Taxonomy.load("general"), "id": "position"})
    >>> list(provenance), provenance["taxonomy"]["name"]
    (['taxonomy', 'id'], 'general')
    """

    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said

    @cached_property
    def _taxonomy(self) -> dict[str, Any]:
        taxonomy: Taxonomy = self._said["taxonomy"]
        return taxonomy.to_dict()

    def __getitem__(self, key: str) -> Any:
        return self._taxonomy if key == "taxonomy" else self._said[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)
