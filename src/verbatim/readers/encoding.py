"""Bytes to text: UTF-8, UTF-16 and Windows-1252, told apart by their content."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from verbatim.errors import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 18
_SAMPLE = 65_536
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\udc80-\udcff]")
_MOST_CONTROLS = 0.02
_ESCAPED = re.compile("[\udc80-\udcff]+")


def find_encoding(stream: BinaryIO) -> str:
    """Name the encoding of a text by all of its bytes.

    Raises
    ------
    InputError
        The bytes are no text.

    Examples
    --------
    >>> find_encoding(io.BytesIO("café".encode("cp1252")))
    'cp1252'
    """
    head = stream.read(_SAMPLE)
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(head) or _single_bytes(head, stream)
    stream.seek(0)
    with open_text(io.BytesIO(head), encoding) as text:
        sample = repair(text.read())
    if len(_CONTROL.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise InputError(
            "the content is binary, not text; give a CSV, TSV, JSON, Parquet or XLSX file"
        )
    return encoding


@contextmanager
def open_text(stream: BinaryIO, encoding: str, newline: str = "") -> Iterator[TextIO]:
    """Decode a stream; in single bytes, what doesn't fit is escaped for `repair`."""
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding, errors, newline)
    try:
        yield text
    finally:
        text.detach()


def repair(text: str) -> str:
    r"""Read bytes that didn't fit as Windows-1252; those that it doesn't know stay escaped.

    Examples
    --------
    >>> repair(b"caf\xe9".decode("utf-8", "surrogateescape"))
    'café'
    """
    return _ESCAPED.sub(lambda run: _from_windows(run.group()), text)


def is_escaped(text: str) -> bool:
    """Whether a text holds bytes that no encoding could read."""
    return _ESCAPED.search(text) is not None


def _from_windows(escaped: str) -> str:
    data = escaped.encode("utf-8", "surrogateescape")
    return data.decode("cp1252", "surrogateescape")


def _unmarked_utf16(sample: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if pairs and odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if pairs and even > 0.7 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _single_bytes(head: bytes, stream: BinaryIO) -> str:
    """UTF-8, also when a few bytes of another encoding stand in it; else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    right = wrong = 0
    while head:
        block = stream.read(_BLOCK)
        text = decoder.decode(head, final=not block)
        if not text.isascii():
            escaped = sum(len(run) for run in _ESCAPED.findall(text))
            wrong += escaped
            right += len(text) - len(text.encode("ascii", "ignore")) - escaped
        head = block
    return "utf-8" if not wrong or right >= wrong else "cp1252"
