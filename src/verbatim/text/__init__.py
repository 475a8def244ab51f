"""One text in, one clean text out, with a way back to the original.

`normalise` undoes what forms, exports and phones do to a text. `NormalText.span` says where a
piece of the clean text stands in the original, so that every offset in a result counts code
points of what the customer wrote. `own_words` leaves out what a mail quotes, `completed` puts in
what a survey asked. The edits themselves are made in `cleaning`, `mails` and `questions`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from verbatim.text.cleaning import (
    Edit,
    blank,
    fold,
    join_accents,
    looks_clean,
    mend_encoding,
    rewrite,
)
from verbatim.text.mails import end_of_own, foreign
from verbatim.text.questions import completions

__all__ = ["Layer", "NormalText", "completed", "normalise", "own_words", "storable"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Layer:
    """Edits of one pass, as parallel arrays sorted by position; all else was only moved.

    Attributes
    ----------
    new_starts, new_ends, old_starts, old_ends : array of int, shape (n edits,)
        The piece put in, in the text after the pass, and the piece it replaced, in the one before.
    """

    new_starts: array[int]
    new_ends: array[int]
    old_starts: array[int]
    old_ends: array[int]

    def start(self, position: int) -> int:
        """Where the character at `position` of the new text began in the old one."""
        edit = bisect_right(self.new_starts, position) - 1
        if edit < 0:
            return position
        beyond = position - self.new_ends[edit]
        return self.old_starts[edit] if beyond < 0 else self.old_ends[edit] + beyond

    def end(self, position: int) -> int:
        """Where the character before `position` of the new text ended in the old one."""
        edit = bisect_right(self.new_starts, position - 1) - 1
        if edit < 0:
            return position
        return self.old_ends[edit] + max(0, position - self.new_ends[edit])


@dataclass(frozen=True, slots=True)
class NormalText:
    """A normalised text and the way back to the original.

    Attributes
    ----------
    text : str
        The normalised text.
    layers : tuple of Layer or None
        The edits of each pass, first pass first; None where every offset is the original's.
    """

    text: str
    layers: tuple[Layer, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a slice of the normalised text to the slice of the original that it came from.

        Parameters
        ----------
        start, end : int
            Slice in code points, 0 <= start <= end <= len(self.text).

        Returns
        -------
        tuple of int
            Start and end in the original. What an edit has put in maps to the whole piece that it
            stands for, so the slice is empty only if the words of a question stand for nothing.

        Examples
        --------
        >>> raw = "<b>Caf&eacute;</b> closed"
        >>> clean = normalise(raw)
        >>> clean.text, clean.span(0, 4)
        ('Café closed', (3, 14))
        >>> raw[3:14]
        'Caf&eacute;'
        """
        for layer in reversed(self.layers or ()):
            first = layer.start(start)
            start, end = first, layer.end(end) if start < end else first
        return start, end


def normalise(text: str) -> NormalText:
    r"""Return `text` without the traces of forms, exports and phones, ready for the tokeniser.

    Tags go (block tags become line breaks), entities, broken encodings and escapes are read,
    quotes, dashes and spaces become their plain forms, invisible characters vanish (emoji keep
    their joiners), and a letter is repeated three times at most. Line breaks, emoji, web and
    e-mail addresses stay. Time is linear in the length; normalising the result changes nothing.

    Parameters
    ----------
    text : str
        Any text, of any length.

    Returns
    -------
    NormalText
        The clean text and the map of its offsets to those of `text`.

    Examples
    --------
    >>> normalise("It\u2019s soooooo clean &amp; quiet<br>I \u2764\ufe0f it").text
    "It's sooo clean & quiet\nI ❤️ it"
    """
    layers: list[Layer] = []
    for _ in range(_MOST_PASSES):
        before = text
        if looks_clean(text) or (text := _pass(text, layers)) == before:
            return NormalText(text, tuple(layers) or None)
    # Only a text built for the purpose nests this deep: it ends here, at no further cost.
    return NormalText(blank(text), tuple(layers))


def own_words(text: str) -> NormalText:
    r"""Return `normalise(text)` without the mail that it answers, mail footers and signatures.

    A text that is no mail, or only passes one on, is returned whole. Time is linear.

    Parameters
    ----------
    text : str
        Any text, of any length.

    Returns
    -------
    NormalText
        The clean text and the map of its offsets to those of `text`.

    Examples
    --------
    >>> own_words("It fails.\n-----Original Message-----\nFrom: Ann\nWe are sorry").text
    'It fails.\n'
    """
    normal = normalise(text[: end_of_own(text)])
    return _edited(normal, foreign(normal.text))


def completed(answer: NormalText, question: str) -> NormalText:
    """Return an answer with what a survey asked before what it only names.

    Parameters
    ----------
    answer : NormalText
    question : {"improve", "like"}

    Examples
    --------
    >>> completed(normalise("showers, parking"), "improve").text
    'Please improve showers, parking'
    """
    return _edited(answer, completions(answer.text, question))


def storable(text: str) -> str:
    r"""Return `text` at the same length with each lone surrogate replaced by U+FFFD.

    A text with lone surrogates cannot be written as UTF-8.

    Examples
    --------
    >>> storable("bad \ud83d end") == "bad \ufffd end"
    True
    """
    if type(text) is str and text.isascii():
        return text
    return _SURROGATE.sub("\ufffd", text)


def _edited(normal: NormalText, edits: Iterable[Edit]) -> NormalText:
    """Carry out `edits` on top of what was done to a text."""
    found = list(edits)
    if not found:
        return normal
    layers = list(normal.layers or ())
    text = _apply(normal.text, found, layers)
    return NormalText(text, tuple(layers) or None)


def _pass(text: str, layers: list[Layer]) -> str:
    text = _apply(text, mend_encoding(text), layers)
    text = fold(text)
    text = _apply(text, join_accents(text), layers)
    return _apply(text, rewrite(text), layers)


def _apply(text: str, edits: Iterable[Edit], layers: list[Layer]) -> str:
    """Carry out `edits`, in order of position, and note in `layers` those that move offsets."""
    layer = Layer(array("q"), array("q"), array("q"), array("q"))
    parts: list[str] = []
    done = shift = 0
    for start, end, new in edits:
        parts += (text[done:start], new)
        if len(new) != 1 or end - start != 1:
            _note(layer, start + shift, len(new), start, end)
        shift += len(new) - (end - start)
        done = end
    if layer.old_ends:
        layers.append(layer)
    return "".join(parts) + text[done:] if parts else text


def _note(layer: Layer, new_start: int, size: int, old_start: int, old_end: int) -> None:
    layer.new_starts.append(new_start)
    layer.new_ends.append(new_start + size)
    layer.old_starts.append(old_start)
    layer.old_ends.append(old_end)
