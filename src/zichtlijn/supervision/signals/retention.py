"""How long what came in is kept: signals, who sent them, and incident files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions
from zichtlijn.platform.retention.destroying import Destruction, close_file, forget_words
from zichtlijn.platform.retention.holds import held_among
from zichtlijn.platform.retention.registry import Counted, Item, Kept, Went, add_stops, register_kept

from .handing_on import unfinished_among
from .models import (
    Bundle,
    CriterionEvidence,
    EvaluationState,
    IncidentFile,
    IncidentState,
    IncidentWeighing,
    Outcome,
    OwnEvaluation,
    Sender,
    Signal,
    SignalKind,
    SignalState,
    WeighingState,
)

DISCARDED = "discarded"
RUNNING_EVALUATION = (EvaluationState.ASKED, EvaluationState.HANDED_IN, EvaluationState.SUPPLEMENT_ASKED)
RUNNING_WEIGHING = (WeighingState.OPEN, WeighingState.SUBMITTED)
ABOUT = "field.organisation"
MERGED_ON = 5
"""How often a merged signal may be merged on: beyond that the data of a sender go with the whole."""

add_stops(
    {
        "incident": _("It belongs to an incident file that is still kept."),
        "activity": _("An activity that is not finished rests on it."),
        "evaluation": _("An own evaluation is under way."),
        "weighing": _("A weighing is under way."),
        "merged": _("Something that was merged into it cannot go yet."),
    }
)


class KeptSignals(Kept):
    """Signals, notifications and complaints, from the day they were closed; and drafts that were thrown away."""

    kind = "signals.signal"
    name = _("Signals, notifications and complaints")
    counted_from = _("closed")
    outcomes = dict(Outcome.choices) | {DISCARDED: _("draft thrown away")}
    model_label = "signals.signal"
    order = 10

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        ended = "received_at" if outcome == DISCARDED else "closed_at"
        found = _ended().filter(**_between(ended, first, last)).order_by(ended, "pk")
        state = {"state": SignalState.DISCARDED} if outcome == DISCARDED else {"state": "closed", "outcome": outcome}
        return (_item(signal) for signal in found.filter(**state).iterator())

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        return {str(signal.pk): _item(signal) for signal in _ended().filter(pk__in=keys)}

    def locked(self, key: str) -> Item | None:
        signal = _ended().select_for_update().filter(pk=key).first()
        if signal is None:
            return None
        # What was merged into it as well: it may be split off, or held, at this moment.
        merged = Signal._base_manager.filter(pk__in=_merged_into({signal.pk}))
        list(merged.select_for_update().order_by("pk").values_list("pk"))
        return _item(signal)

    def exists(self, keys: Sequence[str]) -> set[str]:
        return {str(key) for key in Signal._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        wanted = {int(key) for key in keys}
        below = _merged_into(wanted)
        members = wanted | set(below)
        stopped = {pk: "merged" if pk in below else code for pk, code in _stops_of_signals(members).items()}
        found = {str(pk): code for pk, code in stopped.items() if pk in wanted}
        for pk, top in below.items():
            if pk in stopped:
                found.setdefault(str(top), "merged")
        ended = set(_ended().filter(pk__in=wanted).values_list("pk", flat=True))
        return {str(pk): "open" for pk in wanted - ended} | found

    def destroy(self, key: str) -> Went:
        signal = Signal._base_manager.get(pk=key)
        going = Destruction()
        together = _with_merged(signal)
        for sender in Sender._base_manager.filter(signal__in=together):
            forget_words(KeptSenders.kind, str(sender.pk))
        for each in together:
            forget_words(self.kind, str(each.pk))
            going.delete(_evidence_on({each.pk}))  # what was noted of it goes too; the scores stay with their words
            going.delete(IncidentWeighing._base_manager.filter(signal=each))
            going.delete([each])
        going.delete(Bundle._base_manager.filter(pk__in={each.bundle_id for each in together}, signals__isnull=True))
        for file_key in {each.file_key for each in together}:
            close_file(file_key)
        return going.end(_counted(signal, len(together)))

    def about(self, key: str) -> models.Model | None:
        return Signal._base_manager.filter(pk=key).first()

    def openable(self, user: Any, keys: Sequence[str]) -> dict[str, str]:
        seen = Signal.objects.visible_to(user).filter(pk__in=keys)
        return {str(signal.pk): signal.get_absolute_url() for signal in seen}

    def figures(self) -> Iterable[Counted]:
        here = Signal._base_manager.exclude(state__in=(SignalState.DRAFT, SignalState.DISCARDED))
        rows = here.order_by().values_list(ExtractYear("received_at"), "kind", "outcome", "organisation")
        for year, sort, outcome, organisation, number in rows.annotate(number=Count("pk")):
            yield Counted(year, sort, outcome, ABOUT if organisation else "", organisation or 0, number)

    def words_of_sort(self, sort: str) -> Any:
        return dict(SignalKind.choices).get(sort, sort)


class KeptSenders(Kept):
    """Who sent a signal in: name, address, telephone, relation. They go earlier; the signal itself stays."""

    kind = "signals.sender"
    name = _("Personal data of senders")
    counted_from = _("signal closed")
    told_as = "signals.destroy_sender_data"
    order = 20

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        found = _senders().filter(**_between("ended", first, last)).order_by("ended", "pk")
        return (_item_of_sender(sender) for sender in found.iterator())

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        return {str(sender.pk): _item_of_sender(sender) for sender in _senders().filter(pk__in=keys)}

    def locked(self, key: str) -> Item | None:
        sender = Sender._base_manager.filter(pk=key).first()
        if sender is None:
            return None
        Signal._base_manager.select_for_update().filter(pk=sender.signal_id).first()
        return self.items([key]).get(key)

    def exists(self, keys: Sequence[str]) -> set[str]:
        found = Sender._base_manager.filter(_has_data(), pk__in=keys)
        return {str(key) for key in found.values_list("pk", flat=True)}

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        there = dict(Sender._base_manager.filter(pk__in=keys).values_list("pk", "signal_id"))
        held, ended = _held_with(set(there.values())), self.items(keys)
        stopped = {str(pk): "hold" for pk, signal in there.items() if signal in held}
        return {key: "open" for key in keys if key not in ended} | stopped

    def destroy(self, key: str) -> Went:
        fields = ("name", "email", "phone", "relation")
        emptied = dict.fromkeys(fields, "")
        Sender._base_manager.filter(pk=key).update(**emptied, is_anonymous=True, emptied_at=timezone.now())
        return Went({"signals.sender": 1})  # no digest: a name or number could be guessed from it

    def about(self, key: str) -> models.Model | None:
        return Signal._base_manager.filter(sender__pk=key).first()

    def openable(self, user: Any, keys: Sequence[str]) -> dict[str, str]:
        seen = Sender.objects.visible_to(user).filter(pk__in=keys).select_related("signal")
        return {str(sender.pk): sender.signal.get_absolute_url() for sender in seen}


class KeptIncidents(Kept):
    """Incident files, from the day they were closed. Their signals are kept by their own rule, and never go before."""

    kind = "signals.incidentfile"
    name = _("Incident files")
    counted_from = _("closed")
    model_label = "signals.incidentfile"
    order = 30

    def find(self, outcome: str, first: date | None, last: date) -> Iterator[Item]:
        found = _closed_incidents().filter(**_between("closed_at", first, last)).order_by("closed_at", "pk")
        return (_item(incident) for incident in found.iterator())

    def items(self, keys: Sequence[str]) -> dict[str, Item]:
        return {str(incident.pk): _item(incident) for incident in _closed_incidents().filter(pk__in=keys)}

    def locked(self, key: str) -> Item | None:
        incident = _closed_incidents().select_for_update().filter(pk=key).first()
        return _item(incident) if incident else None

    def exists(self, keys: Sequence[str]) -> set[str]:
        return {str(key) for key in IncidentFile._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}

    def stops(self, keys: Sequence[str]) -> dict[str, str]:
        wanted = {int(key) for key in keys}
        closed = set(_closed_incidents().filter(pk__in=wanted).values_list("pk", flat=True))
        stopped = dict.fromkeys(wanted - closed, "open")
        stopped |= _stops_by_weighings("incident", wanted)
        waiting = Signal._base_manager.filter(incident__in=wanted).exclude(_has_ended())
        stopped |= dict.fromkeys(waiting.values_list("incident", flat=True), "open")
        members = dict(Signal._base_manager.filter(incident__in=wanted).values_list("pk", "incident"))
        stopped |= {members[pk]: "hold" for pk in held_among("signals.signal", members)}
        stopped |= dict.fromkeys(held_among("signals.incidentfile", wanted), "hold")
        return {str(pk): code for pk, code in stopped.items()}

    def destroy(self, key: str) -> Went:
        incident = IncidentFile._base_manager.get(pk=key)
        going = Destruction()
        Signal._base_manager.filter(incident=incident).update(incident=None)
        going.delete(IncidentWeighing._base_manager.filter(incident=incident))
        for line in incident.log.order_by("-pk"):  # what corrects a line goes before it
            going.delete([line])
        going.delete([incident])
        close_file(incident.file_key)
        return going.end(Counted(timezone.localtime(incident.opened_at).year))

    def about(self, key: str) -> models.Model | None:
        return IncidentFile._base_manager.filter(pk=key).first()

    def openable(self, user: Any, keys: Sequence[str]) -> dict[str, str]:
        seen = IncidentFile.objects.visible_to(user).filter(pk__in=keys)
        return {str(incident.pk): incident.get_absolute_url() for incident in seen}

    def figures(self) -> Iterable[Counted]:
        rows = IncidentFile._base_manager.order_by().values_list(ExtractYear("opened_at")).annotate(number=Count("pk"))
        return (Counted(year, number=number) for year, number in rows)


def _has_ended() -> Q:
    return Q(state=SignalState.CLOSED, closed_at__isnull=False) | Q(state__in=(SignalState.DISCARDED, "merged"))


def _ended() -> QuerySet[Signal]:
    """Closed, or a draft that was thrown away. What was merged goes with what it was merged into."""
    return Signal._base_manager.filter(Q(state="closed", closed_at__isnull=False) | Q(state=SignalState.DISCARDED))


def _closed_incidents() -> QuerySet[IncidentFile]:
    return IncidentFile._base_manager.filter(state=IncidentState.CLOSED, closed_at__isnull=False)


def _has_data() -> Q:
    return ~Q(name="", email="", phone="", relation="")


def _senders() -> QuerySet[Any]:
    """With personal data, of a signal that was closed, or was merged into one that was, also by way of others."""
    kept = Sender._base_manager.filter(_has_data()).select_related("signal")
    ends = ["signal" + "__merged_into" * times for times in range(MERGED_ON)]
    closed = Q(*(Q(**{f"{end}__state": SignalState.CLOSED}) for end in ends), _connector=Q.OR)
    return kept.filter(closed).annotate(ended=Coalesce(*(f"{end}__closed_at" for end in ends)))


def _item(record: Any) -> Item:
    moment = record.closed_at or record.received_at
    outcome = getattr(record, "outcome", "")
    if isinstance(record, Signal) and record.state == SignalState.DISCARDED:
        outcome = DISCARDED
    return Item(str(record.pk), str(record), outcome, timezone.localtime(moment).date())


def _item_of_sender(sender: Any) -> Item:
    return Item(str(sender.pk), str(sender.signal), "", timezone.localtime(sender.ended).date())


def _between(name: str, first: date | None, last: date) -> dict[str, datetime]:
    """As moments, which an index serves."""
    found = {f"{name}__lt": _midnight(last + timedelta(days=1))}
    return found | ({f"{name}__gte": _midnight(first)} if first else {})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _merged_into(keys: set[int]) -> dict[int, int]:
    """What was merged into these, also by way of another: the key of each with that of the one it goes with."""
    found: dict[int, int] = {}
    layer = {key: key for key in keys}
    while layer:
        rows = Signal._base_manager.filter(merged_into__in=layer).values_list("pk", "merged_into")
        layer = {pk: layer[into] for pk, into in rows if into is not None and pk not in found}
        found |= layer
    return found


def _with_merged(signal: Signal) -> list[Signal]:
    """A signal with what was merged into it, that first."""
    below = [each for merged in Signal._base_manager.filter(merged_into=signal) for each in _with_merged(merged)]
    return [*below, signal]


def _held_with(keys: set[int]) -> set[int]:
    """Those on which there is a hold, or on their incident file, or on what they were merged into."""
    held: set[int] = set()
    layer = {key: {key} for key in keys}
    while layer:
        rows = list(Signal._base_manager.filter(pk__in=layer).values_list("pk", "merged_into", "incident"))
        files = held_among("signals.incidentfile", {incident for _pk, _into, incident in rows if incident})
        signals, above = held_among("signals.signal", layer), defaultdict[int, set[int]](set)
        for pk, into, incident in rows:
            if pk in signals or incident in files:
                held |= layer[pk]
            elif into is not None:
                above[into] |= layer[pk]
        layer = above
    return held


def _stops_of_signals(keys: set[int]) -> dict[int, str]:
    """What stops these, apart from their own state; the last reason that is found is the one that is named."""
    signals = Signal._base_manager.filter(pk__in=keys)
    stopped: dict[int, str] = {}
    evaluations = OwnEvaluation._base_manager.filter(signal__in=keys, state__in=RUNNING_EVALUATION)
    stopped |= dict.fromkeys(evaluations.values_list("signal", flat=True), "evaluation")
    stopped |= _stops_by_weighings("signal", keys)
    stopped |= _stops_by_evidence(keys)
    stopped |= _stops_by_activities(signals)
    stopped |= dict.fromkeys(signals.filter(incident__isnull=False).values_list("pk", flat=True), "incident")
    return stopped | dict.fromkeys(held_among("signals.signal", keys), "hold")


def _stops_by_activities(signals: QuerySet[Signal]) -> dict[int, str]:
    rows = signals.filter(added_id__isnull=False).values_list("pk", "added_type", "added_id")
    tied: dict[Any, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for pk, content_type, added in rows:
        if added is not None:
            tied[content_type][added].append(pk)
    return {
        pk: "activity"
        for content_type, added in tied.items()
        for key in unfinished_among(content_type, added)
        for pk in added[key]
    }


def _stops_by_weighings(about: str, keys: set[int]) -> dict[int, str]:
    """Weighings that are under way, and those that an activity which is not finished follows from."""
    weighings = IncidentWeighing._base_manager.filter(**{f"{about}__in": keys})
    told = dict(weighings.values_list("pk", about))
    return {told[pk]: code for pk, code in _not_finished(weighings).items()}


def _not_finished(weighings: QuerySet[IncidentWeighing]) -> dict[int, str]:
    """Those of these that are under way, or that an activity which is not finished follows from, and which it is."""
    running = weighings.filter(state__in=RUNNING_WEIGHING).values_list("pk", flat=True)
    stopped = dict.fromkeys(running, "weighing")
    for relation in IncidentWeighing._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.app_label == IncidentWeighing._meta.app_label:
            continue
        rows = model._base_manager.filter(**{f"{relation.field.name}__in": weighings})
        tied = dict(rows.values_list("pk", f"{relation.field.name}_id"))
        stopped |= {tied[key]: "activity" for key in unfinished_among(model, tied)}
    return stopped


def _evidence_on(keys: set[int]) -> QuerySet[CriterionEvidence]:
    """The links by which criteria rest on these signals, or on own evaluations about them."""
    signal, evaluation = (ContentType.objects.get_for_model(model) for model in (Signal, OwnEvaluation))
    evaluations = OwnEvaluation._base_manager.filter(signal__in=keys).values("pk")
    return CriterionEvidence._base_manager.filter(
        Q(content_type=signal, object_id__in=keys) | Q(content_type=evaluation, object_id__in=evaluations)
    )


def _stops_by_evidence(keys: set[int]) -> dict[int, str]:
    """Signals that a weighing rests on which is under way, or that an unfinished activity follows from."""
    links = list(_evidence_on(keys).values_list("content_type", "object_id", "weighing"))
    if not links:
        return {}
    codes = _not_finished(IncidentWeighing._base_manager.filter(pk__in={weighing for *_about, weighing in links}))
    evaluation = ContentType.objects.get_for_model(OwnEvaluation).pk
    judged = {number for about, number, _weighing in links if about == evaluation}
    signal_of = dict(OwnEvaluation._base_manager.filter(pk__in=judged).values_list("pk", "signal"))
    return {
        signal_of[number] if about == evaluation else number: codes[weighing]
        for about, number, weighing in links
        if weighing in codes
    }


def _counted(signal: Signal, number: int) -> Counted | None:
    if signal.state == SignalState.DISCARDED:
        return None
    year, organisation = timezone.localtime(signal.received_at).year, signal.organisation_id
    return Counted(year, signal.kind, signal.outcome, ABOUT if organisation else "", organisation or 0, number)


name_actions({"signals.destroy_sender_data": _("personal data of the sender destroyed")})
register_kept(KeptSignals())
register_kept(KeptSenders())
register_kept(KeptIncidents())
