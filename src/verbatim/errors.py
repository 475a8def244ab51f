"""Every error that verbatim raises on purpose.

::

    VerbatimError
    ├── InputError       the data handed in cannot be read as verbatims   (also a ValueError)
    ├── OptionError      an argument has a value that is not allowed      (also a ValueError)
    ├── TaxonomyError    a taxonomy is not valid                          (also a ValueError)
    ├── ArtefactError    a shipped model file is missing or altered
    └── StorageError     an analysis cannot be written or read            (also an OSError)

Each message names the value, what is allowed and the fix. A bad *row* raises nothing: it keeps
its place in the result and says why in its `status`.

There is one warning, `BiasWarning` (a UserWarning): the figures are right for the sample, and the
sample looks unlike the customers.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class VerbatimError(Exception):
    """Base class: catch this to catch everything that verbatim raises on purpose."""


class InputError(VerbatimError, ValueError):
    """The data handed in cannot be read as verbatims."""


class OptionError(VerbatimError, ValueError):
    """An argument has a value that is not allowed."""


class TaxonomyError(VerbatimError, ValueError):
    """A taxonomy is not valid; the message names the line and the fix."""


class ArtefactError(VerbatimError):
    """A shipped model file is missing, altered or made for another version."""


class StorageError(VerbatimError, OSError):
    """An analysis cannot be written to or read from a directory."""


class BiasWarning(UserWarning):
    """The sample looks biased, so its figures may be off from those of all customers."""


def unknown(kind: str, value: object, allowed: Iterable[object]) -> str:
    """Say that `value` is not an allowed `kind`, list the allowed ones and guess what was meant.

    Examples
    --------
    >>> unknown("column", "reveiw", ["review", "stars"])
    "unknown column 'reveiw'; did you mean 'review'? There are: review, stars"
    """
    names = [str(name) for name in allowed]
    near = closest(str(value), names)
    guess = f"; did you mean {near!r}?" if near else "."
    return f"unknown {kind} {value!r}{guess} There are: {', '.join(names) or 'none'}"


def not_a_name(option: str, value: object) -> str:
    """Say that `value` doesn't name the one column that `option` takes, and guess what does.

    Examples
    --------
    >>> not_a_name("text", ["review"])
    "text is of type list; give the name of one column, such as 'review'"
    """
    single = value[0] if isinstance(value, list) and len(value) == 1 else None
    name = getattr(value, "name", single)  # a Series has the name that was meant
    hint = f", such as {name!r}" if isinstance(name, str) else ""
    return f"{option} is of type {type(value).__name__}; give the name of one column{hint}"


def closest(value: str, names: Iterable[str]) -> str | None:
    """Return the name nearest to `value`, whatever its case, or None if none is near.

    Examples
    --------
    >>> closest("Text", ["id", "text"])
    'text'
    """
    by_folded = {name.casefold(): name for name in reversed(list(names))}
    found = get_close_matches(value.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None
