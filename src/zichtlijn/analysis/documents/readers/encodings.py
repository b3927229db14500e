"""Bytes to text: UTF-8, UTF-16 and Windows-1252 told apart by what the bytes can mean."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Share of control characters above which a file is not text.
_MAX_CONTROL_SHARE = 0.002
# Share of zero bytes on one side of each pair from which text without a mark is taken for UTF-16.
_UTF16_ZERO_SHARE = 0.4
_ABOVE_ASCII = bytes(range(0x80, 0x100))
# Share of bytes in ASCII that Western text has at least.
_LEAST_ASCII = 0.7


def decode(data: bytes) -> str | None:
    """The text in ``data``, NFC-normalised with ``\\n`` line ends, or None when it is no text."""
    text = _decoded(data)
    if text is None or is_binary(text):
        return None
    return normalised(text)


def normalised(text: str) -> str:
    """NFC, ``\\n`` line ends, no byte order mark."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return unicodedata.normalize("NFC", text)


def is_binary(text: str) -> bool:
    """Whether a text holds NUL or so many control characters that it cannot have been meant as text."""
    if "\x00" in text:
        return True
    controls = len(text) - len(_CONTROL.sub("", text)) + text.count("\ufffd")
    return controls > max(1, len(text) * _MAX_CONTROL_SHARE)


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\x00" in data[:4096]:
        unmarked = _utf16_without_mark(data)
        return _strictly(data, unmarked) if unmarked else None
    text = _strictly(data, "utf-8")
    return text if text is not None else _windows_1252(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    if len(data) % 2:
        return None
    if sample[1::2].count(0) / half > _UTF16_ZERO_SHARE > sample[0::2].count(0) / half:
        return "utf-16-le"
    if sample[0::2].count(0) / half > _UTF16_ZERO_SHARE > sample[1::2].count(0) / half:
        return "utf-16-be"
    return None


def _windows_1252(data: bytes) -> str | None:
    """Latin-1 text is Windows-1252 text; the five bytes that this leaves undefined become U+FFFD."""
    text = data.decode("cp1252", errors="replace")
    plain = len(data.translate(None, _ABOVE_ASCII))
    return text if plain >= len(data) * _LEAST_ASCII else None
