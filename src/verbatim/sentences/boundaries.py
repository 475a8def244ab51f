"""Where one sentence ends and the next begins: one rule for each kind of mark.

A rule gets the tokens, the first word of the current unit and the place of the mark, and returns
the index of the word that begins the next unit, or 0 if the unit goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from verbatim.sentences.answers import answers, is_bare_answer
from verbatim.sentences.beats import beats
from verbatim.sentences.clauses import HANGING, opens_clause
from verbatim.sentences.tokens import Kind, Tokens

__all__ = ["boundaries"]

_WORDS = {
    "never_last": "mr mrs ms dr prof rev gen gov sen capt lt col sgt messrs mt e.g i.e eg ie vs "
    "approx ca cf esp incl excl resp",
    "before_number": "no nos nr p pp vol ch fig art tel ext rm apt ste",
    "seldom_last": "etc min mins hr hrs sec secs ave blvd rd est dept bldg ft sq yr yrs wk wks mo "
    "lbs oz km kg plc sr jr avg max temp misc",
    # Words that begin a sentence when they have a capital and follow "U.S.", "p.m." or "plan B.".
    "starter": "the we i it they he she this that there our my you your these those but and so "
    "however not no very if when while after then also although overall just what a an in on at "
    "for with all everything nothing staff as because",
    "label": "pro pros con cons positive positives negative negatives like liked likes dislike "
    "disliked dislikes good bad ugly plus pluses minus minuses advantage advantages disadvantage "
    "disadvantages best worst improve improvements improvement suggestion suggestions summary "
    "verdict conclusion upsides downsides upside downside highs lows",
    # What begins a sentence behind "30 mins." in lower case.
    "after_time": "no not nobody nothing never still then hung gave rang called",
    "label_head": "the what we i things thing",
    "going_on": "and or of to with for in on at by from than as because which who but was were is "
    "are had has have would will could",
}
_IS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
_SHORTENED = _IS["never_last"] | _IS["before_number"] | _IS["seldom_last"]
_LIST_FAMILIES = ("+-", "\u2705\u2714\u2713\u2611\u274c\u2716\u2717\u2718")
_CLOSERS = frozenset([")", "]", "}", "\u201d", "\u2019", "\xbb"])
_QUOTES = frozenset(['"', "'", "''"])
_OPEN = frozenset([",", "(", "[", "{", "/", "&", "-"])
_SHORT_LINE = 40
_NEARBY = 40


def boundaries(tokens: Tokens) -> list[int]:
    """Return the index of the first word of each unit that a mark ends or begins.

    Examples
    --------
    >>> from verbatim.sentences.tokens import tokenise
    >>> boundaries(tokenise("Dr. No was good. Very."))
    [0, 5]
    """
    size = len(tokens.words)
    if not tokens.lines and _ends_alone(tokens.marks, size):
        return [0] if size else []
    marks: list[tuple[int, Kind | Literal["line"]]] = [*tokens.marks.items()]
    if tokens.lines:
        # Sorting is stable: a line break comes before the mark that begins the line.
        lines: list[tuple[int, Kind | Literal["line"]]] = [(at, "line") for at in tokens.lines]
        marks = sorted([*lines, *marks], key=lambda mark: mark[0])
    first, cuts = 0, [0] if size else []
    for at, kind in marks:
        if at >= first:
            cut = _RULES[kind](tokens, first, at)
            if first < cut < size and _speaks(tokens, first, cut):
                cuts.append(cut)
                first = cut
    return cuts if _speaks(tokens, first, size) else cuts[:-1] or cuts


def _ends_alone(marks: Mapping[int, Kind], size: int) -> bool:
    """Say whether there is no mark but a full stop at the end: a unit that no rule can cut."""
    return not marks or (len(marks) == 1 and marks.get(size - 1) == "stop")


def _after(tokens: Tokens, at: int) -> int:
    """Return where the next unit begins if one ends with the mark `at`; 0 if it goes on."""
    words, size = tokens.words, len(tokens.words)
    index = at + 1
    if index < size and index not in tokens.marks and words[index][0].isalnum():
        return index  # a word follows, as most often
    while index < size and _closes(tokens, index):
        index += 1
    closed = index > at + 1
    while index < size and tokens.marks.get(index) == "face" and index not in tokens.lines:
        index += 1
    if index == size or index in tokens.lines:
        return index
    if words[index][0] in ",;:)" or tokens.marks.get(index) in ("stop", "dots"):
        return 0
    return 0 if closed and words[index][0].islower() else index


def _closes(tokens: Tokens, index: int) -> bool:
    """Say whether a word is a bracket or quote that belongs to what stands before it."""
    word = tokens.words[index]
    return word in _CLOSERS or (word in _QUOTES and tokens.starts[index] == _end(tokens, index - 1))


def _end(tokens: Tokens, index: int) -> int:
    return tokens.starts[index] + len(tokens.words[index])


def _speaks(tokens: Tokens, first: int, at: int) -> bool:
    """Say whether a unit has a word, not only signs, shortly before `at`."""
    near = tokens.words[max(first, at - _NEARBY) : at]
    # Nearly always the first is one, and costs no generator.
    return bool(near) and (near[0][0].isalnum() or any(word[0].isalnum() for word in near))


def _capital(words: list[str], index: int) -> bool:
    """Say whether a word, after quotes or brackets, begins with a capital that means something."""
    if not words[index][0].isalnum() and index + 1 < len(words):
        index += 1
    word = words[index]
    if not word[0].isupper():
        return False
    before = [word for word in words[max(0, index - 4) : index] if word.isalpha()]
    amid_capitals = bool(before) and len(before[-1]) > 1 and before[-1].isupper()
    return not (amid_capitals and word.isupper())


def _stop(tokens: Tokens, first: int, at: int) -> int:
    words = tokens.words
    if tokens.marks.get(at + 1) in ("stop", "dots") or at == 0 or words[at - 1] == "(":
        return 0
    cut = _after(tokens, at)
    if not cut or (words[at] == "." and cut == at + 1 and _shortened(words, at)):
        return 0
    if cut == len(words):
        return cut
    joined = answers(tokens, first, cut) if words[at] == "?" else beats(tokens, first, at)
    return 0 if joined else cut


def _shortened(words: list[str], at: int) -> bool:
    """Say whether the full stop at `at` only shortens the word before it."""
    word = words[at - 1].lower()
    if word not in _SHORTENED:
        return False
    following = "".join(words[at + 1 : at + 2])
    if word in _IS["never_last"]:
        return True
    if word in _IS["before_number"]:
        return following[:1].isdigit()
    if not following.islower():
        return False
    return following not in _IS["after_time"] and not opens_clause(words, at + 1)


def _short(tokens: Tokens, first: int, at: int) -> int:
    """End a unit with "p.m." or "U.S." only if what follows looks like a new one."""
    word = tokens.words[at].lower().rstrip(".")
    cut = _after(tokens, at)
    if not cut or cut == len(tokens.words) or word in _IS["never_last"]:
        return 0
    following = tokens.words[cut]
    # The stop behind "A&E" is never its own.
    known = following.lower() in _IS["starter"] or word in ("a.m", "p.m", "etc", "i") or "&" in word
    return cut if known and following[0].isupper() else 0


def _dots(tokens: Tokens, first: int, at: int) -> int:
    if tokens.marks.get(at + 1) in ("stop", "dots"):
        return 0
    cut = _after(tokens, at)
    if not cut or cut == len(tokens.words) or cut in tokens.lines:
        return 0
    shouted = tokens.marks.get(at - 1) == "stop"
    new = shouted or _capital(tokens.words, cut) or opens_clause(tokens.words, cut)
    return cut if new else 0


def _face(tokens: Tokens, first: int, at: int) -> int:
    index = at + 1
    if index == len(tokens.words) or index in tokens.lines or index in tokens.marks:
        return 0
    if not tokens.words[index][0].isalnum() and tokens.words[index] not in _QUOTES:
        return 0
    new = _capital(tokens.words, index) or opens_clause(tokens.words, index)
    return index if new and _speaks(tokens, first, at) else 0


def _bullet(tokens: Tokens, first: int, at: int) -> int:
    return at


def _dash(tokens: Tokens, first: int, at: int) -> int:
    """Begin an item where the unit is an item of the same list, or after a label: "Cons - "."""
    words = tokens.words
    if at + 1 == len(words) or at == first:
        return 0
    if tokens.marks.get(first) == "dash" and _alike(words[first], words[at]):
        between_numbers = words[at - 1][-1].isdigit() and words[at + 1][0].isdigit()
        return 0 if between_numbers else at
    return at - 1 if words[at - 1].lower() in _IS["label"] and words[at - 1][0].isupper() else 0


def _alike(one: str, other: str) -> bool:
    return one == other or any(one[0] in signs and other[0] in signs for signs in _LIST_FAMILIES)


def _number(tokens: Tokens, first: int, at: int) -> int:
    """Begin an item with "2." after "1.", or with "1)"; else a number may end a sentence."""
    words = tokens.words
    if at == first:
        return 0
    if tokens.marks.get(first) == "number" and int(words[at]) == int(words[first]) + 1:
        return at
    if words[at + 1] == ".":
        return _stop(tokens, first, at + 1)
    return at if words[at] == "1" and "(" not in words[max(first, at - _NEARBY) : at] else 0


def _colon(tokens: Tokens, first: int, at: int) -> int:
    """Begin a unit with a label: "Pros:", "The bad:"; any word with a capital in a list of them."""
    words = tokens.words
    label = at - 1
    while label > first and at - label < 4 and words[label - 1].lower() in _IS["label_head"]:
        label -= 1
    if label <= first or words[label - 1].lower() in HANGING:
        return 0
    listed = ":" in words[first + 1 : min(first + 4, label)]
    known = words[at - 1].lower() in _IS["label"]
    return label if (known or listed) and (words[label][0].isupper() or (known and listed)) else 0


def _line(tokens: Tokens, first: int, at: int) -> int:
    """Break at an empty line, a list mark, a capital or a short line, not in mid-sentence."""
    words = tokens.words
    before, word = words[at - 1], words[at].lower()
    mark = tokens.marks.get(at)
    if at == first or mark == "face":
        return at if tokens.lines[at] > 1 else 0
    if tokens.lines[at] > 1 or mark in ("bullet", "dash", "number"):
        return at
    if before == ":":
        return 0 if is_bare_answer(tokens, at) else at
    if before == "?" and answers(tokens, first, at):
        return 0
    if before in _OPEN or (before.lower() in HANGING and words[at - 2] != ":"):
        return 0
    length = _end(tokens, at - 1) - tokens.text.rfind("\n", 0, tokens.starts[at - 1]) - 1
    if _capital(words, at) and not (word == "i" and length > _SHORT_LINE):
        return at
    return at if length < _SHORT_LINE and word not in _IS["going_on"] else 0


_RULES: dict[Kind | Literal["line"], Callable[[Tokens, int, int], int]] = {
    "stop": _stop,
    "short": _short,
    "dots": _dots,
    "face": _face,
    "bullet": _bullet,
    "dash": _dash,
    "number": _number,
    "colon": _colon,
    "line": _line,
}
