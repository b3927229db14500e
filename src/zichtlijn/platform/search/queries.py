"""Searching: what a user finds, per type and page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from zichtlijn.platform.design.paging import OpenPage
from zichtlijn.platform.numbers import Capped

from . import engines
from .asking import Question, understand
from .models import SearchEntry, SearchEntryQuerySet, parts_visible_to
from .passages import highlighted, passage
from .registry import Searchable, searchables

PAGE_SIZE = 20
MOST_FOUND = 1000
"""Of each part at most so many entries are ranked and counted, the newest; a count beyond it reads "1,000+"."""


@dataclass(frozen=True)
class Result:
    """One record that was found, ready to show."""

    title: SafeString
    passage: SafeString
    url: str
    kind: str
    is_demo: bool
    is_restricted: bool = False


@dataclass(frozen=True)
class KindCount:
    """How many records of one type were found, and whether there are more."""

    label: str
    name: str
    count: int
    is_more: bool = False

    @property
    def shown(self) -> Capped:
        """The count as people read it."""
        return Capped(self.count, self.is_more)


@dataclass(frozen=True)
class Candidates:
    """The entries that are ranked and counted: their keys with their type, and the types of which there are more."""

    labels: Mapping[int, str]
    cut: frozenset[str] = frozenset()


def candidates(user: Any, question: Question) -> Candidates:
    """What the user may see of all that holds what was asked for: of each part the newest ``MOST_FOUND``."""
    labels: dict[int, str] = {}
    cut: set[str] = set()
    for part, visible in parts_visible_to(user) if question.asks_something else []:
        entries = _with_phrases(SearchEntry.objects.filter(visible), question)
        found = engines.current().newest(entries, question, MOST_FOUND + 1)
        labels |= {key: label for key, label, _record in found[:MOST_FOUND]}
        cut |= set(part) if len(found) > MOST_FOUND else set()
    return Candidates(labels, frozenset(cut))


def find(user: Any, question: Question, *, kind: str = "", page: int = 1, among: Candidates | None = None) -> OpenPage:
    """One page of results (``Result``), most relevant first, of one type (``app.model``) or of all.

    ``among``: the candidates, when they were asked for already.
    """
    labels = (among or candidates(user, question)).labels
    keys = [key for key, label in labels.items() if kind in ("", label)]
    if not keys:
        return OpenPage([], page, PAGE_SIZE, False)
    # The range besides the keys: the index of SQLite knows ranges only.
    entries = SearchEntry.objects.filter(pk__in=keys, pk__range=(min(keys), max(keys)))
    start = (page - 1) * PAGE_SIZE
    ranked = engines.current().matching(entries, question, ranked=True)  # the phrases are in the candidates
    found = list(ranked[start : start + PAGE_SIZE + 1])
    names = {each.model_label: _name(each) for each in searchables()}
    rows = [_result(entry, question, names[entry.model_label]) for entry in found[:PAGE_SIZE]]
    return OpenPage(rows, page, PAGE_SIZE, len(found) > PAGE_SIZE)


def counts(user: Any, question: Question, *, among: Candidates | None = None) -> list[KindCount]:
    """How many records of each type the user finds, in the order of the types; types without any are left out."""
    found = among or candidates(user, question)
    per_label = Counter(found.labels.values())
    return [
        KindCount(each.model_label, _name(each), per_label[each.model_label], each.model_label in found.cut)
        for each in searchables()
        if each.model_label in per_label
    ]


def is_kind(label: str) -> bool:
    """True for a type that can be found."""
    return any(each.model_label == label for each in searchables())


def found_keys(user: Any, asked: str, kind: str) -> list[int]:
    """The keys of the records of one type that a text finds, at most ``MOST_FOUND``; for filters of lists."""
    question = understand(asked)
    visible = [part for labels, part in parts_visible_to(user) if kind in labels]
    if not visible or not question.asks_something:
        return []
    entries = _with_phrases(SearchEntry.objects.filter(*visible, model_label=kind), question)
    return [record for _key, _label, record in engines.current().newest(entries, question, MOST_FOUND)]


def _with_phrases(entries: SearchEntryQuerySet, question: Question) -> SearchEntryQuerySet:
    for phrase in question.phrases:
        words = f" {' '.join(phrase)} "
        entries = entries.filter(Q(title_words__contains=words) | Q(body_words__contains=words))
    return entries


def _result(entry: SearchEntry, question: Question, name: str) -> Result:
    """A passage of a file that is restricted to named people would be a reading that nobody meant: it has none."""
    restricted = entry.audience.startswith("file:")
    shown = SafeString("") if restricted else passage(entry.body, question)
    return Result(highlighted(entry.title, question), shown, entry.url, name, entry.is_demo, restricted)


def _name(searchable: Searchable) -> str:
    return capfirst(str(searchable.model._meta.verbose_name))
