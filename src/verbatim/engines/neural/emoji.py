"""Emoji as words: the encoder's word pieces have none of them.

Those that say nothing of how it was, such as a pizza or a flag, are left out, and so is laughter,
which goes with the worst of stories as with the best.

The words stand where the emoji stood, and every character of theirs remembers it, so that a span of
word pieces is a span of the text as it was.
"""

from __future__ import annotations

import re
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

WORDS = {
    "👍": "great",
    "👎": "bad",
    "👌": "perfect",
    "👏": "well done",
    "🙌": "wonderful",
    "🙏": "thank you",
    "💪": "strong",
    "❤": "love",
    "💕": "love",
    "💖": "love",
    "💗": "love",
    "💙": "love",
    "💚": "love",
    "💛": "love",
    "💜": "love",
    "🧡": "love",
    "🖤": "love",
    "💔": "heartbroken",
    "😍": "love it",
    "🥰": "love it",
    "😘": "love it",
    "🤩": "amazing",
    "😀": "happy",
    "😃": "happy",
    "😄": "happy",
    "😁": "happy",
    "😊": "happy",
    "🙂": "happy",
    "☺": "happy",
    "😆": "happy",
    "😎": "cool",
    "😋": "delicious",
    "😌": "relieved",
    "😅": "phew",
    "🤗": "thankful",
    "😇": "lovely",
    "🎉": "celebrate",
    "✨": "wonderful",
    "🔥": "amazing",
    "💯": "perfect",
    "⭐": "star",
    "🌟": "star",
    "★": "star",
    "✅": "yes",
    "✔": "yes",
    "❌": "no",
    "🚫": "not allowed",
    "😐": "so so",
    "😑": "not impressed",
    "😒": "not impressed",
    "🙄": "annoying",
    "😏": "as if",
    "😬": "awkward",
    "🤔": "not sure",
    "😕": "confused",
    "😟": "worried",
    "😨": "afraid",
    "😰": "worried",
    "😱": "shocked",
    "😮": "surprised",
    "😲": "surprised",
    "😳": "shocked",
    "😞": "disappointed",
    "😔": "sad",
    "🙁": "sad",
    "☹": "sad",
    "😢": "sad",
    "😭": "crying",
    "😥": "disappointed",
    "😓": "stressed",
    "😩": "fed up",
    "😫": "fed up",
    "😤": "frustrated",
    "😠": "angry",
    "😡": "very angry",
    "🤬": "furious",
    "😖": "awful",
    "😣": "awful",
    "😷": "ill",
    "🤒": "ill",
    "🤢": "disgusting",
    "🤮": "disgusting",
    "💩": "crap",
    "😴": "sleepy",
    "🥱": "boring",
    "🤦": "unbelievable",
    "🤷": "who knows",
    "🐌": "slow",
    "💸": "expensive",
}
"""What customers mean by the emoji that they use most."""

SYMBOL = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
MODIFIERS = frozenset("\ufe0e\ufe0f\u200d") | {chr(c) for c in range(0x1F3FB, 0x1F400)}
"""What only changes the look of the emoji before it: variation, joiner, skin."""


def spelled(text: str) -> tuple[str, NDArray[np.int64]] | None:
    """Text with words for its emoji, and for each of its characters the one it stands for.

    None where there is no emoji.

    Examples
    --------
    >>> words, origin = spelled("ok 👍!")
    >>> words, origin.tolist()
    ('ok  great !', [0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 4])
    """
    if not SYMBOL.search(text):
        return None
    pieces = [_words(character) for character in text]
    lengths = [len(piece) for piece in pieces]
    return "".join(pieces), np.repeat(np.arange(len(text)), lengths)


def restored(offsets: NDArray[np.int32], origin: NDArray[np.int64]) -> NDArray[np.int32]:
    """Offsets in a spelled text to offsets in the text itself; both (T, 2).

    Examples
    --------
    >>> words, origin = spelled("ok 👍!")
    >>> restored(np.array([[0, 0], [0, 2], [4, 9], [10, 11]], np.int32), origin).tolist()
    [[0, 0], [0, 2], [3, 4], [4, 5]]
    """
    is_special = offsets[:, :1] == offsets[:, 1:]
    pieces = np.stack([origin[offsets[:, 0] % len(origin)], origin[offsets[:, 1] - 1] + 1], axis=1)
    return np.where(is_special, 0, pieces).astype(np.int32)


def _words(character: str) -> str:
    if character in MODIFIERS:
        return ""
    if character in WORDS:
        return f" {WORDS[character]} "
    return " " if category(character) == "So" and SYMBOL.match(character) else character
