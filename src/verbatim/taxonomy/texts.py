"""Texts as they are handed in: a list of them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from verbatim.errors import InputError


def as_texts(given: object, name: str) -> list[str]:
    """Take a list of texts; `name` is what the error calls it.

    Raises
    ------
    InputError
        It is one text, which would be read letter by letter, or a table, of which the names of
        the columns would be read, or it holds something else.

    Examples
    --------
    >>> as_texts(("Cold soup", "Slow lift"), "texts")
    ['Cold soup', 'Slow lift']
    >>> as_texts("Cold soup", "texts")
    Traceback (most recent call last):
    verbatim.errors.InputError: texts is 'Cold soup'; give a list of texts
    """
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InputError(f"{name} is {given!r}; give a list of texts")
    if hasattr(given, "columns"):
        raise InputError(f"{name} is a {type(given).__name__}; give one column of it")
    texts = list(given)
    for text in texts:
        if not isinstance(text, str):
            raise InputError(f"{name} holds {text!r}; give a list of texts")
    return texts
