"""Read from a text how often customers had to make contact, and how long they waited.

Plain rules over the words around each number, precision before recall: a number counts only where
the words beside it say that it is a wait of the customer or a contact that the customer made, and
nothing near it says otherwise. "A 45 minute drive", "room 45", "24/7", "twice the price" and
"called the Three Tuns" are neither. ``tests/experience/quantities.jsonl`` lists hard cases;
``python -m benchmarks journey`` measures the rules on it and on real sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verbatim.experience import cues
from verbatim.experience.numbers import Number, numbers

KINDS = ("contacts", "waiting")
UNITS = ("contacts", "minutes", "days")
"""Of contacts, of waits told in minutes or hours, and of waits told in days or longer."""

MAX_CONTACTS = 50
"""A larger count isn't one of contacts that one customer made."""

_REACH = 110
"""Characters on either side of a number that are looked at."""

_CLAUSE = re.compile(r"[.;:!?()\n\u2013\u2014]|,(?!\s*(?:and|plus|,)\s*$)")
_SHORT = ("second", "sec", "minute", "min")
_PEOPLE = re.compile(
    r"people|person|agent|advis|rep\b|reps\b|representative|operator|manager|assistant|department"
    r"|engineer|technician|plumber|electrician|consultant|clerk|supervisor|handler|member"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count of contacts or a waiting time.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    value : float
        In `unit`; of a range the middle.
    unit : str
        One of `UNITS`.
    start, end : int
        Where the number and its unit stand.
    """

    kind: str
    value: float
    unit: str
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Contacts and waits that a text tells of, in its order; none overlaps another.

    Examples
    --------
    >>> found = quantities("Called three times, 45 minutes on hold, and a 20 minute drive.")
    >>> [(one.kind, one.value, one.unit) for one in found]
    [('contacts', 3.0, 'contacts'), ('waiting', 45.0, 'minutes')]
    """
    found: list[Quantity] = []
    for number in numbers(text):
        if found and number.start < found[-1].end:
            continue
        quantity = _wait(text, number) if number.form == "duration" else _contacts(text, number)
        if quantity is not None:
            found.append(quantity)
    return found


def _wait(text: str, number: Number) -> Quantity | None:
    left, right = text[max(0, number.start - _REACH) : number.start], text[number.end :][:_REACH]
    words = text[number.start : number.end].lower()
    if cues.NOT_WAIT_LEFT.search(left) or cues.NOT_WAIT_RIGHT.match(right):
        return None
    if words.startswith(("a ", "an ", "one ")) and number.noun in _SHORT:
        return None  # "just a minute" is no minute
    bare = cues.FILLER.sub("", _clause(left))
    if not any(_is_wait(cue, bare, right, number) for cue in cues.WAITS):
        return None
    days = number.value / 1440
    is_long = number.noun[0] in "dw" or number.noun.startswith(("mo", "mths"))
    value, unit = (days, "days") if is_long else (number.value, "minutes")
    return Quantity("waiting", round(value, 2), unit, number.start, number.end)


def _is_wait(cue: cues.Cue, bare: str, right: str, number: Number) -> bool:
    after = cue.right.match(right)
    found = cue.left.search(bare) if after else None
    if not found or not after:
        return False
    if not after.end() and _is_adjective(number, right):
        return False
    said = found.groupdict().get("cue") or ""
    if cues.NOT_WAIT_GAP.search(said):
        return False
    before = bare[: found.start()]
    is_late = " late" in after.group().lower() or "came" in said or "arrived" in said
    if is_late and _subject(before) == "customer":
        return False
    return not cues.NEGATED.search(before)


def _is_adjective(number: Number, right: str) -> bool:
    """Whether a singular unit behind a number above 1 belongs to a noun: "the 20 minute film"."""
    is_singular = number.noun in ("minute", "hour", "day", "week", "month")
    noun = re.match(r"\s+(?!(?:wait|queue|before|after|with|just|only|then)\b)[a-z]{4,}", right)
    return is_singular and noun is not None and not _is_one(number)


def _is_one(number: Number) -> bool:
    """Whether a duration is one of its unit, so that "hour" is no adjective."""
    return number.value in (1.0, 30.0, 60.0, 90.0, 1440.0, 7 * 1440.0)


def _contacts(text: str, number: Number) -> Quantity | None:
    left, right = text[max(0, number.start - _REACH) : number.start], text[number.end :][:_REACH]
    if not 1 <= number.value <= MAX_CONTACTS or cues.NOT_CONTACT_RIGHT.match(right):
        return None
    if number.form == "how many":
        left = left.rstrip().removesuffix(",")  # "three chats, two calls"
    words = text[number.start : number.end]
    if words.lower() == "once" and not re.match(r"\s*(?:[.,;!?]|and\b|$)", right):
        return None  # "once we called"
    if words[0].isupper() and not words.isupper() and re.search(r"called\s+(?:the\s+)?$", left):
        return None  # a name
    if not any(
        _is_contact(cue, left, right)
        for cue in _contact_cues(number)
        if not (cue.is_act and number.form == "how many" and number.value < 2)  # "one complaint"
    ):
        return None
    return Quantity("contacts", number.value, "contacts", number.start, number.end)


def _contact_cues(number: Number) -> tuple[cues.Cue, ...]:
    if number.form == "times":
        return cues.TIMES
    if number.form == "which":
        is_message = re.search(r"mail|message|letter|reminder", number.noun)
        return cues.WHICH[
            "time" if number.noun == "time" else "messages" if is_message else "other"
        ]
    return cues.HOW_MANY["people" if _PEOPLE.search(number.noun) else "messages"]


def _is_contact(cue: cues.Cue, left: str, right: str) -> bool:
    bare = cues.FILLER.sub("", _clause(left)) if cue.is_act else _clause(left)
    found = cue.left.search(bare)
    if not found or not cue.right.match(right):
        return False
    said = found.groupdict().get("cue") or ""
    if cues.NOT_CONTACT_GAP.search(said):
        return False
    verb = re.match(r"\S+", said)
    before = bare[: found.start()]
    if cue.is_act and verb and cues.TO_CUSTOMER.match(said[verb.end() :]):
        return False
    if cues.NEGATED.search(before):
        return False
    is_passive = bool(cues.PASSIVE.search(before)) and cue is cues.TIMES[0]
    return not is_passive and not (cue.is_act and _subject(before) == "other")


def _clause(left: str) -> str:
    """What stands left of a number, back to where its clause begins."""
    return _CLAUSE.split(left)[-1]


def _subject(before: str) -> str | None:
    """Who acts: the customer or another, by the last word that names one; None if none does."""
    last = None
    for match in cues.SUBJECT.finditer(before):
        last = match
    return None if last is None else "customer" if last["customer"] else "other"
