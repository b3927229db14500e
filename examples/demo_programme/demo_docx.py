"""The demo programme as a Word file with heading styles, two columns and real footnotes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from demo_source import REFERENCE, Block, Programme
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

MOMENT = datetime(2030, 10, 1, tzinfo=UTC)
ZIP_MOMENT = (2030, 10, 1, 0, 0, 0)
STYLES = {"item": "List Bullet", "signature": "Quote", "colophon": "Quote"}


def write_docx(programme: Programme, path: Path) -> None:
    """Write the programme as DOCX; the same source gives the same bytes."""
    document = Document()
    _properties(document, programme)
    document.add_heading(programme.title, level=0)
    document.add_paragraph(programme.publisher, style="Subtitle")
    document.add_paragraph(programme.notice)
    _contents(document, programme)
    _two_columns(document, programme)
    for block in programme.blocks:
        _add(document, block)
    _add_footnotes(document, programme.footnotes)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_with_fixed_dates(buffer.getvalue()))


def _properties(document: WordDocument, programme: Programme) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = programme.title, programme.publisher, "nl-NL"
    properties.created = properties.modified = MOMENT
    properties.last_modified_by = programme.publisher
    properties.comments = programme.notice


def _contents(document: WordDocument, programme: Programme) -> None:
    """A table of contents field, with the headings as its stored result."""
    document.add_paragraph("Inhoudsopgave", style="TOC Heading")
    headings = [block for block in programme.blocks if block.kind == "heading"]
    for index, block in enumerate(headings):
        paragraph = document.add_paragraph()
        if index == 0:
            _field(paragraph.add_run(), "begin")
            instruction = OxmlElement("w:instrText")
            instruction.text = r'TOC \o "1-2"'
            paragraph.add_run()._r.append(instruction)
            _field(paragraph.add_run(), "separate")
        paragraph.add_run(block.numbered)
        if index == len(headings) - 1:
            _field(paragraph.add_run(), "end")


def _field(run: Run, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)


def _two_columns(document: WordDocument, programme: Programme) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = f"{programme.title}\t\t{programme.publisher}"


def _add(document: WordDocument, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(block.numbered, level=block.level)
        return
    paragraph = document.add_paragraph(style=STYLES.get(block.kind))
    parts = REFERENCE.split(block.text)
    paragraph.add_run(parts[0])
    for mark, rest in zip(parts[1::2], parts[2::2], strict=True):
        _reference(paragraph, mark)
        paragraph.add_run(rest)


def _reference(paragraph: Paragraph, mark: str) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), mark)
    run._r.append(reference)


def _add_footnotes(document: WordDocument, footnotes: dict[int, str]) -> None:
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for identifier, kind in ((-1, "separator"), (0, "continuationSeparator")):
        root.append(_note(identifier, f"<w:r><w:{kind}/></w:r>", f' w:type="{kind}"'))
    for mark, text in footnotes.items():
        note = _note(mark, '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>')
        Paragraph(note[0], document).add_run(f" {text}")
        root.append(note)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, etree.tostring(root), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(identifier: int, run: str, kind: str = "") -> etree._Element:
    return parse_xml(f'<w:footnote {nsdecls("w")} w:id="{identifier}"{kind}><w:p>{run}</w:p></w:footnote>')


def _with_fixed_dates(content: bytes) -> bytes:
    """The same archive with every member dated the same, so that two builds are equal."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIP_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
