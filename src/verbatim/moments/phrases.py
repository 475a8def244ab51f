r"""The small language in which the rules' phrases are written, and what it becomes.

Words stand in lower case and match any case; an apostrophe may be curly or left out.

=========== ============================================================
``a/b``     either word; ``[a b/c]`` either of several phrases
``(a)``     may be missing; ``(a/b c)`` one of them, or none
``word*``   any ending
``...``     up to four words between
``{name}``  any phrase of a named list
=========== ============================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Lists = Mapping[str, str]

GAP = 4
"""Words that ``...`` may stand for."""

_TOKEN = re.compile(r"\.\.\.|[\[\]()/]|\{\w+\}|\s+|[^\s\[\](){}/]+")
_START, _END = r"(?<!\w)", r"(?!\w)"
_BETWEEN = r"[\s,\"'“”‘’*-]{1,3}"
_OPEN = rf"{_BETWEEN}(?:[^\s.!?;…]+{_BETWEEN}){{0,{GAP}}}"


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a phrase: a word, a gap, a sequence of parts, or a choice between parts."""

    kind: str
    word: str = ""
    parts: tuple[Node, ...] = ()
    is_optional: bool = False


def pattern(phrases: str, lists: Lists) -> str:
    r"""Source of a regular expression that finds any of the phrases, as whole words.

    Parameters
    ----------
    phrases : str
        Phrases, between commas.
    lists : mapping of str to str
        Phrases for each ``{name}``.

    Examples
    --------
    >>> import re
    >>> found = re.compile(pattern("[took/taken] (very) ill, poison*", {}), re.IGNORECASE)
    >>> [found.search(text) is not None for text in ("Taken  ill", "poisonous", "ill")]
    [True, True, False]
    """
    return f"{_START}(?:{'|'.join(map(_regex, parse(phrases, lists)))}){_END}"


def for_many(source: str) -> str:
    r"""The same for an engine that takes linear time and no look-around, and finds as much or more.

    Examples
    --------
    >>> for_many(pattern("law*", {}))
    '(?i)\\b(?:law\\w*)\\b'
    """
    return "(?i)" + source.replace(_START, r"\b").replace(_END, r"\b")


def parse(phrases: str, lists: Lists) -> list[Node]:
    """Parts of each of the phrases between commas."""
    return [_sequence(_TOKEN.findall(one.strip()), lists, False) for one in phrases.split(",")]


def _sequence(tokens: list[str], lists: Lists, in_group: bool) -> Node:
    """Read up to what ends the phrase: in a group ``/`` or a bracket."""
    parts: list[Node] = []
    while tokens and not (in_group and tokens[0] in "/])"):
        token = tokens.pop(0)
        if token.isspace():
            continue
        if token in "[(":
            parts.append(_group(tokens, lists, token == "("))
        elif token == "...":
            parts.append(Node("gap"))
        elif token.startswith("{"):
            parts.append(Node("choice", parts=tuple(parse(lists[token[1:-1]], lists))))
        elif token == "/":
            other = Node("word", tokens.pop(0))
            parts[-1] = Node("choice", parts=(parts[-1], other))
        else:
            parts.append(Node("word", token))
    return Node("sequence", parts=tuple(parts))


def _group(tokens: list[str], lists: Lists, is_optional: bool) -> Node:
    options = [_sequence(tokens, lists, True)]
    while tokens.pop(0) == "/":
        options.append(_sequence(tokens, lists, True))
    return Node("choice", parts=tuple(options), is_optional=is_optional)


def _regex(node: Node) -> str:
    if node.kind == "word":
        stem = re.escape(node.word.removesuffix("*")).replace("'", "['’]?")
        return stem + (r"\w*" if node.word.endswith("*") else "")
    if node.kind == "choice":
        return f"(?:{'|'.join(map(_regex, node.parts))})"
    return _joined(node.parts)


def _joined(parts: Sequence[Node]) -> str:
    """Parts one behind the other; a part that may be missing takes the gap before it along."""
    source, between = "", ""
    for place, part in enumerate(parts):
        if part.kind == "gap":
            between = _OPEN
        elif not part.is_optional:
            source += between + _regex(part)
            between = _BETWEEN
        elif source:
            source += f"(?:{between}{_regex(part)})?"
        else:
            return f"(?:{_regex(part)}{_BETWEEN})?{_joined(parts[place + 1 :])}"
    return source + (between if between == _OPEN else "")
