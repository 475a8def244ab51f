r"""What in a mail the writer did not write: the mail that it answers, and what programs add below.

Marks that people don't write themselves are asked for: a header with a date, the signature mark
"-- ", ">" below a header. A text is never left without a word of its own: one that begins with
a header was passed on, and is read.

Examples
--------
>>> mail = "It still fails.\n\nOn Mon, 3 Mar 2025 at 10:12, Ann <ann@b.example> wrote:\n> Sorry!"
>>> [mail[start:end] for start, end, _ in foreign(mail)]
['On Mon, 3 Mar 2025 at 10:12, Ann <ann@b.example> wrote:\n> Sorry!']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verbatim.text.cleaning import Edit

_FOREIGN_SIGN = re.compile("wrote:|essage ?-|eply above|\n--|ent from|rom: |onfidential")
"""One fast search that most texts pass: no program writes what `foreign` finds without."""

_HEADER = (
    r"(?<!-)-{3,80}+ ?(?:original|forwarded) message ?-{3}"
    r"|^\#\#- ?[^\n]{0,80}reply above this line"
    r"|^[*_]{0,2}from:[^\n]{1,200}\n{1,2}[*_]{0,2}(?:sent|date|to|received):"
    # A date, a time or an address tells a header from a sentence: "On Monday the waiter wrote:".
    r"|\bon (?=[^\n]{0,120}(?:\b20\d\d\b|\d:\d\d|@))"
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d{1,2}\b)"
    r"(?:[^\n]{4,160}+\n)?[^\n]{0,160}?\bwrote:"
)
_QUOTED = r"^>[^\n]*(?:\n+>[^\n]*)*+"
_APP = r"^sent from (?:my|outlook|mail for|yahoo)\b[^\n]{0,60}$"
_FOOTER = (
    r"^-- $|^(?=[^\n]{0,400}\bconfidential\b)(?=[^\n]{0,400}\bintended\b)[^\n]{0,80}"
    r"\b(?:e-?mail|message)\b"
)
_FOREIGN = re.compile(
    f"(?P<app>{_APP})|(?P<footer>{_FOOTER})|(?P<header>{_HEADER})(?P<below>\\s*+{_QUOTED})?"
    f"|(?P<quoted>{_QUOTED})",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTE_TAG = re.compile(r"<(?:blockquote\b|div [^<>]{0,80}gmail_quote)", re.IGNORECASE)
_CLOSING_TAG = re.compile(r".*</blockquote>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>|&\w{1,9};")
_WORD = re.compile(r"[^\W\d_]{2}")


def end_of_own(raw: str) -> int:
    """Return where a last quote in HTML begins, with words above it and none below, or the end.

    Examples
    --------
    >>> mail = "<p>It fails.</p><blockquote>We are sorry</blockquote></div>"
    >>> mail[: end_of_own(mail)], end_of_own("<blockquote>passed on</blockquote>")
    ('<p>It fails.</p>', 34)
    """
    match = _QUOTE_TAG.search(raw)
    if match is None or _WORD.search(_TAG.sub("", raw[: match.start()])) is None:
        return len(raw)
    closed = _CLOSING_TAG.match(raw, match.start())
    below = raw[closed.end() :] if closed else ""
    return len(raw) if _WORD.search(_TAG.sub("", below)) else match.start()


def foreign(text: str) -> Iterator[Edit]:
    """Yield what is to be cut from a normalised text so that the writer's own words are left.

    Quoted lines go with the header above them; without any, all below a header or a footer goes.
    A header with no words above it is kept with what follows: somebody passed the text on.
    """
    if _FOREIGN_SIGN.search(text) is None:
        return
    said = quotes = False
    done = 0
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        said = said or _WORD.search(text, done, start) is not None
        between = match["below"] is not None and _WORD.search(text, end) is not None
        if match["app"] or between or (match["quoted"] and quotes):
            yield start, end, ""
        elif said and not match["quoted"]:
            yield start, len(text), ""
            return
        quotes = quotes or match["header"] is not None
        done = end
