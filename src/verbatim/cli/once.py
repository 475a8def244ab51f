"""An option that takes one value is given once, or the command says so.

A parser keeps the last of several, so of two columns of answers the first would be left out without
a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from typer.core import TyperCommand

from verbatim.errors import OptionError

_FIXES = {
    "text": "one column of texts is read at a time; run it once for each, or put the answers to "
    "all questions into one column (docs/exports.md)"
}
_FIX = "it takes one value; give the one that counts"


class Command(TyperCommand):
    """A command that refuses a second value of an option that holds one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Look at the options before they are parsed."""
        for option in self.params:
            if option.param_type_name == "option" and not (
                getattr(option, "is_flag", False) or getattr(option, "multiple", False)
            ):
                check_once(str(option.name), option.opts, args)
        return super().parse_args(ctx, args)


def check_once(name: str, spellings: Sequence[str], arguments: Iterable[str]) -> None:
    """Raise an `OptionError` that shows the values, if there are several.

    Examples
    --------
    >>> check_once("text", ["--text"], ["a.csv", "--text", "liked", "--by", "site"])
    """
    values = _values(spellings, list(arguments))
    if len(values) > 1:
        said = " and ".join(map(repr, values))
        raise OptionError(
            f"{spellings[0]} is given more than once, {said}; {_FIXES.get(name, _FIX)}"
        )


def _values(spellings: Sequence[str], arguments: list[str]) -> list[str]:
    found = []
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, is_joined, value = argument.partition("=")
        if argument in spellings and place + 1 < len(arguments):
            found.append(arguments[place + 1])
        elif is_joined and name in spellings:
            found.append(value)
    return found
