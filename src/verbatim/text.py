"""One text in, one clean text out, with a way back to the original.

`normalise` undoes what forms, exports and phones do to a text (HTML, entities, broken encodings,
odd quotes, invisible characters, "soooooo"). `NormalText.span` says where a piece of the clean
text stands in the original, so that every offset in a result counts code points of what the
customer wrote.

The work is a table of rewriting rules that is applied until nothing changes. Each pass that
changes a length keeps its edits as one `Layer`; a text that needs nothing has no layer.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

__all__ = ["EMOJI", "WEB", "NormalText", "normalise", "storable"]

_PICTURE = (
    "[\u203c\u2049\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_PICTURE_FORM = f"(?:{_PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff]?|[\xa9\xae\u2122]\ufe0f)"

EMOJI = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    f"|{_PICTURE_FORM}(?:[\U000e0020-\U000e007f]{{1,12}}|(?:\u200d{_PICTURE_FORM}){{1,8}})?)"
)
"""Regular expression of one emoji: flag, keycap, or picture with skin tone, tags and joined parts.

Source: Unicode Technical Standard 51, ED-17 (RGI emoji sequences), with the ranges rounded up."""

WEB = (
    r"(?:(?<!\w)(?:https?://|www\.)(?:(?!&(?:quot|apos|[lg]t|\#))[!#-&(-;=?-Z_a-z~]){1,2000}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
"""Regular expression of a web or e-mail address, which stays as it is and is one word."""

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary "
    "table tbody tfoot thead title tr ul".split()
)
_LINES = frozenset(["br", "option", "td", "th"])
_INLINE = frozenset(
    "a abbr acronym audio b bdi bdo big button caption cite code col colgroup data del dfn em font "
    "i iframe img input ins kbd label legend link mark meta noscript picture q s samp script "
    "select small source span strike strong style sub sup svg textarea time tt u var video "
    "wbr".split()
)

_FOLDS = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bb\u02bc\xb4`",
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\xab\xbb\u301d\u301e",
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63",
    " ": "\t\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B))),
    "\n": "\x0b\x0c\u2028\u2029",
    "\u2022": "\uf0b7",
}
_FOLD = {odd: plain for plain, odds in _FOLDS.items() for odd in odds}


def _from_windows(byte: int) -> str:
    """Read a C1 control as what it nearly always was: a byte of Windows-1252, else nothing."""
    character = bytes([byte]).decode("windows-1252", errors="ignore")
    return _FOLD.get(character, character)


_FOLD |= {chr(byte): _from_windows(byte) for byte in range(0x80, 0xA0) if _from_windows(byte)}
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLD))}]")

_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f\x81\x8d\x8f\x90\x9d\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_WIDE = "\ufb00-\ufb06\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff"
_MARKS = "\u0300-\u036f"
_DASH = "\u2014\u2015"
_SURROGATES = re.compile("[\ud800-\udfff]")

# One search that says "nothing to do" for most texts. Every rule below needs one of these.
_SUSPECT = re.compile(
    r"[^\n -_a-~]|&[#a-zA-Z]|<[a-zA-Z/!?]|\\[nrt\"']|([a-zA-Z])\1\1\1"
)
# The same for the rules of `_RULES` alone: what `_repair` and `_fold` leave over.
_ROUGH = re.compile(
    rf"[{_UNSEEN}{_WIDE}{_MARKS}{_DASH}\r\ufffd\ud800-\udfff]"
    r"|&[#a-zA-Z]|<[a-zA-Z/!?]|\\[nrt\"']|([^\W\d_])\1\1\1"
)
# First characters of UTF-8 read as another encoding, next to a second such character.
_BROKEN = re.compile(
    "[\xc2-\xf4\u0100-\u0104\u201a\u221a\xac\u0393\u03b2\u251c][^\x00-\x7f]|\u0432\u0402"
    "|[\xc2\xc3](?=[ \n]|$)"
)
_FOREIGN_RUN = re.compile("[^\x00-\x7f]+")
_MOST_PASSES = 8

Edit = tuple[int, int, str]
"""Start and end of a piece of a text, and what stands there afterwards."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Edits of one pass, as parallel arrays sorted by position; all else was only moved."""

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
        return position if edit < 0 else self.old_ends[edit] + max(0, position - self.new_ends[edit])


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
            Start and end in the original. The slice is never empty if start < end: what an edit
            has put in maps to the whole piece that it stands for.

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
    e-mail addresses stay. Time is linear in the length; the result is a fixed point.

    Examples
    --------
    >>> normalise("It\u2019s soooooo clean &amp; quiet<br>I \u2764\ufe0f it").text
    "It's sooo clean & quiet\nI ❤️ it"
    """
    if _SUSPECT.search(text) is None:
        return NormalText(text)
    layers: list[Layer] = []
    for _ in range(_MOST_PASSES):
        before = text
        text = _pass(text, layers)
        if text == before or _SUSPECT.search(text) is None:
            return NormalText(text, tuple(layers) or None)
    # Only text built for the purpose nests this deep: blank what is left, so that it ends here.
    text = _SUSPECT.sub(lambda match: " " * len(match[0]), text)
    return NormalText(text, tuple(layers) or None)


def storable(text: str) -> str:
    r"""Return `text` at the same length with each lone surrogate replaced by U+FFFD.

    A text with lone surrogates cannot be written as UTF-8.

    Examples
    --------
    >>> storable("bad \ud83d end") == "bad \ufffd end"
    True
    """
    return _SURROGATES.sub("\ufffd", text)


def _pass(text: str, layers: list[Layer]) -> str:
    if _BROKEN.search(text):
        text = _apply(text, _repair(text), layers)
    text = _FOLDABLE.sub(lambda match: _FOLD[match[0]], text)
    if _ROUGH.search(text):
        text = _apply(text, _rewrite(text), layers)
    return text


def _apply(text: str, edits: Iterable[Edit], layers: list[Layer]) -> str:
    """Carry out `edits`, in order of position, and note in `layers` those that move offsets."""
    layer = Layer(array("q"), array("q"), array("q"), array("q"))
    parts, done, shift = [], 0, 0
    for start, end, new in edits:
        parts += (text[done:start], new)
        if not len(new) == 1 == end - start:
            layer.new_starts.append(start + shift)
            layer.new_ends.append(start + shift + len(new))
            layer.old_starts.append(start)
            layer.old_ends.append(end)
        shift += len(new) - (end - start)
        done = end
    if layer.old_ends:
        layers.append(layer)
    return "".join(parts) + text[done:] if parts else text


def _repair(text: str) -> Iterator[Edit]:
    """Read runs of UTF-8 that were taken for another encoding, if they look like nothing else."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    for match in _FOREIGN_RUN.finditer(text):
        start, end = match.span()
        run = match[0]
        if len(run) == 1:
            yield from _stray(text, start)
        # The neighbours are evidence, but ASCII is never broken itself.
        elif is_bad(text[max(0, start - 1) : end + 1]):
            fixed = fix_encoding(run)
            if fixed != run:
                yield from _characters(start, end, fixed)


def _stray(text: str, start: int) -> Iterator[Edit]:
    """Mend a lead byte whose no-break space has become a plain one: "voil\xc3 le", "now.\xc2 We"."""
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if after not in " \n" or before.isupper():
        return
    if text[start] == "\xc3" and (before.isalpha() or before in " \n"):
        yield start, start + 1, "\xe0"
    elif text[start] == "\xc2" and not before.isalpha():
        yield start, start + 1, ""


def _characters(start: int, end: int, fixed: str) -> Iterator[Edit]:
    """Give each repaired character its own bytes, where the bytes add up; else one edit for all."""
    sizes = [len(character.encode("utf-8", "surrogatepass")) for character in fixed]
    if sum(sizes) != end - start:
        yield start, end, fixed
        return
    for character, size in zip(fixed, sizes, strict=True):
        yield start, start + size, character
        start += size


def _rewrite(text: str) -> Iterator[Edit]:
    for match in _RULES.finditer(text):
        new = _REPLACE[match.lastgroup or "keep"](match)
        if new is not None and new != match[0]:
            yield *match.span(), new


def _tag(match: re.Match[str]) -> str | None:
    """Drop a tag or make it a line break; words between angle brackets are no tag."""
    inside = match[0][1:-1].strip("/")
    name, _, attributes = inside.partition(" ") if " " in inside else (inside, "", "")
    name = name.lower()
    if inside[0] in "!?" or ":" in name:
        return ""
    if attributes.strip(" /") and "=" not in attributes:
        return None
    if name in _BLOCKS:
        return "\n\n"
    return "\n" if name in _LINES else "" if name in _INLINE else None


def _entity(match: re.Match[str]) -> str | None:
    """Read an entity, however often its ampersand has been escaped."""
    *escapes, name = match[0].strip("&;").split(";")
    if name[0] == "#":
        return unescape(f"&{name};")
    character = html5.get(f"{name};") or html5.get(f"{name.lower()};")
    if character is None and escapes:
        return f"&{name};"
    return character


def _composed(match: re.Match[str]) -> str:
    """Join accents with their letter and drop those that have none."""
    return re.sub(f"[{_MARKS}]", "", unicodedata.normalize("NFC", match[0]))


def _joined(match: re.Match[str]) -> str:
    """Make one character of a pair of surrogates."""
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _long_dash(match: re.Match[str]) -> str:
    """Set spaces around a long dash between two words, for a plain one would make them one word."""
    around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return " - " if all(side.isalnum() for side in around) else "-"


def _escape(match: re.Match[str]) -> str | None:
    r"""Read "\n", "\t" and "\'" that an export has left as two characters; "C:\new" stays."""
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    if before == ":":
        return None
    last = match[0][-1]
    if last in "\"'":
        return last
    if before.isalpha() and after.islower():
        return None
    return " " if last == "t" else "\n"


_TABLE: tuple[tuple[str, str, Callable[[re.Match[str]], str | None]], ...] = (
    ("keep", f"{EMOJI}", lambda match: None),
    ("tag", r"<(?:/?[a-zA-Z][a-zA-Z0-9:]{0,15}(?:\s[^<>]*+)?/?|[!?][a-zA-Z\[-][^<>]*+)>", _tag),
    (
        "entity",
        r"&(?:(?:amp|\#0{0,5}38|\#[xX]0{0,5}26);)*"
        r"(?:(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
        r"|(?:nbsp|amp|quot|[lg]t)(?![\w;=]))",
        _entity,
    ),
    ("escape", r"(?<!\\)\\++(?:r\\++n|[nrt\"'])", _escape),
    ("line", r"\r\n?", lambda match: "\n"),
    ("long_dash", f"[{_DASH}]", _long_dash),
    ("accent", f"[^\\W\\d_]?[{_MARKS}]{{1,8}}", _composed),
    ("drawl", r"(?P<letter>[^\W\d_])(?P=letter){3,}", lambda match: match[0][:3]),
    ("apostrophe", "(?<=[a-zA-Z])\ufffd{1,3}(?=(?:[stdm]|ll|re|ve)\\b)", lambda match: "'"),
    ("surrogate", "[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]", _joined),
    ("wide", f"[{_WIDE}]", lambda match: unicodedata.normalize("NFKC", match[0])),
    ("unseen", f"[{_UNSEEN}]+", lambda match: ""),
)
_RULES = re.compile("|".join(f"(?:{pattern})(?P<{name}>)" for name, pattern, _ in _TABLE))
_REPLACE = {name: replace for name, _, replace in _TABLE}
