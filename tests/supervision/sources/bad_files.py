"""Files that cannot be imported, made on the spot, with the code and a word of the message that each must give."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from pypdf import PdfWriter

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@dataclass(frozen=True)
class BadFile:
    """One of them. ``dutch`` and ``english`` are words that the message must hold."""

    name: str
    data: bytes
    code: str
    dutch: str
    english: str


def _pdf(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _docx(document: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    b"&secret;</w:t></w:r></w:p></w:body></w:document>"
)


def bad_files() -> list[BadFile]:
    """Every kind of part F of which one file is enough."""
    return [
        BadFile("leeg.txt", b"", "empty", "leeg", "empty"),
        BadFile("plaat.txt", bytes(range(256)) * 40, "binary-as-text", "binair", "binary"),
        BadFile("plaat.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "unsupported-format", "lijkt", "PNG"),
        BadFile("stuk.pdf", b"%PDF-1.7\n" + b"\x00garbage" * 50, "damaged-pdf", "beschadigd", "damaged"),
        BadFile("slot.pdf", _pdf(1, "geheim"), "encrypted-pdf", "wachtwoord", "password"),
        BadFile("scan.pdf", _pdf(2), "scanned-pdf", "OCR", "OCR"),
        BadFile("bom.docx", _docx(b"<w:t>" + b"A" * 60_000_000 + b"</w:t>"), "docx-bomb", "uitpakken", "unpacks"),
        BadFile("entiteit.docx", _docx(ENTITIES), "docx-entities", "documenttype", "document type"),
        BadFile("archief.docx", _zip(), "not-a-docx", "ZIP", "ZIP"),
    ]


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "no document")
    return buffer.getvalue()


def many_pages(pages: int = 5_001) -> bytes:
    """A PDF with one page more than is read."""
    return _pdf(pages)
