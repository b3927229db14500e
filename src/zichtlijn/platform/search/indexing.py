"""Keeping the index in step with the records, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation

from . import engines
from .models import SearchEntry
from .registry import Searchable, searchable_of, searchables
from .stop_words import STOP_WORDS
from .words import tidy, words_of

LONGEST_BODY = 300_000  # signs; a tsvector holds at most 1 MiB
CHUNK = 200
CONTENT = ["title", "body", "url", "is_demo", "audience", "title_words", "body_words", "title_terms", "body_terms"]

_waiting: ContextVar[dict[str, dict[Any, None]] | None] = ContextVar("waiting_to_be_indexed", default=None)


def index_records(records: Iterable[Any]) -> int:
    """Write the entries of records anew; those that cannot be found are passed over. Returns how many were written.

    ``bulk_create`` and ``QuerySet.update`` send no signals: call this after them, in the same transaction.
    """
    written = 0
    entries = (entry_of(record, how) for record in records if (how := searchable_of(type(record))))
    while chunk := list(islice(entries, CHUNK)):
        unique = {(entry.model_label, entry.object_id): entry for entry in chunk}
        SearchEntry.objects.bulk_create(
            unique.values(), update_conflicts=True, unique_fields=["model_label", "object_id"], update_fields=CONTENT
        )
        written += len(unique)
    return written


def forget_record(record: models.Model) -> None:
    """Take the entry of a record that is being deleted away."""
    SearchEntry.objects.filter(model_label=record._meta.label_lower, object_id=record.pk).delete()


def note_change(record: models.Model) -> None:
    """Index a changed record: now, or at the end of ``indexing_later``."""
    waiting, how = _waiting.get(), searchable_of(type(record))
    if how is None:
        return
    if waiting is None:
        index_records([record])
    else:
        waiting.setdefault(how.model_label, {})[record.pk] = None


@contextmanager
def indexing_later() -> Iterator[None]:
    """Inside, changed records are only remembered; at the end each is indexed once. For imports.

    Opens a transaction, so that records and index still change together; nothing is indexed when it is undone.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[str, dict[Any, None]] = {}
    token = _waiting.set(waiting)
    try:
        with transaction.atomic():
            yield
            for how in searchables():
                _index_waiting(how, list(waiting.get(how.model_label, ())))
    finally:
        _waiting.reset(token)


def _index_waiting(how: Searchable, keys: list[Any]) -> None:
    for start in range(0, len(keys), CHUNK):
        index_records(how.stored_records().filter(pk__in=keys[start : start + CHUNK]))


def rebuild() -> dict[str, int]:
    """Index everything anew, in short transactions, and drop entries without a record; how many per model."""
    counts = {}
    for each in searchables():
        records = each.stored_records().iterator(chunk_size=CHUNK)
        counts[each.model_label] = 0
        while chunk := list(islice(records, CHUNK)):
            counts[each.model_label] += index_records(chunk)
        _drop_orphans(each)
    SearchEntry.objects.exclude(model_label__in=[each.model_label for each in searchables()]).delete()
    return counts


def _drop_orphans(searchable: Searchable) -> None:
    present = searchable.model._base_manager.values("pk")
    SearchEntry.objects.filter(model_label=searchable.model_label).exclude(object_id__in=present).delete()


def entry_of(record: Any, how: Searchable) -> SearchEntry:
    """How a record is found, not stored yet."""
    # Labels of choices and the like are indexed in the main language of the installation.
    with translation.override(settings.LANGUAGE_CODE):
        title, body = tidy(str(how.title(record))), tidy(str(how.body(record)))[:LONGEST_BODY]
    term = engines.current().term
    title_words, title_terms = _of_title(title, term)
    body_words, body_terms = _words_and_terms(body, term)
    return SearchEntry(
        model_label=how.model_label,
        object_id=record.pk,
        title=title,
        body=body,
        url=how.url(record),
        is_demo=getattr(record, "is_demo", False),
        audience=how.audience(record) if how.audience else "",
        title_words=title_words,
        body_words=body_words,
        title_terms=title_terms,
        body_terms=body_terms,
    )


def _words_and_terms(text: str, term: Callable[[str], str]) -> tuple[str, str]:
    """The words of a text with a space on both sides, and what ``term`` gives for those that are searched."""
    words = words_of(text)
    terms = " ".join(map(term, [word for word in words if word not in STOP_WORDS]))
    return f" {' '.join(words)} " if words else "", terms


# The passages of one page of a document, which come one after another, have one title.
_of_title = lru_cache(maxsize=1)(_words_and_terms)
