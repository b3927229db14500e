"""Files as people send them, made here: pictures that say where they were taken, documents, and pretenders."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

SECRET = "Fatima Testman"
MADE_ON = "2026:03:02 03:14:15"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><author>{SECRET}</author></x:xmpmeta>'.encode()
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def exif() -> Image.Exif:
    """Place, time and maker, and that the picture lies on its side."""
    made = Image.Exif()
    made[Base.Artist], made[Base.DateTime], made[Base.Orientation] = SECRET, MADE_ON, 6
    made.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (52.0, 4.0, 30.0)
    return made


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), mode: str = "RGB", **extra: Any) -> bytes:
    """A picture of one colour with a white corner at the top left."""
    image = Image.new(mode, size, 0 if mode in ("L", "P", "1") else (10, 60, 120, 255)[: len(mode)])
    image.paste(255 if mode in ("L", "P", "1") else (255, 255, 255, 255)[: len(mode)], (0, 0, 8, 8))
    target = io.BytesIO()
    image.save(target, kind, **extra)
    return target.getvalue()


def photo(**extra: Any) -> bytes:
    """As a telephone makes it."""
    return picture("JPEG", exif=exif(), comment=SECRET.encode(), **extra)


def png_with_words() -> bytes:
    """A PNG with words in it."""
    words = PngInfo()
    words.add_text("Author", SECRET)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return picture("PNG", pnginfo=words, exif=exif())


def webp_with_words() -> bytes:
    """A WebP with words in it."""
    return picture("WEBP", xmp=XMP, exif=exif())


def moving(kind: str) -> bytes:
    """A picture of three frames."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    target = io.BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=200, comment=SECRET.encode())
    return target.getvalue()


def archive(parts: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these parts, in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else compression)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    """A Word document, as far as its parts go."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"} | more)


def xlsx() -> bytes:
    """An Excel workbook."""
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})


def odt(kind: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    """An OpenDocument text."""
    return archive({"mimetype": kind, "content.xml": b"<office/>"})


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 40
M4A = b"\0\0\0\x18ftypM4A \0\0\2\0" + b"\0" * 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0" + b"\0" * 40
MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 10
