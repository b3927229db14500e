"""Storing from the command: the part that needs Django and its database."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from .arguments import Order
from .catalogue import Words

if TYPE_CHECKING:
    from ..computing import Computed, Layer
    from ..models import Document, ImportRun
    from .telling import Progress


class NotKeptError(Exception):
    """The result could not be stored; the text is ready to show, and nothing was stored."""


@dataclass(frozen=True)
class Kept:
    """What was stored. ``address`` is the path of the review screen."""

    outcome: str
    document: int
    accepted: int
    accept_above: float | None
    refused: list[list[str]]
    open: int
    address: str

    def values(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)


@contextmanager
def prepared(order: Order, words: Words) -> Iterator[None]:
    """Django with its database, in the language of the command."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zichtlijn.project.settings")
    if not apps.ready:
        try:
            django.setup()
        except (OSError, ValueError) as error:  # a data folder or a setting that cannot be used
            raise NotKeptError(f"zichtlijn: {error}") from error
    from django.utils import translation

    _check_database(words)
    with translation.override(order.language):
        yield


def _check_database(words: Words) -> None:
    """The first import makes the embedded database; one that others keep is for them to prepare."""
    from django.db import Error, connection

    from zichtlijn.platform.readiness import what_is_missing

    try:
        if not connection.introspection.table_names() and connection.vendor == "sqlite":
            _make_database(words)
        reason = what_is_missing()
    except Error as error:
        reason = str(error).strip()
    if reason:
        message = "The database is not ready (%(reason)s). Run “zichtlijn migrate” first."
        raise NotKeptError(words.gettext(message, reason=reason))


def _make_database(words: Words) -> None:
    from django.core.management import call_command

    print(words.gettext("This is the first use: the database is made."), file=sys.stderr)
    call_command("migrate", verbosity=0, skip_checks=True)


def keep(
    order: Order, data: bytes, layers: dict[int, Layer], words: Words, progress: Progress
) -> tuple[Computed, Kept]:
    """Compute and store; raises NotKeptError with the reason when that cannot be."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import Error

    from zichtlijn.analysis.documents.dictionaries import DictionaryError
    from zichtlijn.analysis.documents.model import DocumentError

    try:
        return _keep(order, data, layers, words, progress)
    except DocumentError as error:
        raise NotKeptError(words.gettext(error.message, **error.params)) from error
    except PermissionDenied as error:
        raise NotKeptError(words.gettext("%(name)s may not import documents.", name=order.username)) from error
    except (ValidationError, DictionaryError, Error) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise NotKeptError(words.gettext("Nothing was stored: %(reason)s", reason=reason)) from error


def _keep(
    order: Order, data: bytes, layers: dict[int, Layer], words: Words, progress: Progress
) -> tuple[Computed, Kept]:
    from ..actions.importing import compute_import, store_computed
    from ..computing import Given

    actor = _person(order.username, words)
    edition_of, replaces = _document(order.edition_of, words), _document(order.replaces, words)
    computed = compute_import(
        actor=actor,
        data=data,
        filename=order.file.name,
        layers=layers,
        given=Given(order.title, order.publisher, order.year),
        progress=progress.report,
    )
    progress.report("storing", 0.95)
    run = store_computed(
        actor=actor,
        computed=computed,
        edition_of=edition_of,
        replaces=replaces,
        accept_above=order.accept_above,
    )
    return computed, _kept(run)


def _person(username: str | None, words: Words) -> Any:
    if username is None:
        return None
    from django.contrib.auth import get_user_model

    person = get_user_model().objects.filter(username=username, is_active=True).first()
    if person is None:
        raise NotKeptError(words.gettext("There is no active user %(name)s.", name=username))
    return person


def _document(number: int | None, words: Words) -> Document | None:
    from ..models import Document

    if number is None:
        return None
    document = Document.objects.filter(pk=number).first()
    if document is None:
        raise NotKeptError(words.gettext("There is no document with number %(number)s.", number=number))
    return document


def _kept(run: ImportRun) -> Kept:
    from django.urls import reverse

    return Kept(
        outcome=run.outcome,
        document=run.document_id,
        accepted=run.accepted,
        accept_above=run.accept_above,
        refused=run.refused,
        open=run.document.proposals.open().count(),
        address=reverse("sources:review", args=[run.document_id]),
    )
