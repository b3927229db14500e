"""Word documents: headings by style, lists, tables and footnotes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from tests.analysis.documents.made_files import with_part
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = f"""<?xml version="1.0"?><w:footnotes xmlns:w="{W}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Tweede noot.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve"> Zie https://example.org/wet.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def made() -> bytes:
    document = docx.Document()
    document.add_heading("Werkplan 2030", 0)
    document.add_heading("Inleiding", 1)
    document.add_paragraph("De Inspectie volgt de keten@2. Dat doet zij o.a. met anderen.@3 Klaar.")
    document.add_heading("Doelen", 2)
    document.add_paragraph("sterke ketens;", style="List Bullet")
    document.add_paragraph("lerende organisaties.", style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Budget", "15,5 miljoen euro"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def plan() -> ReadDocument:
    data = made()
    with ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    for note in ("2", "3"):
        body = body.replace(
            f"@{note}", f'</w:t></w:r><w:r><w:footnoteReference w:id="{note}"/></w:r><w:r><w:t xml:space="preserve">'
        )
    return read(with_part(with_part(data, "word/document.xml", body), "word/footnotes.xml", NOTES), "plan.docx")


def of_kind(document: ReadDocument, kind: str) -> list[str]:
    return [document.text[p.span.start : p.span.end] for p in document.passages if p.kind == kind]


def test_headings_come_from_styles(plan: ReadDocument) -> None:
    assert [(s.title, s.level, s.parent) for s in plan.sections] == [("Inleiding", 1, None), ("Doelen", 2, 0)]
    assert (plan.title, plan.year) == ("Werkplan 2030", 2030)


def test_lists_and_tables_are_told_apart(plan: ReadDocument) -> None:
    assert of_kind(plan, "list_item") == ["sterke ketens;", "lerende organisaties."]
    assert of_kind(plan, "table_cell") == ["Budget", "15,5 miljoen euro"]


def test_footnotes_are_numbered_by_their_marks_and_tied_to_them(plan: ReadDocument) -> None:
    assert [(note.mark, note.text) for note in plan.footnotes] == [
        ("1", "Zie https://example.org/wet."),
        ("2", "Tweede noot."),
    ]
    assert plan.footnotes[0].urls == ("https://example.org/wet",)
    marked = [s for s in plan.sentences if s.footnotes]
    assert [(s.text, s.footnotes) for s in marked] == [
        ("De Inspectie volgt de keten.", ("1",)),
        ("Dat doet zij o.a. met anderen.", ("2",)),
    ]


def test_pages_are_unknown_without_layers(plan: ReadDocument) -> None:
    assert plan.page_count is None
    assert {page for s in plan.sentences for page in s.pages} == {None}


def test_deleted_text_is_left_out_and_inserted_text_is_read() -> None:
    data = made()
    with ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    changed = body.replace(
        "</w:body>",
        "<w:p><w:del><w:r><w:delText>Oude zin.</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Nieuwe zin.</w:t></w:r></w:ins></w:p></w:body>",
    )
    document = read(with_part(data, "word/document.xml", changed), "plan.docx")
    assert document.sentences[-1].text == "Nieuwe zin."
    assert "Oude" not in document.text


def test_the_cells_of_a_row_stand_on_one_line_and_an_empty_one_keeps_its_place() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for at, text in enumerate(["Activiteit", "Uren", "Planning"]):
        table.cell(0, at).text = text
    table.cell(1, 0).text, table.cell(1, 2).text = "Controle van kranen", "Q2"
    out = BytesIO()
    document.save(out)
    plan = read(out.getvalue(), "plan.docx")
    assert plan.text.splitlines()[:2] == ["| Activiteit | Uren | Planning |", "| Controle van kranen |  | Q2 |"]
    assert of_kind(plan, "table_cell") == ["Activiteit", "Uren", "Planning", "Controle van kranen", "Q2"]
