"""Files made for the tests of reading: PDFs with exact places of words, PDFs typeset by Typst, Word documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import typst
from pypdf import PdfReader, PdfWriter


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text at a place on a page, in points from the left and the bottom."""

    text: str
    x: float
    y: float
    size: float = 10.0


def placed_pdf(pages: Sequence[Sequence[Word]]) -> bytes:
    """A PDF that draws the pieces in the given order at the given places (A4, Helvetica)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for words in pages:
        drawing = "".join(f"BT /F1 {w.size} Tf {w.x} {w.y} Td ({w.text}) Tj ET\n" for w in words)
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}endstream")
        resources = "<< /Font << /F1 3 0 R >> >>"
        box = "/MediaBox [0 0 595 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Resources {resources} /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _with_table(objects)


def _with_table(objects: Sequence[str]) -> bytes:
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def typeset(source: str) -> bytes:
    """A PDF typeset by Typst in Dutch with hyphenation."""
    return bytes(typst.compile(f'#set text(lang: "nl", hyphenate: true, size: 10pt)\n{source}'.encode()))


def locked(pdf: bytes, password: str) -> bytes:
    """The same PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file with these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(docx: bytes, name: str, content: bytes | str) -> bytes:
    """A Word document in which one part is replaced or added."""
    with ZipFile(BytesIO(docx)) as archive:
        parts: dict[str, bytes | str] = {part: archive.read(part) for part in archive.namelist()}
    return zipped(parts | {name: content})
