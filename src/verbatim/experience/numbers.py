"""Numbers as people write them: durations, how often, how many, which in a row.

What a number means is not said here (see `verbatim.experience.cues`); "45 minutes" may be a wait or
a drive. Words without a number ("several", "for hours", "ages") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatim.matching import matching

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
_TEENS = "sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"

VALUES: dict[str, float] = {
    **{word: float(i) for i, word in enumerate((_ONES + _TEENS).split(), 1)},
    **{word: 10.0 * i for i, word in enumerate(_TENS.split(), 2)},
    **{word: float(i) for i, word in enumerate(_ORDINALS.split(), 2)},
    "a": 1.0,
    "an": 1.0,
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "couple": 2.0,
    "dozen": 12.0,
}

MINUTES: dict[str, float] = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0, "w": 7 * 1440.0}
"""Minutes of each unit; a month is a twelfth of 365 days."""
MONTH = 365 / 12 * 1440

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

_ONES_WORD = "|".join((_ONES + _TEENS).split())
_TENS_WORD = f"(?:{'|'.join(_TENS.split())})(?:[-\\s](?:{'|'.join(_ONES.split()[:9])}))?"
_DIGITS = r"\d{1,3}(?:[.,]\d{1,2})?(?![\d.,]*\d)(?:\s?[½¼¾]|\s1/2)?|[½¼¾]|1/2"
NUMBER = rf"(?:{_DIGITS}|{_TENS_WORD}|{_ONES_WORD})"

_START = r"(?<![\w.,:/£$€#@'’])"
_WORK = r"(?:(?:working|business|full|whole|solid|long|good|more|extra|further|calendar)\s+)"
_UNIT = r"(?P<{0}>seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|months?|mths?)\b"
_TO = r"(?:\s?[-–—]\s?(?=\d)|\s+(?:to|or|and)\s+)"

_DURATION = re.compile(
    rf"""{_START}(?:
    (?P<half>half|quarter|three[-\s]quarters)(?:\s+(?:of\s+)?an?\s+|[-\s]){_UNIT.format("of")}
    |(?P<whole>an?|{NUMBER})[-\s]?{_UNIT.format("more")}\s+and\s+an?\s+(?P<part>half|quarter)\b
    |(?P<hours>an?|{NUMBER})[-\s]?(?:hours?|hrs?|h)(?:\s+and)?\s?,?\s?(?P<minutes>{NUMBER})
        (?:[-\s]?(?:minutes?|mins?|m)\b|(?=\s*(?:$|[.,;:!?)]|(?:at|on|in|before|for|to|and|just
        |then|of|wait|until|with|by|waiting)\b)))
    |(?P<one>an?)\s+{_UNIT.format("single")}\s+or\s+(?P<two>two)\b
    |(?P<low>{NUMBER}){_TO}(?P<high>{NUMBER})(?P<plus>\s+and\s+a\s+half)?[-\s]?{_WORK}?
        {_UNIT.format("each")}
    |(?P<number>{NUMBER})(?P<and>\s+and\s+a\s+half)?[-\s]?{_WORK}?{_UNIT.format("unit")}
    |(?:a\s+|the\s+)?(?P<couple>couple)\s+(?:of\s+)?{_WORK}?{_UNIT.format("pair")}
    |(?P<article>an?)\s+{_WORK}?{_UNIT.format("just")}
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_TIMES = re.compile(
    rf"""{_START}(?:
    (?P<word>once|twice|thrice)\b
    |(?P<low>{NUMBER}){_TO}(?P<high>{NUMBER})\s+(?:more\s+)?times\b
    |(?P<number>{NUMBER})(?:\s+(?:more|separate|different|whole))?\s+times\b
    |(?P<x>\d{{1,2}})\s?x\b
    |(?P<half>half\s+)?a\s+(?P<group>couple|dozen)\s+(?:of\s+)?(?:more\s+)?times\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_HOW_MANY = re.compile(
    rf"""{_START}(?:(?P<low>{NUMBER}){_TO}(?P<high>{NUMBER})|(?P<number>{NUMBER})
    |(?P<half>half\s+)?a\s+(?P<group>couple|dozen)(?:\s+of)?)\s+(?P<noun>
    (?:(?:different|separate|other|more|further|long|unanswered|phone|telephone|follow[-\s]up)\s+)*
    (?P<kind>people|persons|agents?|advis[oe]rs?|reps?|representatives?|operators?|managers?
    |assistants?|departments?|engineers?|technicians?|plumbers?|electricians?|consultants?|clerks?
    |supervisors?|handlers?|members?\s+of\s+(?:the\s+)?staff
    |calls?|phonecalls?|emails?|e-mails?|mails|messages?|letters?|reminders?|texts|tickets?
    |complaints?|voicemails?|chats?))\b""",
    re.IGNORECASE | re.VERBOSE,
)

_WHICH = re.compile(
    rf"""{_START}(?P<number>{"|".join(_ORDINALS.split())}|\d{{1,2}}(?:nd|rd|th))\s+(?P<noun>
    (?:(?:different|phone|follow[-\s]up|separate)\s+)?
    (?:call|phonecall|email|e-mail|message|letter|reminder|ticket|complaint|request|time
    |engineer|technician|plumber|electrician|agent|advis[oe]r|representative|rep|operator))\b""",
    re.IGNORECASE | re.VERBOSE,
)


_FORMS: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "duration": (_DURATION, ("min", "hour", "hr", "sec", "day", "week", "wk", "month", "mth")),
    "times": (_TIMES, ("times", "once", "twice", "thrice")),
    "how many": (
        _HOW_MANY,
        (
            *("people", "persons", "agent", "advis", "rep", "operator", "manager", "assistant"),
            *("department", "engineer", "technician", "plumber", "electrician", "consultant"),
            *("clerk", "supervisor", "handler", "member", "call", "mail", "message", "letter"),
            *("reminder", "texts", "ticket", "complaint", "voicemail", "chat"),
        ),
    ),
    "which": (_WHICH, tuple(_ORDINALS.split())),
}
"""Pattern of each form, and parts of words without one of which a text can't hold it.

Most sentences hold none, and the patterns would take a hundred times as long to find that out.
"""

_DIGIT = {
    "duration": re.compile(r"\d ?h"),
    "times": re.compile(r"\d ?x"),
    "which": re.compile(r"\d(?:nd|rd|th)"),
}
"""What else may hold a form."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes
    ----------
    form : str
        ``duration``, ``times``, ``how many`` or ``which``.
    value : float
        In minutes for a duration; of a range the middle.
    noun : str
        In lower case: the unit of a duration, what is counted, or "" for ``times``.
    start, end : int
    """

    form: str
    value: float
    noun: str
    start: int
    end: int


_SPACE = r"[\s\p{Z}\x1c-\x1f\x85]"
_BETWEEN = (
    rf"{_SPACE}|[-\x{2013}\x{2014}.,/\p{{Nd}}½¼¾]|to|or|and|an?|of|half|quarters?|st|nd|rd|th"
    rf"|{'|'.join(VALUES)}|working|business|full|whole|solid|long|good|more|extra|further|calendar"
    r"|separate|different|other|unanswered|phone|telephone|follow.?up"
)
_COUNTED = "|".join(dict.fromkeys(s for _, stems in _FORMS.values() for s in stems))
_MAY_HOLD = (
    rf"(?is)(?:\b(?:half|quarter|{'|'.join(VALUES)})|[\p{{Nd}}½¼¾])(?:{_BETWEEN})*"
    rf"(?:{_COUNTED}|e.mail|email|request|time|h(?:[^a-z]|$))|\b(?:once|twice|thrice)\b|\p{{Nd}}{_SPACE}?x"
)
"""Fits wherever one of the forms does, and seldom elsewhere; a pattern of RE2."""


def may_hold(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each text may hold a number, at a fraction of the time of `numbers`.

    Examples
    --------
    >>> may_hold(["Called three times", "In 45 minutes", "A lovely day", "Room 45"]).tolist()
    [True, True, False, False]
    """
    return matching(texts, _MAY_HOLD)


def numbers(text: str) -> list[Number]:
    """Every number of these forms, in the order of the text.

    Examples
    --------
    >>> [(n.form, n.value, n.noun) for n in numbers("Called twice in 2-3 weeks, 1h 20 in all")]
    [('times', 2.0, ''), ('duration', 25200.0, 'weeks'), ('duration', 80.0, 'h')]
    """
    lower = text.lower()
    found = [
        number
        for form, (pattern, stems) in _FORMS.items()
        if any(stem in lower for stem in stems) or (form in _DIGIT and _DIGIT[form].search(lower))
        for number in _numbers(text, form, pattern)
    ]
    return sorted(found, key=lambda number: (number.start, number.end))


def _numbers(text: str, form: str, pattern: re.Pattern[str]) -> Iterator[Number]:
    for match in pattern.finditer(text):
        if form == "duration":
            value, noun = _duration(match)
        else:
            value = _count(match)
            noun = " ".join((match.groupdict().get("noun") or "").lower().split())
        yield Number(form, value, noun, match.start(), match.end())


def _duration(match: re.Match[str]) -> tuple[float, str]:
    """Minutes and the unit as it stands there."""
    group = {name: text for name, text in match.groupdict().items() if text is not None}
    if "hours" in group:
        return 60 * value_of(group["hours"]) + value_of(group["minutes"]), "h"
    names = ("of", "more", "single", "each", "unit", "pair", "just")
    unit = next(group[name].lower() for name in names if name in group)
    if "half" in group:
        amount = {"h": 0.5, "q": 0.25, "t": 0.75}[group["half"][0].lower()]
    elif "whole" in group:
        amount = value_of(group["whole"]) + (0.5 if group["part"].lower() == "half" else 0.25)
    elif "one" in group:
        amount = 1.5
    elif "low" in group:
        amount = _middle(group["low"], group["high"]) + (0.25 if "plus" in group else 0)
    else:
        amount = value_of(next(group[n] for n in ("number", "couple", "article") if n in group))
        amount += 0.5 if "and" in group else 0
    return amount * (MONTH if unit.startswith("mo") or unit == "mths" else MINUTES[unit[0]]), unit


def _count(match: re.Match[str]) -> float:
    group = {name: text for name, text in match.groupdict().items() if text is not None}
    if "low" in group:
        return _middle(group["low"], group["high"])
    if "group" in group:
        return value_of(group["group"]) / (2 if "half" in group else 1)
    return value_of(next(group[name] for name in ("word", "number", "x") if name in group))


def _middle(low: str, high: str) -> float:
    return (value_of(low) + value_of(high)) / 2


def value_of(text: str) -> float:
    """Value of one number in digits or words.

    Examples
    --------
    >>> value_of("forty-five"), value_of("2 ½"), value_of("1,5"), value_of("3rd")
    (45.0, 2.5, 1.5, 3.0)
    """
    words = re.split(r"[-\s]+", text.lower().strip())
    if all(word in VALUES for word in words):
        return sum(VALUES[word] for word in words)
    plain = re.sub(r"(?:st|nd|rd|th)$", "", text.lower().strip()).replace("1/2", "½")
    if "½" in plain and plain.strip("½ ") == "" and text.strip() == "1/2":
        return 0.5
    parts = sum(_FRACTIONS.get(sign, 0.0) for sign in plain)
    digits = plain.strip("½¼¾ ").replace(",", ".")
    return parts + (float(digits) if digits else 0.0)
