"""Words of a text by spaCy's English rules, and the marks that may end or begin a sentence.

The text is cut at white space into pieces. The words of a piece come from a bounded cache, and
only a new piece is given to spaCy: a text is read at the speed of a dictionary, and memory stays
flat however many rows pass.

Examples
--------
>>> tokens = tokenise("I didn't like it.Sorry ...")
>>> tokens.words
['I', 'did', "n't", 'like', 'it', '.', 'Sorry', '...']
>>> tokens.marks
{5: 'stop', 7: 'dots'}
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, Literal, NamedTuple

from verbatim.text import storable
from verbatim.text.cleaning import EMOJI, WEB

__all__ = ["Kind", "Tokens", "tokenise"]

Kind = Literal["stop", "dots", "short", "face", "bullet", "dash", "number", "colon"]
"""What a mark is.

`stop` . ! ?; `dots` an ellipsis; `short` a word with its own full stop ("Mr."); `face` an emoji or
emoticon; `bullet` a sign that always opens a list item; `dash` one that may; `number` "1." or
"1)"; `colon`.
"""

_PIECE = re.compile(
    rf"https?://\S{{1,2000}}|[!-~\xa1-\u167f\u2010-\u2027]{{1,100}}(?![\ufe0f\u20e3])|\n\s{{0,99}}"
    rf"|(?:{EMOJI}){{1,40}}|\S(?:(?!{EMOJI})\S){{0,99}}"
)
_SITE = (
    r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}"
    r"\.(?:com|net|org|info|gov|edu|io|app|co|uk|us|eu|de|fr|es|it|nl|ie|ca|au|nz|in"
    r"|pdf|jpe?g|png|docx?|xlsx?|csv|txt|zip|exe|js|html?)(?![\w-]|\.\w)"
)
_BULLETS = "\u2022\u2023\u2043\u204e\u25a0\u25aa\u25ab\u25b8\u25ba\u25cf\u25e6\u27a4"
_WHOLE = re.compile(rf"{WEB}|{_SITE}|\.{{2,}}|\u2026+|[{_BULLETS}]|{EMOJI}")
# Where two words that were written without a space between them part: "nice.But", "room(big".
_SEAM = re.compile(
    r"(?<=[\w'][^\W\d_]\.)(?=[^\W\d_]{2}|I\b)|(?<=\d\.)(?=[A-Z][a-z])|(?<=[!?])(?=\w)"
    r"|(?<=[!?]\.)(?=\w)|(?<=\w[;)\]])(?=[^\W\d_]{2})|(?<=\w\")(?=[^\W\d_])|(?<=[^\W\d_],)(?=\w)"
    r"|(?<=\A\d[.)])(?=[^\W\d_])|(?<=\A\d\d[.)])(?=[^\W\d_])|(?<=\d,)(?=[^\W\d_])|(?<=[^\W\d_]:)(?=\d)|(?<=[\w.,!?])(?=[(\[][^\W\d_]{2})"
)
_MOST_LETTERS = 100
_PIECES_A_ZONE = 100
_PLAIN = re.compile(r"([A-Za-z][a-z]+|[A-Z]{2,})([,.!?;:]?)")
_WRAPPED = re.compile(
    r"""([("]?)([A-Za-z][a-z]+|[A-Z]{2,}|[0-9]+(?![-'.)]))((?:-[A-Za-z]{2,})*)((?:'s)?)"""
    r"""(!{0,3}|[,.?;:]|[)"][,.!?;:]?|[,.!?]")"""
)
_HYPHEN = re.compile("(-)")
_USUAL: dict[str, Kind] = {".": "stop", "!": "stop", "?": "stop", ":": "colon"}
_BEHIND: dict[str, tuple[tuple[int, Kind], ...]] = {
    mark: ((1, kind),) for mark, kind in _USUAL.items()
}
_NUMBER = re.compile(r"\d{1,2}[.)](?=[^\W\d_]|$)")
_STOPS = frozenset(".!?\u3002\uff01\uff1f\u061f\u0964")
_DASHES = frozenset(["-", "--", "*", "**", "+", ">", "~", "\xb7", "o"])
_TICKS = "\u2705\u2714\u2713\u2611\u274c\u2716\u2717\u2718\u2795\u2796\u27a1\U0001f449"
_EMOJI = re.compile(EMOJI)

_Piece = tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[int, Kind], ...]]
"""The words of a piece, their offsets in it, and the marks among them by their index."""

# A rating, a list number or a closing bracket more often than a face.
_NOT_FACES = frozenset([":1", ":3", ":0", ":-3", ":-0", "=3", "8)", "8D", "8-)", "8-D", "):"])
_PREFIXES = [r"-(?=[^\W\d_])", "--", r"~(?=\w)"]
_SUFFIXES = [r"(?<=[^\W\d_])-", "--", r"(?<=[^\W\d_])~"]
_INFIXES = [r"(?<=[^\W\d_]{2})\+(?=[^\W\d_]{2})"]


class Tokens(NamedTuple):
    """The words of one text, in order, and what may end or begin a sentence among them.

    Attributes
    ----------
    text : str
        The text that was read.
    words : list of str, length n
        Every character that is not white space is in exactly one word.
    starts : list of int, length n
        Offset of each word in `text`.
    marks : dict of int to str
        Kind of each word that is a mark, by its index, in order.
    lines : dict of int to int
        Number of line breaks, 1 or more, before a word, by its index, in order.
    """

    text: str
    words: list[str]
    starts: list[int]
    marks: dict[int, Kind]
    lines: dict[int, int]


def tokenise(text: str) -> Tokens:
    """Split a text into words; safe in threads, linear in the length."""
    words: list[str] = []
    starts: list[int] = []
    marks: dict[int, Kind] = {}
    lines: dict[int, int] = {}
    add_word, add_start = words.append, starts.append
    pieces, places = _pieces(text)
    for piece, start, (new_words, offsets, new_marks) in zip(
        pieces, places, map(_read, pieces), strict=False
    ):
        if new_marks:
            for index, kind in new_marks:
                marks[len(words) + index] = kind
        if len(offsets) == 1:
            add_word(new_words[0])
            add_start(start)
        elif offsets:
            words += new_words
            starts += [start + offset for offset in offsets]
        elif piece:
            lines[len(words)] = lines.get(len(words), 0) + piece.count("\n")
    lines.pop(len(words), None)
    return Tokens(text, words, starts, marks, lines)


def _pieces(text: str) -> tuple[list[str], Iterable[int]]:
    """Pieces between white space, and line breaks, and their offsets; some may be empty."""
    if text.isascii() and text.isprintable():
        # The same as the pattern, for most texts, in half the time.
        pieces = text.split(" ")
        sizes = list(map(len, pieces))
        if max(sizes) <= _MOST_LETTERS:
            return pieces, accumulate([size + 1 for size in sizes], initial=0)
    matches = list(_PIECE.finditer(text))
    return [match[0] for match in matches], [match.start() for match in matches]


@lru_cache(maxsize=1 << 15)
def _read(piece: str) -> _Piece:
    """Return words, their offsets and the marks among them of one piece; none of white space."""
    if not piece or piece.isspace():
        return (), (), ()
    if known := _read_plain(piece) or _contractions().get(piece) or _read_wrapped(piece):
        return known
    bounds = tuple(_bounds(piece))
    words = tuple(piece[start:end] for start, end in bounds)
    number = _NUMBER.match(piece) is not None
    marks: list[tuple[int, Kind]] = [(0, "number")] if number else []
    for index, word in enumerate(words):
        kind = _kind(word, bounds[index][0])
        if kind and not (number and index == 1):
            marks.append((index, kind))
    return words, tuple(start for start, _ in bounds), tuple(marks)


def _read_plain(piece: str) -> _Piece | None:
    """Read a word, a mark behind it or not: a shortcut past spaCy's patterns, to the same end."""
    match = _PLAIN.fullmatch(piece)
    if match is None or piece in _exceptions() or match[1] in _exceptions():
        return None
    word, mark = match.groups()
    if not mark:
        return (word,), (0,), ()
    return (word, mark), (0, len(word)), _BEHIND.get(mark, ())


def _read_wrapped(piece: str) -> _Piece | None:
    """Read a word or compound with the usual marks around it: another shortcut."""
    match = _WRAPPED.fullmatch(piece)
    if match is None:
        return None
    opening, word, more, owner, closing = match.groups()
    listed, size = _exceptions(), len(piece)
    ends = range(size - len(closing) - len(owner), size + 1)
    if word in listed or any(piece[i:end] in listed for i in {0, len(opening)} for end in ends):
        return None
    parts = (opening, word, *_HYPHEN.split(more), owner, *closing)
    words = tuple(part for part in parts if part)
    marks = [(i, _USUAL[part]) for i, part in enumerate(words) if part in _USUAL]
    return words, tuple(accumulate(map(len, words[:-1]), initial=0)), tuple(marks)


def _kind(word: str, offset: int) -> Kind | None:
    """Say what mark a word is, if any, that stands at `offset` in its piece."""
    if word in _STOPS:
        return "stop"
    if word == ":":
        return "colon"
    if word in _DASHES:
        return None if offset else "dash"
    if word[0] in _BULLETS:
        return "bullet"
    if word[0] in _TICKS:
        return "dash"
    if word[0] == "\u2026" or word.startswith(".."):
        return "dots"
    if _EMOJI.match(word) or word in _faces():
        return "face"
    return "short" if word[-1] == "." else None


def _bounds(piece: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word of a piece."""
    done = 0
    for whole in _WHOLE.finditer(piece):
        yield from _spoken(piece, done, whole.start())
        yield whole.span()
        done = whole.end()
    yield from _spoken(piece, done, len(piece))


def _spoken(piece: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of spaCy's tokens in a slice of a piece."""
    seams = (seam.start() for seam in _SEAM.finditer(piece, start, end))
    for first, last in pairwise([start, *seams, end]):
        if first < last:
            for size in _spacy.sizes(piece[first:last]):
                yield first, (first := first + size)


@lru_cache(maxsize=1)
def _exceptions() -> frozenset[str]:
    """Return the pieces that spaCy's rules list."""
    return frozenset(_spacy.tokenizer.rules)


@lru_cache(maxsize=1)
def _contractions() -> dict[str, _Piece]:
    """Return how spaCy's rules cut "didn't" and its like, which no other pattern cuts first."""
    from spacy.symbols import ORTH  # type: ignore[import-not-found]  # compiled

    cut = {
        piece: tuple(part[ORTH] for part in parts)
        for piece, parts in _spacy.tokenizer.rules.items()
        if piece.isascii() and piece.replace("'", "").isalpha() and piece not in _faces()
    }
    return {
        piece: (words, tuple(accumulate(map(len, words[:-1]), initial=0)), ())
        for piece, words in cut.items()
    }


@lru_cache(maxsize=1)
def _faces() -> frozenset[str]:
    """Return the emoticons that stay whole."""
    from spacy.lang.tokenizer_exceptions import emoticons

    return frozenset(emoticons) - _NOT_FACES


class _Spacy:
    """One blank English pipeline for all threads, made when it is first needed.

    One thread reads at a time. Only pieces that aren't in the cache come here, and spaCy holds
    Python's own lock while it reads them: threads would gain nothing from a pipeline each.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        if hasattr(os, "register_at_fork"):  # no child begins in the midst of a piece
            os.register_at_fork(
                before=self._lock.acquire,
                after_in_parent=self._lock.release,
                after_in_child=self._lock.release,
            )
        self._made: tuple[Any, Any] | None = None
        self._zone = ExitStack()
        self._n_read = 0

    @property
    def tokenizer(self) -> Any:
        """Tokeniser of the pipeline."""
        with self._lock:
            return self._load()[1]

    def sizes(self, piece: str) -> list[int]:
        """Return the length of each token of a piece without white space."""
        with self._lock:
            pipeline, tokenizer = self._load()
            if self._n_read % _PIECES_A_ZONE == 0:
                # Outside a zone the vocabulary keeps every string that it has ever seen.
                self._zone.close()
                self._zone.enter_context(pipeline.memory_zone())
            self._n_read += 1
            return [len(token) for token in tokenizer(storable(piece))]

    def _load(self) -> tuple[Any, Any]:
        if self._made is None:
            self._made = _pipeline()
        return self._made


def _pipeline() -> tuple[Any, Any]:
    """Return a blank English pipeline, and its tokeniser with our affixes."""
    from spacy.lang.en import English
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    pipeline: Any = English()
    # Shape, norm and the like of each new word would take as long as finding it.
    pipeline.vocab.lex_attr_getters = {}
    rules, tokenizer = pipeline.Defaults, pipeline.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([*_PREFIXES, *rules.prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*_SUFFIXES, *rules.suffixes]).search
    tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *rules.infixes]).finditer
    tokenizer.url_match = None
    words = set(tokenizer.rules) - _NOT_FACES
    tokenizer.rules = {word: tokenizer.rules[word] for word in words}
    return pipeline, tokenizer


_spacy = _Spacy()
