"""The ZIP file of a Word document, checked before anything in it is unpacked or parsed."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from ..limits import MEBIBYTE, Limits
from ..reading_refusals import refusal

# Below this unpacked size the ratio says nothing: small XML packs very well.
_SMALL = 20 * MEBIBYTE
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
_MAIN_TYPES = frozenset(
    f"application/vnd.{name}+xml"
    for name in (
        "openxmlformats-officedocument.wordprocessingml.document.main",
        "openxmlformats-officedocument.wordprocessingml.template.main",
        "ms-word.document.macroEnabled.main",
    )
)
_ZIP_ERRORS = (BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError)


class Package:
    """The parts of a Word document. Every part is parsed without entities, DTD or network.

    Raises ``DocumentError``: ``not-a-docx``, ``damaged-docx``, ``docx-bomb`` or ``docx-entities``.
    """

    def __init__(self, data: bytes, filename: str, limits: Limits) -> None:
        self._name = filename
        self._max_part_bytes = limits.max_part_bytes
        try:
            self._zip = ZipFile(BytesIO(data))
        except _ZIP_ERRORS:
            raise refusal("damaged-docx", name=filename) from None
        self._check_sizes(len(data), limits)
        self.main = self._main_part()

    def _check_sizes(self, packed: int, limits: Limits) -> None:
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        swollen = unpacked > _SMALL and unpacked > limits.max_unpacked_ratio * packed
        if len(parts) > limits.max_parts or unpacked > limits.max_unpacked_bytes or swollen:
            raise refusal("docx-bomb", name=self._name)

    def _main_part(self) -> str:
        """The path of the part that holds the text, as the list of content types gives it."""
        names = set(self._zip.namelist())
        if "[Content_Types].xml" not in names:
            raise refusal("not-a-docx", name=self._name)
        types = self.parsed("[Content_Types].xml")
        for entry in types.iter("{*}Override"):
            path = (entry.get("PartName") or "").lstrip("/")
            if entry.get("ContentType") in _MAIN_TYPES and path in names:
                return path
        raise refusal("not-a-docx", name=self._name)

    def has(self, path: str) -> bool:
        """Whether there is a part with this path."""
        return path in self._zip.namelist()

    def beside_main(self, name: str) -> str:
        """The path of a part in the folder of the main part."""
        folder = self.main.rpartition("/")[0]
        return f"{folder}/{name}" if folder else name

    def parsed(self, path: str) -> Any:
        """The root element of a part."""
        if self._zip.getinfo(path).file_size > self._max_part_bytes:
            raise refusal("docx-bomb", name=self._name)
        try:
            content = self._zip.read(path)
        except _ZIP_ERRORS:
            raise refusal("damaged-docx", name=self._name) from None
        self._check_declarations(content)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise refusal("damaged-docx", name=self._name) from None
        if root.getroottree().docinfo.doctype:
            raise refusal("docx-entities", name=self._name)
        return root

    def _check_declarations(self, content: bytes) -> None:
        """Refuse document types and entities before the parser sees them, in every encoding that XML must know."""
        for declaration in _DECLARATIONS:
            if any(declaration.encode(encoding) in content for encoding in ("ascii", "utf-16-le", "utf-16-be")):
                raise refusal("docx-entities", name=self._name)
