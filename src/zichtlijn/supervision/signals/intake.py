"""What holds for everything that people send in themselves: is the form open, and what becomes of words and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.files.scanning import first_state, scan_on_commit
from zichtlijn.platform.files.sniffing import clean_name, sniff
from zichtlijn.platform.files.storing import Kept, enter, keep
from zichtlijn.platform.files.stripping import strip_image

from .models import IntakeNotice, Message, OwnEvaluation, Signal, SignalAttachment

SUBJECT_LENGTH = 120
ONLY_NOTICE = 1
MEBIBYTE = 1024 * 1024
MOST_FILES, MOST_OF_FILE, MOST_TOGETHER = 5, 10 * MEBIBYTE, 25 * MEBIBYTE
MOST_PER_SIGNAL = 50
# More than is taken, so that who sends a little too much reads why and keeps what was typed.
MOST_OF_REQUEST = 60 * MEBIBYTE


class FormClosedError(ValidationError):
    """Nothing can be sent in now."""


def notice() -> IntakeNotice:
    """Whether the form is open; open when nobody ever said otherwise."""
    return IntakeNotice._base_manager.filter(pk=ONLY_NOTICE).first() or IntakeNotice(pk=ONLY_NOTICE)


def require_open_form() -> None:
    """Raises FormClosedError while an administrator has closed the form."""
    if notice().is_closed:
        raise FormClosedError(_("You cannot report anything at the moment."), code="form-closed")


def subject_of(text: str, about: str = "") -> str:
    """A line for lists: whom it concerns, and how the text begins."""
    begin = " ".join(text.split())
    line = f"{about.strip()}: {begin}" if about.strip() else begin
    if len(line) <= SUBJECT_LENGTH:
        return line
    return line[:SUBJECT_LENGTH].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file from outside that is kept, without a row yet."""

    kept: Kept
    name: str
    media_type: str
    stripped: bool


def prepare(uploads: Iterable[Any], *, anonymous_names: bool = False) -> list[Prepared]:
    """Find out what each file is, take the metadata out of pictures, and keep it. Belongs before a transaction.

    ``anonymous_names`` numbers pictures: a name from a telephone says when one was taken. Raises ValidationError with
    the name of the file that is refused, and OSError when the disk is full.
    """
    return [_prepared(upload, number if anonymous_names else 0) for number, upload in enumerate(uploads, start=1)]


def attach(
    signal: Signal,
    files: Sequence[Prepared],
    *,
    message: Message | None = None,
    evaluation: OwnEvaluation | None = None,
    is_shared: bool = True,
) -> None:
    """Put files with what came in; the scanner looks at them afterwards. ``is_shared``: the other side sees it too."""
    if not files:
        return
    if signal.attachments.count() + len(files) > MOST_PER_SIGNAL:
        words = _("There are already very many files with this. Nothing was sent.")
        raise ValidationError({"files": words}, code="too-many-files")
    for file in files:
        SignalAttachment.objects.create(
            signal=signal,
            message=message,
            evaluation=evaluation,
            file=enter(file.kept, file.media_type),
            name=file.name,
            media_type=file.media_type,
            size=file.kept.size,
            stripped=file.stripped,
            scan_state=first_state(),
            is_shared=is_shared,
        )
    scan_on_commit()


def _prepared(upload: Any, number: int) -> Prepared:
    upload.seek(0)
    data = upload.read()
    try:
        kind = sniff(data)
        if kind.is_image:
            data = strip_image(data, kind)
    except ValidationError as error:
        raise ValidationError([named(upload.name, words) for words in error.messages]) from error
    name = clean_name(f"image {number}" if number and kind.is_image else upload.name, kind)
    return Prepared(keep(data), name, kind.media_type, kind.is_image)


def named(name: str, words: str) -> ValidationError:
    """What is wrong with one of several files."""
    return ValidationError("%(name)s: %(words)s", params={"name": name[:100], "words": words})
