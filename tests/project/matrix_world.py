"""What is asked for in the matrix: case files with all their parts, each with words of its own in every text field.

Every record of one thing has the same key (``70100``, ``70200`` …), so that an address with that key leads to the
thing whatever model a view takes: nothing here knows which views there are.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate

from .matrix_people import STAFF, Person, people

BAIT = "lokaaswoord"  # in the same fields as the canaries, so that a search can ask without saying the canary
SOON = timezone.now() + timedelta(days=9)  # of what still has to be done, so that calendars say something
# Codes, not words of people.
NOT_WORDS = {
    "language", "audience", "receipt_sha256", "step", "state", "ground", "norm", "criterion", "role", "media_type",
}  # fmt: skip
LABELS = (
    "signals.signal", "signals.notification", "signals.sender", "signals.message", "signals.signalattachment",
    "signals.triagestep", "signals.bundle", "signals.signallink", "signals.ownevaluation", "signals.normfinding",
    "signals.incidentfile", "signals.incidentrole", "signals.logentry", "signals.situationreport",
    "signals.incidentweighing", "signals.criterionscore", "signals.criterionevidence", "signals.weighingstep",
    "comments.comment", "casefiles.fileaccess", "casefiles.reading",
)  # fmt: skip
CASE_FILE_LABELS = ("signals.incidentweighing", "signals.signal", "signals.incidentfile", "signals.bundle")
BESIDE_LABELS = ("comments.comment", "retention.hold")  # by label and key, so that they do not go with the signal
LAYERS = frozenset({"content", "sender", "inside", "talk", "organisation", "evaluation", "incident", "purpose"})
OUTSIDE_LAYERS = {  # what somebody from outside may read of a thing that is shared with or asked of them
    ("organisation", "own"): {"content", "organisation", "evaluation"},
    ("organisation", "draft"): {"content", "organisation"},
    # An own evaluation is asked of them; of the signal that it is about they see nothing.
    ("organisation", "open"): {"evaluation", "organisation"},
    ("organisation", "team"): {"evaluation", "organisation"},
    ("organisation", "restricted"): {"evaluation", "organisation"},
    ("partner, share running", "restricted"): {"content", "organisation", "evaluation", "incident", "purpose"},
    ("stranger with a receipt", "open"): {"content", "talk"},
}
SEEN_BY: dict[str, frozenset[str]] = {
    "open": STAFF,
    "team": frozenset({"inspector of the team"}),
    "restricted": frozenset({"inspector named on the file"}),
    "draft": frozenset(),
    "own": STAFF,
    "other": STAFF,
}


@dataclass
class Thing:
    """A signal with all its parts under one key; ``records`` by model label."""

    name: str
    key: int
    file_key: uuid.UUID
    records: dict[str, Any] = field(default_factory=dict)

    def word(self, layer: str) -> str:
        """What stands in every text field of that layer, and nowhere else."""
        return f"kanarie{self.name}{layer}"

    def layers_for(self, person: str) -> set[str] | None:
        """What somebody may read of it; None means everything."""
        return None if person in SEEN_BY[self.name] else OUTSIDE_LAYERS.get((person, self.name), set())

    @property
    def reference(self) -> str:
        """What people call it."""
        return self.records["signals.signal"].reference


@dataclass
class World:
    """The people, and the things."""

    people: dict[str, Person]
    things: dict[str, Thing]
    layers: frozenset[str] = LAYERS

    def hidden_from(self, person: str) -> list[Thing]:
        """Things of which somebody may know nothing at all."""
        return [thing for thing in self.things.values() if thing.layers_for(person) == set()]


def build() -> World:
    """Everything; the caller has a transaction open and undoes it."""
    from zichtlijn.platform.search.indexing import indexing_later
    from zichtlijn.supervision.signals.reference import load_reference

    load_reference()
    things = {name: Thing(name, 70_000 + 100 * number, uuid.uuid4()) for number, name in enumerate(SEEN_BY, start=1)}
    with indexing_later():
        own, other = _register()
    found, team = people(own, things["restricted"].file_key, things["open"].key)
    author = found["inspector named on the file"].user
    for thing in things.values():
        _fill(thing, other if thing.name == "other" else own, team, author)
    for thing in things.values():
        if "signals.incidentweighing" in thing.records:
            rest_on(thing, things["open"], things["restricted"])
    return World(found, things)


def _register() -> tuple[Any, Any]:
    """The field, the acts and the programme of the demo, and two organisations of it."""
    from zichtlijn.project.demo import examples_folder
    from zichtlijn.supervision.field import demo as field_demo
    from zichtlijn.supervision.field.models import Organisation
    from zichtlijn.supervision.mandate import demo as mandate_demo
    from zichtlijn.supervision.programme import demo as programme_demo
    from zichtlijn.supervision.sources import demo as sources_demo

    folder = examples_folder() / "programme_2024"
    mapping = field_demo.load(actor=None, folder=folder)
    mapping |= mandate_demo.load(actor=None, folder=folder)
    mapping |= programme_demo.load(actor=None, folder=folder, field=mapping)
    sources_demo.load(actor=None, folder=folder, mapping=mapping)
    first, second = Organisation.objects.order_by("pk")[:2]
    return first, second


def _fill(thing: Thing, organisation: Any, team: Any, author: Any) -> None:
    from zichtlijn.platform.search.indexing import index_records
    from zichtlijn.supervision.signals.telling import tell

    _signal(thing, organisation, team, author)
    _told(thing, author)
    if thing.name != "draft":
        _judged(thing, organisation, author)
        _incident(thing, organisation, team, author)
        _said_beside(thing, author)
    index_records([record for record in thing.records.values() if record is not None])
    for label in ("signals.signal", "signals.incidentfile", "signals.ownevaluation", "signals.incidentweighing"):
        if label in thing.records:
            tell(actor=author, action="signals.enter", about=thing.records[label])


def _signal(thing: Thing, organisation: Any, team: Any, author: Any) -> None:
    from zichtlijn.supervision.signals.models import NotificationCategory

    notified = thing.name in ("draft", "own", "other")
    put(thing, "signals.bundle", "inside", made_by=author)
    incident = {} if thing.name == "draft" else {"incident_id": None}
    put(
        thing, "signals.signal", "content", kind="notification" if notified else "signal",
        channel="account" if notified else "form", state="draft" if thing.name == "draft" else "in_triage",
        organisation=organisation, assignee=author, bundle=thing.records["signals.bundle"],
        received_at=timezone.now(), submission=uuid.uuid4(), **incident, **_access(thing, team),
        submitted_at=None if thing.name == "draft" else timezone.now(),
    )  # fmt: skip
    put(thing, "signals.sender", "sender", signal_id=thing.key, is_anonymous=False, receipt_sha256=f"{thing.key:064}")
    if notified:
        put(
            thing, "signals.notification", "content", signal_id=thing.key, discovered_at=timezone.now(),
            due_at=SOON, closing_due_at=SOON, category=NotificationCategory.objects.order_by("pk").first(),
        )  # fmt: skip


def _access(thing: Thing, team: Any) -> dict[str, Any]:
    """Access as the name of the thing says."""
    access = thing.name if thing.name in ("team", "restricted") else "open"
    return {"access": access, "team": team if access == "team" else None, "file_key": thing.file_key}


def _told(thing: Thing, author: Any) -> None:
    """What was said, by whom to whom, with a file each; the inspectorate's steps."""
    for number, (direction, layer) in enumerate(
        (
            ("from_organisation", "organisation"),
            ("to_organisation", "organisation"),
            ("from_sender", "talk"),
            ("to_sender", "talk"),
        )
    ):
        put(thing, "signals.message", layer, more=number, signal_id=thing.key, direction=direction, author=author)
    # Shared with the citizen, or with who notified it; of the restricted file also with a partner.
    to_whom = "talk" if thing.name in ("open", "team") else "organisation"
    for number, (layer, shared) in enumerate((("inside", False), (to_whom, True))):
        put(
            thing, "signals.signalattachment", layer, more=number, signal_id=thing.key, is_shared=shared,
            uid=uuid.UUID(int=thing.key + number), file=_bytes(thing.word(layer)), size=10, media_type="text/plain",
            scan_state="clean",
        )  # fmt: skip
    put(thing, "signals.triagestep", "inside", signal_id=thing.key, step="take_up", state="in_triage", person=author)


def _judged(thing: Thing, organisation: Any, author: Any) -> None:
    put(
        thing, "signals.ownevaluation", "evaluation", signal_id=thing.key, organisation=organisation,
        state="judged", due_on=localdate() + timedelta(days=20), handed_in_at=timezone.now(),
        judged_at=timezone.now(), judged_by=author,
    )  # fmt: skip
    put(
        thing, "signals.ownevaluation", "evaluation", more=1, signal_id=thing.key, organisation=organisation,
        state="asked", due_on=SOON.date(),
    )  # fmt: skip
    put(thing, "signals.normfinding", "inside", evaluation_id=thing.key, norm="facts", score=1)
    put(
        thing, "signals.incidentweighing", "inside", signal_id=thing.key, state="submitted", made_by=author,
        submitted_at=timezone.now(),
    )  # fmt: skip
    put(thing, "signals.criterionscore", "inside", weighing_id=thing.key, criterion="impact", score=2)
    put(thing, "signals.weighingstep", "inside", weighing_id=thing.key, step="submit", state="submitted")


def rest_on(thing: Thing, *others: Thing) -> None:
    """Its weighing rests on these signals; what was noted with a link is for who may see that signal as well."""
    for number, other in enumerate(others):
        put(
            thing, "signals.criterionevidence", "inside", more=number, weighing_id=thing.key, criterion="impact",
            content_type=ContentType.objects.get_for_model(other.records["signals.signal"]), object_id=other.key,
            note=f"{other.word('inside')} {BAIT}",
        )  # fmt: skip


def _incident(thing: Thing, organisation: Any, team: Any, author: Any) -> None:
    from zichtlijn.supervision.signals.models import Signal

    made = put(thing, "signals.incidentfile", "incident", state="open", **_access(thing, team))
    made.organisations.add(organisation)
    Signal._base_manager.filter(pk=thing.key).update(incident=made)
    put(thing, "signals.incidentrole", "incident", incident=made, user=author, role="leader", hours=4)
    put(thing, "signals.logentry", "incident", incident=made, author=author)
    put(thing, "signals.situationreport", "incident", incident=made, number=1, author=author)


def _said_beside(thing: Thing, author: Any) -> None:
    """A comment, a tie with the one before it, a hold on its destruction, a purpose, a reading."""
    about = ContentType.objects.get_for_model(thing.records["signals.signal"])
    put(thing, "comments.comment", "inside", content_type=about, object_id=thing.key, author=author)
    if thing.key > 70_100:
        put(thing, "signals.signallink", "inside", low_id=70_100, high_id=thing.key, kind="related", made_by=author)
    put(thing, "retention.hold", "inside", model_label="signals.signal", object_id=thing.key, placed_by=author)
    put(thing, "casefiles.fileaccess", "purpose", file_key=thing.file_key, user=author, ended_at=timezone.now())
    put(
        thing, "casefiles.reading", "purpose", user=author, kind="page", model_label="signals.signal",
        object_id=thing.key, file_key=thing.file_key,
    )  # fmt: skip


def put(thing: Thing, label: str, layer: str, more: int = 0, **values: Any) -> Any:
    """A record of the thing with its word in every text field that is not given."""
    from django.apps import apps

    model = apps.get_model(label)
    words = {one.name: _words(one, thing.word(layer)) for one in model._meta.concrete_fields if _is_text(one)}
    record = model(pk=thing.key + more, **(words | values))
    if hasattr(record, "set_audience"):
        record.set_audience()
    model._base_manager.bulk_create([record])
    return thing.records.setdefault(label, record)


def _is_text(one: models.Field[Any, Any]) -> bool:
    if one.name in NOT_WORDS or one.choices or one.name in ("model_label", "request_id", "scan_finding"):
        return False
    return isinstance(one, models.CharField | models.TextField)


def _words(one: models.Field[Any, Any], word: str) -> str:
    text = f"{word}@example.org" if isinstance(one, models.EmailField) else f"{word} {BAIT} in {one.name}"
    return text[: one.max_length or 500]


def _bytes(word: str) -> Any:
    from zichtlijn.platform.files.storing import store

    return store(f"{word} in the file".encode(), "text/plain")
