"""Files that cannot be read are refused with a code and a message; nothing else ever comes out."""

from __future__ import annotations

import gzip
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis.documents.made_files import Word, locked, placed_pdf, with_part, zipped
from zichtlijn.analysis.documents.limits import MEBIBYTE, Limits
from zichtlijn.analysis.documents.model import DocumentError, ReadDocument
from zichtlijn.analysis.documents.reading import read
from zichtlijn.analysis.documents.reading_refusals import REFUSALS, refusal


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Jaarplan 2030", 1)
    document.add_paragraph("De Inspectie volgt de keten. Dat doet zij samen.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


DOCX = word_file()
PDF = placed_pdf([[Word("De Inspectie volgt de keten. Dat doet zij samen met anderen.", 70, 700)]])
CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ENTITIES = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d>&b;</d>'


def refused(data: bytes, filename: str, limits: Limits | None = None) -> str:
    with pytest.raises(DocumentError) as error:
        read(data, filename, limits=limits)
    assert filename in str(error.value)
    assert error.value.message == REFUSALS[error.value.code]
    return error.value.code


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n\t ", "a.txt", "no-text"),
        (b"tekst\x00met nul" * 9, "a.txt", "binary-as-text"),
        (bytes(range(256)) * 40, "a.txt", "binary-as-text"),
        (bytes(range(256)) * 40, "a.pdf", "damaged-pdf"),
        (bytes(range(256)) * 40, "a.docx", "damaged-docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.txt", "unsupported-format"),
        (gzip.compress(b"tekst", mtime=0), "a.md", "unsupported-format"),
        (b"<!DOCTYPE html><html><p>tekst</p></html>", "a.txt", "unsupported-format"),
        (b"{\\rtf1 tekst}", "a.txt", "unsupported-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", "encrypted-docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "unsupported-format"),
        (b"%PDF-1.7 en verder niets", "a.pdf", "damaged-pdf"),
        (PDF[:300], "a.pdf", "damaged-pdf"),
        (locked(PDF, "geheim"), "a.pdf", "encrypted-pdf"),
        (placed_pdf([[]] * 3), "a.pdf", "scanned-pdf"),
        (zipped({"a.txt": "tekst"}), "a.docx", "not-a-docx"),
        (zipped({"[Content_Types].xml": CONTENT_TYPES}), "a.docx", "not-a-docx"),
        (DOCX[: len(DOCX) // 2], "a.docx", "damaged-docx"),
        (with_part(DOCX, "word/document.xml", "<w:document"), "a.docx", "damaged-docx"),
        (with_part(DOCX, "word/document.xml", ENTITIES), "a.docx", "docx-entities"),
        (with_part(DOCX, "word/document.xml", LAUGHS), "a.docx", "docx-entities"),
        (with_part(DOCX, "word/document.xml", LAUGHS.encode("utf-16")), "a.docx", "docx-entities"),
        (with_part(DOCX, "word/styles.xml", ENTITIES), "a.docx", "docx-entities"),
        (with_part(DOCX, "[Content_Types].xml", ENTITIES), "a.docx", "docx-entities"),
        (with_part(DOCX, "word/media/image.bin", bytes(40 * MEBIBYTE)), "a.docx", "docx-bomb"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(data: bytes, filename: str, code: str) -> None:
    assert refused(data, filename) == code


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    with pytest.raises(DocumentError, match=r"groot.txt is 2 MB; at most 1 MB") as error:
        read(b"a" * (MEBIBYTE + 1), "groot.txt", limits=Limits(max_bytes=MEBIBYTE))
    assert error.value.code == "too-large"


def test_the_usual_limit_is_fifty_megabytes() -> None:
    assert refused(b"a" * (50 * MEBIBYTE + 1), "groot.txt") == "too-large"


def test_more_pages_than_the_limit_are_refused_and_as_many_are_read() -> None:
    pages = placed_pdf([[Word("Een zin op een pagina.", 70, 700)]] * 4)
    assert read(pages, "a.pdf", limits=Limits(max_pages=4)).page_count == 4
    assert refused(pages, "a.pdf", Limits(max_pages=3)) == "too-many-pages"
    assert Limits().max_pages == 5_000


def test_a_word_file_with_too_many_parts_or_too_large_a_part_is_refused() -> None:
    assert refused(DOCX, "a.docx", Limits(max_parts=3)) == "docx-bomb"
    assert refused(DOCX, "a.docx", Limits(max_part_bytes=100)) == "docx-bomb"
    assert refused(DOCX, "a.docx", Limits(max_unpacked_bytes=1_000)) == "docx-bomb"


def test_the_content_decides_and_not_the_name() -> None:
    assert read(PDF, "plan.txt").kind == "pdf"
    assert read(DOCX, "plan.pdf").kind == "docx"
    assert read(b"Gewoon een zin.", "plan.docx").kind == "plain"


def test_layers_of_a_file_with_pages_are_left_aside_with_a_warning() -> None:
    document = read(PDF, "a.pdf", layers={1: b"iets anders"})
    assert document.warnings == ("The file has pages of its own; the separate page layers were not used.",)


def test_every_message_has_its_parameters_named() -> None:
    params = dict.fromkeys(("name", "size", "limit", "pages", "format", "page", "percent", "first", "second"), "x")
    for code in REFUSALS:
        assert "%" not in str(refusal(code, **params)).replace("x%", "")


def outcome(data: bytes, filename: str, layers: dict[int, bytes] | None = None) -> ReadDocument | str:
    try:
        return read(data, filename, layers=layers)
    except DocumentError as error:
        return error.code


NAMES = st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.md", "a"])
FUZZED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FUZZED
@given(st.binary(max_size=3_000), NAMES)
def test_random_bytes_are_read_or_refused(data: bytes, filename: str) -> None:
    found = outcome(data, filename)
    assert isinstance(found, ReadDocument) or found in REFUSALS


@FUZZED
@given(st.text(alphabet="ab A.¹1\n\t()[]*#|^:-_<>\\\f\u00ad", max_size=600), st.text(alphabet="ab A.1\n-", max_size=80))
def test_any_text_is_read_and_its_spans_lie_inside_it(text: str, layer: str) -> None:
    found = outcome(text.encode(), "a.md", {2: layer.encode()} if layer else None)
    if isinstance(found, ReadDocument):
        for sentence in found.sentences:
            assert len(sentence.spans) == len(sentence.pages)
            assert all(0 <= span.start < span.end <= len(found.text) for span in sentence.spans)


@FUZZED
@given(st.sampled_from([PDF, DOCX]), st.data())
def test_damaged_files_are_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for place in data.draw(st.lists(st.integers(0, len(broken) - 1), max_size=30)):
        broken[place] = data.draw(st.integers(0, 255))
    found = outcome(bytes(broken), "a.pdf")
    assert isinstance(found, ReadDocument) or found in REFUSALS
