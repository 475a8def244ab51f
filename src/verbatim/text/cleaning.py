r"""What is wrong in texts from forms, exports and phones, and what should stand there instead.

Each kind of repair is a function from a text to its edits, in order of position:
`mend_encoding` (UTF-8 read as something else), `join_accents` and `rewrite` (tags, entities,
escapes, invisible characters, wide forms, "soooooo"). `fold` swaps one character for one.
All are linear in the length of the text: no pattern here can backtrack over more than its bound.

Examples
--------
>>> list(rewrite("good &amp; quiet"))
[(5, 10, '&')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from html.entities import html5
from itertools import takewhile

Edit = tuple[int, int, str]
"""Start and end of a piece of a text, and what stands there afterwards."""

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
    r"(?:(?<!\w)(?:https?://|www\.)"
    r"(?:(?!&(?:quot|apos|[lg]t|#))[!#-&(-;=?-Z_a-z~]){1,2000}(?<![.,;:!?)])"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
"""Regular expression of a web or e-mail address, which stays as it is and is one word."""

_BLOCK_TAG = re.compile(
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|figure|footer|form|h[1-6]|head"
    "|header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|title|tr|ul"
)
_LINE_TAG = re.compile("br|option|td|th")
_INLINE_TAG = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|button|cite|code|col|colgroup|del|dfn|em|font|i|iframe|img|input"
    "|ins|kbd|label|link|mark|meta|picture|q|s|samp|script|select|small|span|strike|strong|style"
    "|sub|sup|svg|textarea|time|tt|u|var|video|wbr|\\w+:\\w+"
)

_FOLDS = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bb\u02bc\xb4`",
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\xab\xbb\u301d\u301e",
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63",
    " ": "\t\x1c\x1d\x1e\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u202f\u205f\u3000",
    "\n": "\x0b\x0c\u2028\u2029",
    "\u2022": "\uf0b7",
}
_FOLD = {odd: plain for plain, odds in _FOLDS.items() for odd in odds}
# A C1 control is nearly always a byte of Windows-1252; five of them mean nothing there either.
for _byte in set(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}:
    _FOLD[chr(_byte)] = _FOLD.get(bytes([_byte]).decode("cp1252"), bytes([_byte]).decode("cp1252"))
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLD))}]")

_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f\x81\x8d\x8f\x90\x9d\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_WIDE = "\ufb00-\ufb06\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff"

# One search that most texts pass. Whatever a function below would change has a match here.
_SUSPECT = re.compile(r"[^\n -_a-~]|&[#a-zA-Z]|<[a-zA-Z/!?]|\\[nrt\"']|([a-zA-Z])\1\1\1")
# Two that are faster where nothing but letters is suspect.
_ODD = re.compile(r"[^\n -%'-;=-\[\]-_a-~]")
_DRAWL = re.compile(r"([a-zA-Z])\1\1\1")
# What UTF-8 read as another encoding begins with, next to a second such character.
_BROKEN = re.compile(
    "[\xc2-\xf4\u0100-\u0104\u201a\u221a\xac\u0393\u03b2\u251c][^\x00-\x7f]|\u0432\u0402"
    "|[\xc2\xc3](?=[ \n]|$)"
)
_FOREIGN_RUN = re.compile("[^\x00-\x7f]+")
# Nobody writes these; a capital with an accent before a closing quote looks like them.
_PHONETIC = re.compile("[\u0200-\u0217\u021c-\u02ff]")
_MARK = re.compile("[\u0300-\u036f]")
# The canonical order of very many marks costs the square of their number; no letter has nine.
_ACCENTED = re.compile("[^\\W\\d_]?[\u0300-\u036f]{1,8}")
_KEPT = re.compile(f"{EMOJI}|{WEB}")
_KEPT_SIGN = re.compile("[\u200d\ufe0f\u20e3\U000e007f@]|://|www\\.")


def looks_clean(text: str) -> bool:
    """Say whether nothing here would change `text`; a false alarm is possible, a miss is not."""
    suspect = _DRAWL if _ODD.search(text) is None else _SUSPECT
    return suspect.search(text) is None


def blank(text: str) -> str:
    """Put spaces over all that does not look clean."""
    return _SUSPECT.sub(lambda match: " " * len(match[0]), text)


def fold(text: str) -> str:
    """Return `text`, at the same length, with plain quotes, hyphens, spaces and line breaks."""
    return _FOLDABLE.sub(lambda match: _FOLD[match[0]], text)


def mend_encoding(text: str) -> Iterator[Edit]:
    """Read runs of UTF-8 that were taken for another encoding, if they look like nothing else."""
    if _BROKEN.search(text) is None:
        return
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    for match in _FOREIGN_RUN.finditer(text):
        (start, end), run = match.span(), match[0]
        if len(run) == 1:
            yield from _stray_lead(text, start)
        # The neighbours are evidence, but ASCII is never broken itself.
        elif is_bad(text[max(0, start - 1) : end + 1]):
            fixed = fix_encoding(run)
            if fixed != run and not _PHONETIC.search(fixed):
                ends = zip(reversed(run), reversed(fixed), strict=False)
                sound = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
                yield from _characters(start, end - sound, fixed[: len(fixed) - sound])


def _stray_lead(text: str, start: int) -> Iterator[Edit]:
    r"""Mend a lead byte whose no-break space became a plain one: "voil\xc3 le", "now.\xc2 We"."""
    before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
    if after not in " \n" or before.isupper():
        return
    if text[start] == "\xc3" and (before.isalpha() or before in " \n"):
        yield start, start + 1, "\xe0"
    elif text[start] == "\xc2" and not before.isalpha():
        yield start, start + 1, ""


def _characters(start: int, end: int, fixed: str) -> Iterator[Edit]:
    """Give each repaired character its own bytes, or its own character, where these add up."""
    sizes = [len(character.encode("utf-8", "surrogatepass")) for character in fixed]
    if len(fixed) == end - start:
        sizes = [1] * len(fixed)
    if sum(sizes) != end - start:
        yield start, end, fixed
        return
    for character, size in zip(fixed, sizes, strict=True):
        yield start, start + size, character
        start += size


def join_accents(text: str) -> Iterator[Edit]:
    """Join combining accents with their letter and drop those that have none."""
    if _MARK.search(text):
        for match in _ACCENTED.finditer(text):
            yield *match.span(), _MARK.sub("", unicodedata.normalize("NFC", match[0]))


def rewrite(text: str) -> Iterator[Edit]:
    """Apply the rules of `_TABLE` outside emoji and web addresses."""
    kept: list[tuple[int, int]] | None = None
    for match, new in _found(text):
        if new == match[0]:
            continue
        kept = _kept(text) if kept is None else kept
        start, end = match.span()
        while kept and kept[-1][1] <= start:
            kept.pop()
        if not (kept and kept[-1][0] <= start and end <= kept[-1][1]):
            yield start, end, new


def _found(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what a rule would change, and to what; words in angle brackets are looked through."""
    place = 0
    while match := _RULES.search(text, place):
        rule = match.lastgroup or ""
        new = _REPLACE[rule](match)
        if new is not None:
            yield match, new
        place = match.start() + 1 if new is None and rule == "is_tag" else match.end()


def _kept(text: str) -> list[tuple[int, int]]:
    """Return the spans that no rule may change, the last first."""
    if _KEPT_SIGN.search(text) is None:
        return []
    return [found.span() for found in _KEPT.finditer(text)][::-1]


def _tag(match: re.Match[str]) -> str | None:
    """Drop a tag or make it a line break; words between angle brackets are no tag."""
    if match["name"] is None:
        return ""
    name, attributes = match["name"].lower(), match["attributes"] or ""
    if attributes.strip(" /\n") and "=" not in attributes:
        return None
    if _BLOCK_TAG.fullmatch(name):
        return "\n\n"
    return "\n" if _LINE_TAG.fullmatch(name) else "" if _INLINE_TAG.fullmatch(name) else None


def _entity(match: re.Match[str]) -> str | None:
    """Read an entity, however often its ampersand has been escaped."""
    *escapes, name = match[0].strip("&;").split(";")
    if name[0] == "#":
        return unescape(f"&{name};")
    character = html5.get(f"{name};") or html5.get(f"{name.lower()};")
    return f"&{name};" if character is None and escapes else character


def _escape(match: re.Match[str]) -> str | None:
    r"""Read "\n", "\t" and "\'" that an export has left as two characters; "C:\new" stays."""
    before, after = _neighbours(match)
    last = match[0][-1]
    if before == ":" or last == "\\":
        return None
    if last in "\"'":
        return last
    if before.isalpha() and after.islower():
        return None
    return " " if last == "t" else "\n"


def _long_dash(match: re.Match[str]) -> str:
    """Set spaces around a long dash between two words: a plain one would make them one word."""
    return " - " if all(side and not side.isspace() for side in _neighbours(match)) else "-"


def _apostrophe(match: re.Match[str]) -> str | None:
    """Read what is left of a lost apostrophe."""
    before, after = _neighbours(match)
    return "'" if before.isalpha() and after in tuple("stdmlrv") else None


def _surrogates(match: re.Match[str]) -> str:
    """Make one character of a pair of surrogates; one alone means nothing."""
    if len(match[0]) == 1:
        return "\ufffd"
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    """Return the character before a match and the one after it, "" where there is none."""
    start, end = match.span()
    return match.string[max(0, start - 1) : start], match.string[end : end + 1]


_TABLE: tuple[tuple[str, str, Callable[[re.Match[str]], str | None]], ...] = (
    (
        "tag",
        r"<(?:/?(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,15})(?P<attributes>[\s/][^<>]*+)?"
        r"|[!?][a-zA-Z\[-][^<>]*+)>",
        _tag,
    ),
    (
        "entity",
        r"&(?:(?:amp|#0{0,5}38|#[xX]0{0,5}26);)*"
        r"(?:(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
        r"|(?:nbsp|amp|quot|[lg]t)(?![\w;=]))",
        _entity,
    ),
    # A run of backslashes is always taken whole, so that none is scanned twice.
    ("escape", r"\\++(?:r\\++n|[nrt\"'])?", _escape),
    ("line", r"\r\n?", lambda match: "\n"),
    ("long_dash", "[\u2014\u2015]+", _long_dash),
    ("apostrophe", "\ufffd{1,3}", _apostrophe),
    ("surrogate", "[\ud800-\udbff](?:[\udc00-\udfff])?|[\udc00-\udfff]", _surrogates),
    ("wide", f"[{_WIDE}]", lambda match: unicodedata.normalize("NFKC", match[0])),
    ("unseen", f"[{_UNSEEN}]", lambda match: ""),
    ("drawl", r"(?P<letter>\w)(?P=letter){3,}", lambda m: m[0][:3] if m[0].isalpha() else None),
)
# The name is an empty group at the end, so that a branch is left at its first character.
_RULES = re.compile("|".join(f"(?:{pattern})(?P<is_{name}>)" for name, pattern, _ in _TABLE))
_REPLACE = {f"is_{name}": replace for name, _, replace in _TABLE}
