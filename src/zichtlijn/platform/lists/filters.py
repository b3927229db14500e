"""Filters of a list: what can be asked in the address, and how it narrows the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zichtlijn.platform.search.queries import found_keys

from .columns import readable

Rows = models.QuerySet[Any]
Cleaned = Mapping[str, Any]
Choices = list[tuple[Any, Any]]
MOST_WORDS = 10


@dataclass(frozen=True)
class Chip:
    """An active filter in words, and what to take out of the address: ``value``, or all values when it is None."""

    text: str
    parameter: str
    value: str | None = None


@dataclass(frozen=True)
class Filter:
    """Base of the filters. ``name`` is the name in the address, ``lookup`` the model field (default: ``name``)."""

    name: str
    label: Any
    lookup: str = ""

    @property
    def field(self) -> str:
        """The model field, or path of fields, that is compared."""
        return self.lookup or self.name

    def fields(self, user: Any) -> dict[str, forms.Field]:
        """The form fields, by their name in the address."""
        raise NotImplementedError

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        """The rows that remain for valid input."""
        value = cleaned.get(self.name)
        return rows if value in (None, "") else without_repeats(rows, Q(**{self.field: value}), self.field)

    def chips(self, cleaned: Cleaned) -> Iterator[Chip]:
        """The active filter in words, nothing when it is not used."""
        value = cleaned.get(self.name)
        if value not in (None, ""):
            yield Chip(f"{self.label}: {self.words(value)}", self.name)

    def words(self, value: Any) -> str:
        """A chosen value as a person reads it."""
        return readable(value)


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a list of choices. ``choices`` are pairs, or a function of the user that gives pairs."""

    choices: Choices | Callable[[Any], Choices] = ()  # type: ignore[assignment]

    def pairs(self, user: Any) -> Choices:
        """Value and label of every choice that the user has."""
        return list(self.choices(user) if callable(self.choices) else self.choices)

    def fields(self, user: Any) -> dict[str, forms.Field]:
        choices = [("", gettext_lazy("all")), *self.pairs(user)]
        field = forms.TypedChoiceField(
            label=self.label, choices=choices, required=False, empty_value="", widget=forms.RadioSelect
        )
        return {self.name: field}

    def chips(self, cleaned: Cleaned) -> Iterator[Chip]:
        if value := cleaned.get(self.name):
            labels = {str(key): label for key, label in self.pairs(cleaned.get("user"))}
            yield Chip(f"{self.label}: {labels.get(str(value), value)}", self.name)


@dataclass(frozen=True)
class MultiChoiceFilter(ChoiceFilter):
    """Any of several choices."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        widget = forms.CheckboxSelectMultiple
        return {
            self.name: forms.MultipleChoiceField(
                label=self.label, choices=self.pairs(user), required=False, widget=widget
            )
        }

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        chosen = cleaned.get(self.name)
        return without_repeats(rows, Q(**{f"{self.field}__in": chosen}), self.field) if chosen else rows

    def chips(self, cleaned: Cleaned) -> Iterator[Chip]:
        labels = {str(key): label for key, label in self.pairs(cleaned.get("user"))}
        for value in cleaned.get(self.name) or ():
            yield Chip(f"{self.label}: {labels.get(str(value), value)}", self.name, str(value))


@dataclass(frozen=True)
class RecordFilter(Filter):
    """Any of several records. ``records`` is a function of the user that gives the records the user may see."""

    records: Callable[[Any], Rows] | None = None

    def fields(self, user: Any) -> dict[str, forms.Field]:
        if self.records is None:
            raise TypeError(f"{self.name}: a RecordFilter needs records")
        widget = forms.CheckboxSelectMultiple
        return {self.name: KnownRecords(self.records(user), label=self.label, required=False, widget=widget)}

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        chosen = cleaned.get(self.name)
        keys = [record.pk for record in chosen or ()]
        return without_repeats(rows, Q(**{f"{self.field}__in": keys}), self.field) if keys else rows

    def chips(self, cleaned: Cleaned) -> Iterator[Chip]:
        for record in cleaned.get(self.name) or ():
            yield Chip(f"{self.label}: {record}", self.name, str(record.pk))


class AllAtOnce(ModelChoiceIterator):  # type: ignore[type-arg]
    """The choices in one statement; without this, PostgreSQL is asked for a cursor, for its rows, and to close it."""

    def __iter__(self) -> Iterator[Any]:
        return (self.choice(record) for record in self.queryset.all())


class KnownRecords(forms.ModelMultipleChoiceField[Any]):
    """Choice of records; a number too large for the database is an unknown record, not a crash."""

    iterator = AllAtOnce

    def clean(self, value: Any) -> Any:
        try:
            return list(super().clean(value))
        except OverflowError:
            message = self.error_messages["invalid_choice"]
            raise forms.ValidationError(message, code="invalid_choice", params={"value": ", ".join(value)}) from None


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """Yes or no."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        choices = [("", gettext_lazy("all")), ("1", gettext_lazy("yes")), ("0", gettext_lazy("no"))]
        field = forms.TypedChoiceField(
            label=self.label,
            choices=choices,
            required=False,
            coerce=lambda value: value == "1",
            empty_value=None,
            widget=forms.RadioSelect,
        )
        return {self.name: field}


@dataclass(frozen=True)
class DateRangeFilter(Filter):
    """From a day until a day, both included; a moment counts as the day it falls on here."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        labels = {"from": _("%(label)s from"), "until": _("%(label)s until and including")}
        return {
            f"{self.name}_{side}": forms.DateField(
                label=text % {"label": self.label},
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            )
            for side, text in labels.items()
        }

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        moment = isinstance(_last_field(rows.model, self.field), models.DateTimeField)
        for side, comparison in (("from", "gte"), ("until", "lt" if moment else "lte")):
            if day := cleaned.get(f"{self.name}_{side}"):
                bound = _begin_of(day, after=side == "until") if moment else day
                rows = without_repeats(rows, Q(**{f"{self.field}__{comparison}": bound}), self.field)
        return rows

    def chips(self, cleaned: Cleaned) -> Iterator[Chip]:
        for side, text in (("from", _("%(label)s from %(day)s")), ("until", _("%(label)s until %(day)s"))):
            if day := cleaned.get(f"{self.name}_{side}"):
                words = text % {"label": self.label, "day": readable(day)}
                yield Chip(words, f"{self.name}_{side}")


@dataclass(frozen=True)
class TextFilter(Filter):
    """All of the words, each in any of the named fields, capitals ignored."""

    over: tuple[str, ...] = ()

    def fields(self, user: Any) -> dict[str, forms.Field]:
        widget = forms.TextInput(attrs={"type": "search"})
        return {self.name: forms.CharField(label=self.label, required=False, max_length=200, widget=widget)}

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        for word in (cleaned.get(self.name) or "").split()[:MOST_WORDS]:
            anywhere = Q()
            for field in self.over:
                anywhere |= Q(**{f"{field}__icontains": word})
            rows = without_repeats(rows, anywhere, *self.over)
        return rows


@dataclass(frozen=True)
class FoundFilter(Filter):
    """Words by the search index instead of by reading every row; ``exact(user, text)`` gives the key that a text names.

    At most ``MOST_FOUND`` records are found (the search of all records says so too); a list with more is narrowed
    by its other filters.
    """

    model_label: str = ""
    exact: Callable[[Any, str], Any] | None = None

    def fields(self, user: Any) -> dict[str, forms.Field]:
        widget = forms.TextInput(attrs={"type": "search"})
        return {self.name: forms.CharField(label=self.label, required=False, max_length=200, widget=widget)}

    def narrow(self, rows: Rows, cleaned: Cleaned) -> Rows:
        asked, user = cleaned.get(self.name) or "", cleaned["user"]
        if not asked:
            return rows
        key = self.exact(user, asked) if self.exact else None
        return rows.filter(pk__in=[key] if key is not None else found_keys(user, asked, self.model_label))


def without_repeats(rows: Rows, condition: Q, *paths: str) -> Rows:
    """The rows that meet the condition, each once: a path to many records goes through a subquery."""
    if any(_to_many(rows.model, path) for path in paths):
        return rows.filter(pk__in=rows.model._base_manager.filter(condition).order_by().values("pk"))
    return rows.filter(condition)


def _steps(model: type[models.Model], path: str) -> Iterator[Any]:
    for name in path.split("__"):
        field = model._meta.get_field(name)
        yield field
        if field.related_model is None:
            return
        model = field.related_model


def _to_many(model: type[models.Model], path: str) -> bool:
    return any(field.many_to_many or field.one_to_many for field in _steps(model, path))


def can_be_empty(model: type[models.Model], path: str) -> bool:
    """True when a row can be without this value; also for one that is no field of the model."""
    try:
        return any(field.null or field.one_to_many for field in _steps(model, path))
    except FieldDoesNotExist:
        return True


def _begin_of(day: date, *, after: bool) -> datetime:
    """The moment at which a day, or the day ``after`` it, begins here: an index serves moments, and not their days."""
    try:
        return timezone.make_aware(datetime.combine(day + timedelta(days=after), time.min)).astimezone(UTC)
    except OverflowError:  # at either end of the calendar
        return datetime.max.replace(tzinfo=UTC) if after else datetime.min.replace(tzinfo=UTC)


def _last_field(model: type[models.Model], path: str) -> Any:
    return list(_steps(model, path))[-1]
