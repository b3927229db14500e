"""What a file from outside is, by its own bytes. The name and what the browser says of it count for nothing.

Only kinds on the list are taken. A file must begin as its kind begins: something that is two kinds at once is taken
for the one it begins as, and is never sent to a browser as anything else.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 100
MOST_PARTS = 5_000  # of an office document; more is no document that anybody wrote
CONTROL = set(range(32)) - {9, 10, 12, 13}


class RefusedFileError(ValidationError):
    """A file of a kind that is not taken."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken."""

    media_type: str
    ending: str
    is_image: bool = False


PDF = Kind("application/pdf", "pdf")
JPEG = Kind("image/jpeg", "jpg", is_image=True)
PNG = Kind("image/png", "png", is_image=True)
GIF = Kind("image/gif", "gif", is_image=True)
WEBP = Kind("image/webp", "webp", is_image=True)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
ODT = Kind("application/vnd.oasis.opendocument.text", "odt")
TEXT = Kind("text/plain", "txt")
MP4 = Kind("video/mp4", "mp4")
M4A = Kind("audio/mp4", "m4a")
MP3 = Kind("audio/mpeg", "mp3")
KINDS = (PDF, JPEG, PNG, GIF, WEBP, DOCX, XLSX, ODT, TEXT, MP4, M4A, MP3)
ACCEPT = ",".join([*(f".{kind.ending}" for kind in KINDS), ".jpeg"])
"""For the ``accept`` of a file field: a help to people, no check."""

BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
)
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}
VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
REFUSALS: tuple[tuple[bytes, Any], ...] = (
    (b"II*\0", _("TIFF pictures cannot be sent. Save it as JPEG first.")),
    (b"MM\0*", _("TIFF pictures cannot be sent. Save it as JPEG first.")),
    (b"\xd0\xcf\x11\xe0", _("Old Office files cannot be sent. Save it as .docx, .xlsx or PDF first.")),
)
NOT_TAKEN = _(
    "This kind of file cannot be sent. You can send: PDF, photo, Word, Excel, text, sound (mp3) or film (mp4)."
)


def sniff(data: bytes) -> Kind:
    """The kind of a whole file. Raises RefusedFileError, with words for whoever sends it, for any other kind."""
    if not data:
        raise RefusedFileError(_("This file is empty."), code="empty")
    for beginning, words in REFUSALS:
        if data.startswith(beginning):
            raise RefusedFileError(words, code="kind")
    for beginning, kind in BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":
        return _film_or_sound(data)
    if data.startswith(b"PK\x03\x04"):
        return _document(data)
    if _is_text(data):
        return TEXT
    raise RefusedFileError(NOT_TAKEN, code="kind")


def clean_name(name: str, kind: Kind) -> str:
    """A file name without folders and signs that mislead, with the ending that belongs to the kind."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem = PurePosixPath(unicodedata.normalize("NFC", plain)).stem if plain else ""
    stem = " ".join(stem.split()).strip(". ")[:NAME_LENGTH].rstrip(". ")
    return f"{stem or 'file'}.{kind.ending}"


def _film_or_sound(data: bytes) -> Kind:
    brand = data[8:12]
    if brand in HEIC_BRANDS:
        message = _("HEIC pictures cannot be sent. Send it as JPEG, or take a screenshot of it.")
        raise RefusedFileError(message, code="kind")
    if brand == b"M4A ":
        return M4A
    if brand in VIDEO_BRANDS or brand.startswith(b"3gp"):
        return MP4
    raise RefusedFileError(NOT_TAKEN, code="kind")


def _document(data: bytes) -> Kind:
    """An office document, by the list of its parts; nothing in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise RefusedFileError(_("This file is damaged."), code="damaged") from error
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
        raise RefusedFileError(NOT_TAKEN, code="kind")
    if any(name.rsplit("/", 1)[-1].lower() == "vbaproject.bin" or name.startswith("Basic/") for name in names):
        raise RefusedFileError(_("Documents with macros cannot be sent. Save it as PDF first."), code="macros")
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    # An OpenDocument file says what it is in its first part, which is stored as it is.
    if data[30:38] == b"mimetype" and data[38:].startswith(ODT.media_type.encode() + b"PK"):
        return ODT
    raise RefusedFileError(NOT_TAKEN, code="kind")


def _is_text(data: bytes) -> bool:
    """Words only: no signs for machines, and no page or picture written as text."""
    if CONTROL & set(data) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
