"""Sentences whose grammar turns a judgement round, made from lists of words.

People write "Was the soup hot? No.", "I can't say I liked it", "used to be lovely, not any more".
No set holds enough of these to learn them from, and what they mean follows from how they are
built. So they are built, from the words and frames of `constructions.yaml`. A frame denies a
judgement, affirms it, or puts one of the other side in its place; frames over plain facts judge
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from training.examples import GRADE, Example, Opinion, Span

FILE = Path(__file__).with_suffix(".yaml")
SENTENCES = 12000
TASKS = frozenset({"drivers", "spans", "sentiment"})
SIDES = ("good", "bad")
OUTCOMES, TIMES = ("denied", "affirmed", "replaced"), (5, 4, 3)
PLAIN_NEIGHBOURS, LOWERED, UNOPENED = 0.25, 0.15, 0.6
"""Shares of the sentences that stand beside a plain one, lack capitals, begin without a filler."""
FACTS_AMONG_NEUTRAL = 0.6
GENERAL = 0.4
"""Share of the judgements of a likeable thing that could be said of any."""
DETERMINERS = ("the", "the", "the", "the", "this", "this", "that", "our", "their", "your")
_ENDS = ("", ".", ".", ".", "!")
_MARK = re.compile(r"[<>\[\]]")
_IT = re.compile(r"\bit\b")


class Judged(NamedTuple):
    """A sentence, <target> and [assessment] marked, and its opinion; without one no driver."""

    marked: str
    driver: str | None = None
    polarity: int = 0


def constructions(n: int = SENTENCES, seed: int = 0) -> Iterator[Example]:
    """Make `n` sentences, each once; the same ones for the same seed.

    Examples
    --------
    >>> first, second = constructions(n=2)
    >>> first.text != second.text
    True
    """
    maker, made = Maker(Random(seed)), set[str]()
    while len(made) < n:
        example = maker.example()
        if example.text not in made:
            made.add(example.text)
            yield example


class Maker:
    """Fills frames at random."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._lists: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))

    def example(self) -> Example:
        """One sentence, now and then beside a plain one."""
        makers = (self._of_thing, self._of_such, self._of_liking, self._of_fact, self._of_whole)
        make = self._random.choices(makers, (5, 4, 2, 3, 2))[0]
        parts = [make()]
        if self._random.random() < PLAIN_NEIGHBOURS:
            parts.insert(self._random.randrange(2), self._plain())
        return _joined(parts)

    def _of_thing(self) -> Judged:
        """A thing and a judgement that the frame turns, or leaves."""
        kind, side = self._one("kinds"), self._random.choice((0, 1))
        said, other = (self._judgement(kind, s) for s in (side, 1 - side))
        outcome, frames = self._frames("of_things")
        if kind["driver"] == "staff":
            frames = [frame for frame in frames if not _IT.search(frame)]
        words = {"t": f"<{self._random.choice(kind['things'])}>"}
        words |= {"a": said.rstrip("*"), "b": other.rstrip("*")}
        return self._judged(outcome, frames, words, kind["driver"], side, (said, other))

    def _of_such(self) -> Judged:
        """The same with the judgement before the thing: not a good hotel."""
        kind, side = self._likeable(), self._random.choice((0, 1))
        general = self._lists["general"]
        said, other = (self._random.choice(general[SIDES[s]]) for s in (side, 1 - side))
        outcome, frames = self._frames("of_such_things")
        words = {"t": f"<{self._random.choice(kind['things'])}>"}
        for name, article, judgement in (("a", "one", said), ("b", "another", other)):
            words |= {name: judgement.rstrip("*"), article: _article(judgement)}
        return self._judged(outcome, frames, words, kind["driver"], side, (said, other))

    def _of_liking(self) -> Judged:
        """The same with a verb: liked, hated."""
        side = self._random.choice((0, 1))
        kind = self._likeable()
        verbs = self._lists["verbs"]
        said, other = (self._random.choice(verbs[SIDES[s]]).split() for s in (side, 1 - side))
        outcome, frames = self._frames("of_likings")
        words = {"t": f"<{self._random.choice(kind['things'])}>", "yes": self._one("did")}
        words |= {"v": said[0].rstrip("*"), "ved": said[1], "w": other[0].rstrip("*")}
        return self._judged(outcome, frames, words, kind["driver"], side, (said[0], other[0]))

    def _of_fact(self) -> Judged:
        """The same frames around what judges nothing."""
        if self._random.random() < FACTS_AMONG_NEUTRAL:
            subject, fact = self._one("facts").split("|")
            words = {"s": subject, "S": subject[0].upper() + subject[1:], "f": fact}
            return Judged(self._filled(self._one("of_facts"), words, 0))
        verb, past, rest = self._one("deeds").split("|")
        return Judged(self._filled(self._one("of_deeds"), {"v": verb, "ved": past, "o": rest}, 0))

    def _of_whole(self) -> Judged:
        """A thing judged as a whole, in a set phrase."""
        kind = self._likeable()
        polarity, frames = self._random.choice(list(self._lists["set_phrases"].items()))
        words = {"t": f"<{self._random.choice(kind['things'])}>"}
        marked = self._filled(self._random.choice(frames), words, 0)
        return Judged(marked, kind["driver"], polarity)

    def _likeable(self) -> Any:
        names = self._lists["likeable"]
        return self._random.choice([k for k in self._lists["kinds"] if k["driver"] in names])

    def _plain(self) -> Judged:
        """A sentence that says what it says."""
        kind, side = self._one("kinds"), self._random.choice((0, 1))
        said = self._judgement(kind, side)
        marked = f"The <{self._random.choice(kind['things'])}> was [{said.rstrip('*')}]."
        return Judged(marked, kind["driver"], (1, -1)[side] * _strength(said))

    def _judgement(self, kind: Mapping[str, Any], side: int) -> str:
        is_general = kind["driver"] in self._lists["likeable"] and self._random.random() < GENERAL
        judgements = self._lists["general"] if is_general else kind
        judgement: str = self._random.choice(judgements[SIDES[side]])
        return judgement

    def _frames(self, kind: str) -> tuple[str, Sequence[str]]:
        outcome = self._random.choices(OUTCOMES, TIMES)[0]
        return outcome, self._lists[kind][outcome]

    def _judged(
        self,
        outcome: str,
        frames: Sequence[str],
        words: Mapping[str, str],
        driver: str,
        side: int,
        judgements: tuple[str, str],
    ) -> Judged:
        open_frames = (_open_to(SIDES[side], frame) for frame in frames)
        frame, sign = self._random.choice([f for f in open_frames if f]), (1, -1)[side]
        said, other = map(_strength, judgements)
        polarity = {
            "denied": -sign * (2 if "{never}" in frame or "anything but" in frame else 1),
            "affirmed": sign * (2 if "{very}" in frame else said),
            "replaced": -sign * other,
        }[outcome]
        return Judged(self._filled(frame, words, side), driver, polarity)

    def _filled(self, frame: str, words: Mapping[str, str], side: int) -> str:
        """Fill a frame, with an opening or without, an end mark, and now and then no capitals."""
        marked = frame.format_map(self._common(side) | words)
        if self._random.random() > UNOPENED:
            first = marked if marked.startswith("I ") else _uncapital(marked)
            marked = f"{self._one('openings')} {first}"
        marked += self._random.choice(_ENDS)
        return marked.lower() if self._random.random() < LOWERED else marked

    def _common(self, side: int) -> dict[str, str]:
        be, (who, says) = self._random.choice(("was", "is")), self._one("others").split("|")
        the = self._random.choice(DETERMINERS)
        answers = {
            name: self._random.choice(self._lists[name][SIDES[side]])
            for name in ("no", "never", "yes")
        }
        return answers | {
            "aside": self._one("asides"),
            "be": be,
            "Be": be.title(),
            "isnt": self._random.choice((f"{be}n't", f"{be} not")),
            "very": self._one("very"),
            "unsure": self._one("unsure"),
            "who": who,
            "says": says,
            "the": the,
            "The": the.title(),
        }

    def _one(self, name: str) -> Any:
        return self._random.choice(self._lists[name])


def _open_to(side: str, frame: str) -> str:
    """The frame without the side that it is for; nothing if that is the other one."""
    only, _, rest = frame.rpartition("|")
    return rest if only in ("", side) else ""


def _article(judgement: str) -> str:
    return "an" if judgement[0] in "aeiou" else "a"


def _strength(judgement: str) -> int:
    return 2 if judgement.endswith("*") else 1


def _uncapital(marked: str) -> str:
    """The first letter small, behind a mark or not."""
    start = 1 if marked[0] in "<[" else 0
    return marked[:start] + marked[start].lower() + marked[start + 1 :]


def _joined(parts: Sequence[Judged]) -> Example:
    text, opinions = "", []
    for part in parts:
        start = len(text) + 1 if text else 0
        plain, target, assessment = _unmarked(part.marked)
        text = f"{text} {plain}" if text else plain
        if part.driver is not None:
            sign = (part.polarity > 0) - (part.polarity < 0)
            strong = abs(part.polarity) == 2 if sign else None
            spans = (_moved(target, start), _moved(assessment, start))
            opinions.append(Opinion((part.driver,), sign, strong, *spans))
    grades = [GRADE[part.polarity] for part in parts if part.driver is not None]
    mean = sum(grades) / len(grades) if grades else 0.0
    return Example("constructions", text, TASKS, tuple(opinions), sentiment=mean)


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else (span[0] + by, span[1] + by)


def _unmarked(marked: str) -> tuple[str, Span | None, Span | None]:
    """Text without marks, spans of target and assessment.

    Examples
    --------
    >>> _unmarked("Was the <soup> [hot? No].")
    ('Was the soup hot? No.', (8, 12), (13, 20))
    """
    places: dict[str, int] = {}
    for n, match in enumerate(_MARK.finditer(marked)):
        places[match[0]] = match.start() - n
    target, assessment = (
        (places[first], places[last]) if first in places else None for first, last in ("<>", "[]")
    )
    return _MARK.sub("", marked), target, assessment
