"""Bytes to text: UTF-8, UTF-16 and Windows-1252, told apart by their content."""

from __future__ import annotations

import codecs
import re

from verbatim.errors import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_CONTROLS = 0.02
_ESCAPED = re.compile("[\udc80-\udcff]+")


def decode(data: bytes) -> tuple[str, str]:
    """Decode the bytes of a text file and name their encoding.

    Raises
    ------
    InputError
        The bytes are no text.

    Examples
    --------
    >>> decode("café".encode("cp1252"))
    ('café', 'cp1252')
    """
    text, encoding = _decode(data)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise InputError(
            "the content is binary, not text; give a CSV, TSV, JSON, Parquet or XLSX file"
        )
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(data[:_SAMPLE])
    if encoding:
        return data.decode(encoding, errors="replace"), encoding
    return _decode_single_bytes(data)


def _unmarked_utf16(sample: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if pairs and odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if pairs and even > 0.7 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _decode_single_bytes(data: bytes) -> tuple[str, str]:
    """UTF-8, also when a few bytes of another encoding stand in it; else Windows-1252."""
    text = data.decode("utf-8", errors="surrogateescape")
    wrong = sum(len(run) for run in _ESCAPED.findall(text))
    if not wrong:
        return text, "utf-8"
    right = sum(character > "\x7f" for character in text) - wrong
    if right < wrong:
        return _from_windows(data), "cp1252"
    repaired = _ESCAPED.sub(
        lambda run: _from_windows(run.group().encode("utf-8", errors="surrogateescape")), text
    )
    return repaired, "utf-8"


def _from_windows(data: bytes) -> str:
    return data.decode("cp1252", errors="replace")
