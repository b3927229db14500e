"""Every reason why a file is not read: one stable code and one message each.

The messages are English message ids with named parameters, so that the screens can translate them.
"""

from __future__ import annotations

from zichtlijn.analysis.texts import gettext_noop

from .model import DocumentError

REFUSALS: dict[str, str] = {
    "empty": gettext_noop("The file %(name)s is empty."),
    "too-large": gettext_noop("The file %(name)s is %(size)s MB; at most %(limit)s MB can be read."),
    "too-many-pages": gettext_noop("The file %(name)s has %(pages)s pages; at most %(limit)s can be read."),
    "unsupported-format": gettext_noop(
        "The file %(name)s is not a PDF, Word (DOCX), Markdown or text file, but looks like %(format)s."
    ),
    "binary-as-text": gettext_noop("The file %(name)s holds no readable text: it is a binary file."),
    "no-text": gettext_noop("The file %(name)s holds no text."),
    "damaged-pdf": gettext_noop("The PDF file %(name)s is damaged or incomplete and cannot be opened."),
    "encrypted-pdf": gettext_noop("The PDF file %(name)s is locked with a password. Save it without a password first."),
    "scanned-pdf": gettext_noop(
        "The PDF file %(name)s holds pictures of pages and no text. Have the text recognised (OCR) first."
    ),
    "not-a-docx": gettext_noop("The file %(name)s is a ZIP file but not a Word document (DOCX)."),
    "damaged-docx": gettext_noop("The Word document %(name)s is damaged or incomplete and cannot be opened."),
    "encrypted-docx": gettext_noop("The Word document %(name)s is locked with a password. Save it without one first."),
    "docx-bomb": gettext_noop("The Word document %(name)s unpacks to far more than its size and was not opened."),
    "docx-entities": gettext_noop(
        "The Word document %(name)s declares a document type or entities, which a Word file never needs."
    ),
    "layer-unreadable": gettext_noop("The text layer of page %(page)s cannot be read as text."),
    "layer-empty": gettext_noop("The text layer of page %(page)s holds no words."),
    "layer-number": gettext_noop("The text layer has page number %(page)s; page numbers start at 1."),
    "layer-mismatch": gettext_noop(
        "The text layer of page %(page)s does not belong to %(name)s: only %(percent)s%% of its words were found there."
    ),
    "layer-order": gettext_noop(
        "The text layers of pages %(first)s and %(second)s stand in the other order in %(name)s."
    ),
}

# What is said beside a document that was read; also message ids.
LAYERS_NOT_NEEDED = gettext_noop("The file has pages of its own; the separate page layers were not used.")
PAGES_UNREADABLE = gettext_noop("Some pages of the file are damaged and could not be read.")
PAGES_WITHOUT_TEXT = gettext_noop("Some pages of the file hold pictures and no text.")


def refusal(code: str, **params: str | int) -> DocumentError:
    """The error for a code of ``REFUSALS``, ready to raise."""
    return DocumentError(code, REFUSALS[code], **params)
