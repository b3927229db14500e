"""What a file from outside is, whatever its name says."""

from __future__ import annotations

import zipfile

import pytest

from tests.platform.files import pictures
from zichtlijn.platform.files import sniffing
from zichtlijn.platform.files.sniffing import RefusedFileError, clean_name, sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.picture("JPEG"), sniffing.JPEG),
        (pictures.picture("PNG"), sniffing.PNG),
        (pictures.picture("GIF", mode="P"), sniffing.GIF),
        (pictures.picture("WEBP"), sniffing.WEBP),
        (pictures.PDF, sniffing.PDF),
        (pictures.docx(), sniffing.DOCX),
        (pictures.xlsx(), sniffing.XLSX),
        (pictures.odt(), sniffing.ODT),
        (pictures.MP4, sniffing.MP4),
        (pictures.M4A, sniffing.M4A),
        (pictures.MP3, sniffing.MP3),
        ("Wat ik zag, in één zin.\n".encode(), sniffing.TEXT),
        ("Wat ik zag – „zo”.\r\n".encode("cp1252"), sniffing.TEXT),
        (b"\xef\xbb\xbfmet een merkteken vooraan", sniffing.TEXT),
    ],
)
def test_every_kind_on_the_list_is_known_by_its_bytes(data: bytes, kind: sniffing.Kind) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"\xef\xbb\xbf \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01",
        b"#!/bin/sh\0",
        pictures.archive({"a.txt": b"a"}),
        pictures.odt(b"application/vnd.oasis.opendocument.spreadsheet"),
        b"PK\x03\x04 and then nothing",
        b"\0\0\0\x18ftypqt  ",
        b"text with a \x07 bell",
        b"\x1f\x8b\x08\0",
    ],
)
def test_everything_else_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(RefusedFileError) as refused:
        sniff(data)
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (pictures.HEIC, "HEIC"),
        (b"II*\0" + b"\0" * 20, "TIFF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (pictures.docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    ],
)
def test_what_can_be_sent_in_another_way_says_how(data: bytes, words: str) -> None:
    from django.utils.translation import override

    with override("en"), pytest.raises(RefusedFileError, match=words):
        sniff(data)


def test_a_pdf_that_is_also_a_page_is_a_pdf_and_a_page_that_is_also_a_pdf_is_refused() -> None:
    page = b"<html><script>alert(1)</script></html>"
    assert sniff(pictures.PDF + page) is sniffing.PDF
    with pytest.raises(RefusedFileError):
        sniff(page + pictures.PDF)


def test_nothing_in_a_document_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("something was unpacked")

    bomb = pictures.docx(**{"word/media/image1.bmp": b"\0" * 50_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    assert sniff(bomb) is sniffing.DOCX


def test_a_document_of_very_many_parts_is_refused() -> None:
    with pytest.raises(RefusedFileError):
        sniff(pictures.docx(**{f"word/{number}.xml": b"" for number in range(sniffing.MOST_PARTS)}))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("verslag.pdf", "verslag.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Documenten\verslag.doc", "verslag.pdf"),
        ("verslag\u202efdp.exe", "verslagfdp.pdf"),
        ("twee\r\nregels.pdf", "tweeregels.pdf"),
        ("<b>.pdf", "b.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("  met   ruimte .pdf", "met ruimte.pdf"),
        ("ré\u0301sumé.pdf", "ré\u0301sumé.pdf"),
    ],
)
def test_a_name_cannot_mislead(name: str, clean: str) -> None:
    assert clean_name(name, sniffing.PDF) == clean


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    made = clean_name("a" * 300 + ".pdf", sniffing.PDF)
    assert len(made) == sniffing.NAME_LENGTH + 4
    assert made.endswith("a.pdf")


def test_the_ending_is_that_of_what_the_file_is() -> None:
    assert clean_name("foto.jpg", sniffing.PNG) == "foto.png"
