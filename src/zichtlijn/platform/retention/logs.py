"""What the platform itself keeps for a term: who read which case file, notices, stored answers of the API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zichtlijn.platform.api.models import IdempotentAnswer
from zichtlijn.platform.casefiles.models import Reading
from zichtlijn.platform.events.guards import READINGS, lifted
from zichtlijn.platform.notices.models import Notice

from .holds import held_among
from .registry import Item, Kept, Swept, Went, register_kept


class KeptReadings(Kept):
    """The read trail of case files: a line for each file and year, from its last reading in that year."""

    kind = "casefiles.reading"
    name = gettext_lazy("Read trail of case files")
    counted_from = gettext_lazy("last reading of the year")
    order = 40

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        whole_years = Reading.objects.filter(at__lt=_start(date(last.year + 1, 1, 1))).order_by()
        rows = whole_years.values_list("model_label", "object_id", "at__year")
        ended = rows.annotate(last=Max("at"), label=Min("object_label")).order_by("last")
        kept = ended.filter(last__lt=_end(last))
        if first is not None:
            kept = kept.filter(last__gte=_start(first))
        for label, number, year, at, reference in kept.iterator():
            if year < timezone.localdate().year:
                yield _year_of_readings(label, number, year, at, reference)

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        found = {}
        for key in keys:
            label, number, year = _parts_of(key)
            told = _readings(key).aggregate(last=Max("at"), label=Min("object_label"))
            if told["last"] is not None and year < timezone.localdate().year:
                found[key] = _year_of_readings(label, number, year, told["last"], told["label"])
        return found

    def locked(self, key: str) -> Item | None:
        return self.items([key]).get(key)  # nothing in a year that is over changes any more

    def exists(self, keys: Sequence[str]) -> set[str]:
        return {key for key in keys if _readings(key).exists()}

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        files: dict[str, dict[int, list[str]]] = {}
        for key in keys:
            label, number, _year = _parts_of(key)
            files.setdefault(label, {}).setdefault(number, []).append(key)
        return {
            key: "hold"
            for label, numbers in files.items()
            for number in held_among(label, numbers)
            for key in numbers[number]
        }

    def destroy(self, key: str) -> Went:
        with lifted(READINGS):
            number = _readings(key).delete()[0]
        return Went({"casefiles.reading": number})


class KeptNotices(Kept):
    """What people were told: a line for each month."""

    kind = "notices.notice"
    name = gettext_lazy("Notices")
    counted_from = gettext_lazy("end of the month")
    order = 50

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        rows = Notice.objects.filter(at__lt=_end(last)).order_by().annotate(month=TruncMonth("at"))
        for month, _number in rows.values_list("month").annotate(number=Count("pk")).order_by("month"):
            item = _month_of_notices(f"{timezone.localtime(month):%Y-%m}")
            if item.since <= last and (first is None or item.since >= first):
                yield item

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        today = timezone.localdate()
        there = {key: _month_of_notices(key) for key in keys if _notices(key).exists()}
        return {key: item for key, item in there.items() if item.since < today}

    def locked(self, key: str) -> Item | None:
        return self.items([key]).get(key)

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        return {}

    def destroy(self, key: str) -> Went:
        return Went({"notices.notice": _notices(key).delete()[0]})


class SweptAnswers(Swept):
    """Answers of the API that a system could ask for again: copies, of which the original is kept elsewhere."""

    kind = "api.idempotentanswer"
    name = gettext_lazy("Stored answers of the API")
    counted_from = gettext_lazy("given")
    order = 60

    def sweep(self, before: datetime) -> int:
        return IdempotentAnswer.objects.filter(made_at__lt=before).delete()[0]


def _parts_of(key: str) -> tuple[str, int, int]:
    label, number, year = key.split(":")
    return label, int(number), int(year)


def _readings(key: str) -> QuerySet[Reading]:
    label, number, year = _parts_of(key)
    found: QuerySet[Reading] = Reading.objects.filter(model_label=label, object_id=number, at__year=year).order_by()
    return found


def _year_of_readings(label: str, number: int, year: int, at: datetime, reference: str) -> Item:
    return Item(f"{label}:{number}:{year}", f"{reference}, {year}", "", timezone.localtime(at).date())


def _notices(key: str) -> QuerySet[Notice]:
    first, after = _month(key)
    found: QuerySet[Notice] = Notice.objects.filter(at__gte=_start(first), at__lt=_start(after)).order_by()
    return found


def _month_of_notices(key: str) -> Item:
    first, after = _month(key)
    name = _("Notices of %(month)s") % {"month": date_format(first, "F Y")}
    return Item(key, name, "", after)


def _month(key: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{key}-01")
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


for _kept in (KeptReadings(), KeptNotices(), SweptAnswers()):
    register_kept(_kept)
