"""Fill an installation with what came in over years: signals, their handling, their events and their search entries.

    python benchmarks/intake_filling.py --scratch FOLDER --engine postgres --signals 1000000 --events 500000

The rows are those that the product itself would have written: events by its own record (digests included) and sealed,
search entries by its own indexer, audiences by its own rule. Only the writing goes in bulk. The same numbers give the
same installation, but for its days, which end today.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import intake_installation
from intake_texts import Texts

if TYPE_CHECKING:
    from zichtlijn.supervision.signals.models import Signal

SEED = 20260401
YEARS = 8
CHUNK = 20_000
ORGANISATIONS, TEAMS, HANDLERS, DOMAINS = 200, 10, 60, 8
NAMED_FILES = 20
RARE_TEXTS = 40
ACCESS = {"open": 60, "team": 30, "restricted": 10}
CHANNELS = {"form": 45, "telephone": 20, "email": 12, "letter": 6, "media": 7, "inspectorate": 5}
OPEN_AS = {"received": 35, "in_triage": 35, "waiting_sender": 12, "waiting_organisation": 10, "weighing": 8}
OUTCOMES = {"no_action": 66, "added": 20, "passed_on": 14}
STEPS = {"no_action": "take_no_action", "added": "add_to_activity", "passed_on": "pass_on"}
LAST_STEP = {"in_triage": "take_up", "waiting_sender": "ask_sender", "waiting_organisation": "ask_evaluation"}
NOTIFICATIONS, OF_AN_ORGANISATION, WITH_TEAM = 0.05, 0.85, 0.7
MARKER = "filled.json"
ADMINISTRATOR, RESTRICTED = "bench-administrator", "bench-inspector"


def main() -> None:
    """Fill one installation, unless it was filled already."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", type=Path, required=True, help="folder for the installations")
    parser.add_argument("--engine", choices=intake_installation.ENGINES, required=True)
    parser.add_argument("--signals", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, help="default: half as many as signals")
    wanted = parser.parse_args()
    folder = intake_installation.folder_of(wanted.scratch, wanted.engine, wanted.signals)
    if (folder / MARKER).exists():
        print(f"{folder.name} is filled already")
        return
    _server = intake_installation.choose(folder, wanted.engine)
    import django

    django.setup()
    start = time.perf_counter()
    events = wanted.events if wanted.events is not None else wanted.signals // 2
    filled = fill(wanted.signals, events)
    filled |= {"seconds": round(time.perf_counter() - start)}
    (folder / MARKER).write_text(json.dumps(filled), encoding="utf-8")
    print(json.dumps({"installation": folder.name} | filled))


def fill(signals: int, events: int) -> dict[str, int]:
    """Make the database, the demo around it, and everything that came in; how much there is afterwards."""
    from django.core.management import call_command

    from zichtlijn.platform.events.models import Event
    from zichtlijn.platform.events.sealing import seal_events
    from zichtlijn.project.demo import load_demo

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_demo(lambda _part: None)
    bulk = Bulk()
    bulk.prepare()
    maker = Maker(signals, events)
    for first in range(0, signals, CHUNK):
        maker.write(bulk, range(first, min(first + CHUNK, signals)))
        print(f"{min(first + CHUNK, signals)} of {signals}", file=sys.stderr, flush=True)
    bulk.finish()
    work_on_the_rest()
    seal_events()
    bulk.analyse()
    return {"signals": signals, "events": events, "all_events": Event.objects.count()}


def work_on_the_rest() -> None:
    """The newest event about each other kind of record once more: intake is not all that happens."""
    from django.apps import apps
    from django.db import transaction

    from zichtlijn.platform.events.models import Event
    from zichtlijn.platform.events.recording import Happening, record_many

    happenings = []
    kinds = Event.objects.exclude(object_type="signals.signal").order_by("object_type")
    for label in kinds.values_list("object_type", flat=True).distinct():
        newest = Event.objects.filter(object_type=label).order_by("-id").first()
        about = apps.get_model(label)._base_manager.filter(pk=newest.object_id).first() if newest else None
        if newest and about:
            happenings.append(Happening(newest.action, about, after=newest.after_values))
    with transaction.atomic():
        record_many(actor=None, happenings=happenings)


class Bulk:
    """Writes model instances as they are: COPY on PostgreSQL, many at a time on SQLite."""

    def __init__(self) -> None:
        from django.db import connection

        self.connection = connection
        self.is_postgres = connection.vendor == "postgresql"

    def prepare(self) -> None:
        """Without the indexes of words, which are quicker to make at the end."""
        from zichtlijn.platform.search.engines import postgres, sqlite

        if self.is_postgres:
            self._run(
                "SET maintenance_work_mem = '1GB'", "SET synchronous_commit = off", *map(_drop, postgres.INSTALL[1:])
            )
        else:
            self._run("PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000", *sqlite.REMOVE)

    def finish(self) -> None:
        """The indexes of words, and the next keys."""
        from django.apps import apps
        from django.core.management.color import no_style

        from zichtlijn.platform.search.engines import postgres, sqlite

        if self.is_postgres:
            self._run(*postgres.INSTALL[1:])
            self._run(*self.connection.ops.sequence_reset_sql(no_style(), apps.get_models()))
        else:
            self._run(*sqlite.INSTALL, sqlite.REFILL)

    def analyse(self) -> None:
        """What both databases do by themselves after a while."""
        self._run("VACUUM ANALYZE" if self.is_postgres else "ANALYZE")
        if not self.is_postgres:
            self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    def write(self, instances: Sequence[Any]) -> None:
        """All of one model, each with its key."""
        if not instances:
            return
        meta = type(instances[0])._meta
        names = [field.attname for field in meta.concrete_fields]
        columns = ", ".join(f'"{field.column}"' for field in meta.concrete_fields)
        rows = ([getattr(each, name) for name in names] for each in instances)
        with self.connection.cursor() as cursor:
            if self.is_postgres:
                with cursor.copy(f"COPY {meta.db_table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" for _name in names)
                statement = f"INSERT INTO {meta.db_table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
                cursor.connection.executemany(statement, ([_for_sqlite(value) for value in row] for row in rows))

    def _run(self, *statements: str) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _drop(create: str) -> str:
    return f"DROP INDEX {create.split()[2]}"


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None))
    if isinstance(value, uuid.UUID):
        return value.hex
    return value if value is None or isinstance(value, int | float) else str(value)


class Maker:
    """Draws everything, the oldest first; keys follow the order of reception."""

    def __init__(self, signals: int, events: int) -> None:
        from django.contrib.contenttypes.models import ContentType
        from django.utils import timezone

        from zichtlijn.supervision.programme.models import Activity
        from zichtlijn.supervision.signals import models

        self.chance = random.Random(SEED)
        self.texts = Texts(self.chance)
        self.signals, self.now = signals, timezone.now()
        self.first_key = (models.Signal._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        self.first_with_events = signals - events // 2
        self.is_rare = set(range(0, signals, max(1, signals // RARE_TEXTS)))
        self.step_of_time = timedelta(days=365 * YEARS) / signals
        self.activities = list(Activity._base_manager.values_list("pk", flat=True)[:200])
        self.activity_type = ContentType.objects.get_for_model(Activity).pk
        self.categories = list(models.NotificationCategory._base_manager.values_list("pk", flat=True))
        self.keys: dict[Any, Iterator[int]] = {}
        self.to_be_named = NAMED_FILES
        self._make_people()
        self._make_organisations()

    def _make_people(self) -> None:
        from zichtlijn.platform.accounts.models import Team, TeamMember, User

        self.teams = Team.objects.bulk_create(Team(name=f"Team {number + 1}") for number in range(TEAMS))
        self.handlers = User.objects.bulk_create(
            User(username=f"bench-{number}", full_name=f"Inspecteur {number}", role="inspector")
            for number in range(HANDLERS)
        )
        User.objects.create(username=ADMINISTRATOR, full_name="Beheerder van de meting", role="administrator")
        self.restricted = User.objects.create(username=RESTRICTED, full_name="Inspecteur in team 1", role="inspector")
        members = [(self.teams[number % TEAMS], user) for number, user in enumerate(self.handlers)]
        members.append((self.teams[0], self.restricted))
        TeamMember.objects.bulk_create(TeamMember(team=team, user=user) for team, user in members)
        # Who is measured handles nothing, and so owns nothing that is restricted.
        self.of_team = {team.pk: [user for its, user in members[:HANDLERS] if its == team] for team in self.teams}

    def _make_organisations(self) -> None:
        from zichtlijn.platform.search.indexing import index_records
        from zichtlijn.supervision.field.models import Domain, Organisation

        names = random.Random(SEED).sample(self.texts.places, ORGANISATIONS)
        self.organisations = Organisation.objects.bulk_create(
            Organisation(name=f"Instelling {name}", kind="institution") for name in names
        )
        index_records(self.organisations)
        self.domains = list(Domain.objects.all()[:DOMAINS])
        # Some are told about far more often than others.
        self.org_weights = list(itertools.accumulate(1 / (number + 5) for number in range(ORGANISATIONS)))

    def write(self, bulk: Bulk, numbers: Iterable[int]) -> None:
        """Make these, the oldest being number 0, and write them in one transaction."""
        from django.db import transaction

        from zichtlijn.platform.events.recording import record_many
        from zichtlijn.platform.search.indexing import entry_of
        from zichtlijn.platform.search.models import SearchEntry
        from zichtlijn.platform.search.registry import searchable_of
        from zichtlijn.supervision.signals.models import Signal

        signals, parts, happenings = [], [], []
        for number in numbers:
            signal = self._signal(number)
            signals.append(signal)
            parts += self._parts(signal)
            if number >= self.first_with_events:
                happenings += self._happenings(signal)
        how = searchable_of(Signal)
        entries = [self._keyed(entry_of(each, how), after=SearchEntry) for each in signals]
        with transaction.atomic():
            bulk.write(signals)
            for _model, those in itertools.groupby(sorted(parts, key=_name_of), key=_name_of):
                bulk.write(list(those))
            bulk.write(entries)
            record_many(actor=None, happenings=happenings)

    def _signal(self, number: int) -> Signal:
        from zichtlijn.supervision.signals.models import Signal

        chance = self.chance
        notification = chance.random() < NOTIFICATIONS
        organisation = None
        if notification or chance.random() < OF_AN_ORGANISATION:
            organisation = chance.choices(self.organisations, cum_weights=self.org_weights)[0]
        place = self.texts.place()
        subject, text = self.texts.of_signal(place, notification=notification, rare=number in self.is_rare)
        received_at = self.now - self.step_of_time * (self.signals - number) - timedelta(seconds=chance.random())
        signal = Signal(
            pk=self.first_key + number,
            kind="notification" if notification else ("complaint" if chance.random() < 0.12 else "signal"),
            channel=chance.choice(("account", "api")) if notification else _drawn(chance, CHANNELS),
            subject=subject,
            text=text,
            organisation=organisation,
            organisation_as_told="" if organisation else f"een instelling in {place}",
            domain=chance.choice(self.domains),
            place=place,
            received_at=received_at,
            submitted_at=received_at,
            file_key=uuid.UUID(int=chance.getrandbits(128), version=4),
        )
        self._handle(signal, age=1 - number / self.signals)
        signal.access = _drawn(chance, ACCESS)
        if signal.access == "team" and signal.team is None:
            signal.team = chance.choice(self.teams)
        signal.set_audience()
        return signal

    def _handle(self, signal: Signal, *, age: float) -> None:
        """Where it stands. What is new is open, of what is older nearly nothing."""
        chance = self.chance
        if chance.random() < WITH_TEAM:
            signal.team = chance.choice(self.teams)
        is_open = chance.random() < (0.75 if age < 0.04 else 0.15 if age < 0.1 else 0.01)
        if is_open:
            signal.state = _drawn(chance, OPEN_AS)
            if signal.state == "waiting_organisation" and signal.organisation is None:
                signal.state = "in_triage"
        elif signal.pk > self.first_key + 50 and chance.random() < 0.02:
            signal.state, signal.merged_into_id = "merged", signal.pk - chance.randint(1, 50)
        elif signal.kind == "notification" and chance.random() < 0.05:
            signal.state, signal.submitted_at = chance.choice(("draft", "discarded")), None
        else:
            self._close(signal)
        if signal.state not in ("received", "draft", "discarded"):
            signal.assignee = chance.choice(self.of_team[signal.team_id] if signal.team else self.handlers)

    def _close(self, signal: Signal) -> None:
        chance = self.chance
        signal.state, signal.outcome = "closed", _drawn(chance, OUTCOMES)
        signal.closed_at = min(signal.received_at + timedelta(days=chance.uniform(1, 40)), self.now)
        if signal.outcome == "added":
            signal.added_type_id, signal.added_id = self.activity_type, chance.choice(self.activities)

    def _parts(self, signal: Signal) -> list[Any]:
        """What stands with it: sender, notification, steps, messages, own evaluation, accesses and ties."""
        from zichtlijn.supervision.signals import models

        chance, made = self.chance, []
        if signal.kind == "notification":
            made.append(self._notification(signal))
        elif signal.channel not in ("media", "inspectorate"):
            made.append(models.Sender(signal=signal, is_anonymous=True))
        if signal.assignee is not None:
            made += self._steps(signal)
        if signal.state == "waiting_organisation":
            made.append(self._evaluation(signal))
        if signal.state == "waiting_sender" or (signal.outcome and chance.random() < 0.3):
            text, asks = "Kunt u ons meer vertellen?", not signal.outcome
            made.append(
                models.Message(
                    signal=signal,
                    direction="to_sender",
                    text=text,
                    asks=asks,
                    author=signal.assignee,
                    at=signal.received_at,
                )
            )
        if signal.access == "restricted":
            made += self._accesses(signal)
        if chance.random() < 0.01 and signal.pk > self.first_key:
            other = signal.pk - chance.randint(1, min(50, signal.pk - self.first_key))
            made.append(models.SignalLink(low_id=other, high=signal, kind="related", likeness=chance.randint(50, 95)))
        return [self._keyed(each) for each in made]

    def _notification(self, signal: Signal) -> Any:
        from zichtlijn.supervision.signals.models import OPEN_STATES, Notification

        received = signal.received_at
        is_open = signal.state in OPEN_STATES
        due = received + timedelta(weeks=self.chance.randint(1, 8)) if self.chance.random() < 0.5 else None
        if is_open:
            signal.term_at = due
        return Notification(
            signal=signal,
            category_id=self.chance.choice(self.categories),
            discovered_at=received - timedelta(hours=self.chance.randint(1, 60)),
            first_measures="De betrokkenen zijn opgevangen.",
            closing_due_at=due,
            closing_report="" if is_open or not due else "De werkwijze is aangepast.",
            closing_reported_at=None if is_open else due,
        )

    def _evaluation(self, signal: Signal) -> Any:
        from zichtlijn.supervision.signals.deadlines import end_of_day
        from zichtlijn.supervision.signals.models import OwnEvaluation

        due = signal.received_at.date() + timedelta(days=self.chance.randint(14, 60))
        signal.term_at = min(filter(None, (signal.term_at, end_of_day(due))))
        question = "Onderzoek zelf wat er gebeurde."
        return OwnEvaluation(
            signal=signal,
            organisation=signal.organisation,
            question=question,
            asked_at=signal.received_at,
            due_on=due,
        )

    def _steps(self, signal: Signal) -> list[Any]:
        from zichtlijn.supervision.signals.models import TriageStep

        steps = [("take_up", "in_triage")]
        last = STEPS.get(signal.outcome) or LAST_STEP.get(signal.state)
        if last and last != "take_up":
            steps.append((last, signal.state))
        return [
            TriageStep(
                signal=signal,
                step=step,
                state=state,
                reason="Bekeken en afgewogen." if state == "closed" else "",
                ground="known" if step == "take_no_action" else "",
                person=signal.assignee,
                person_name=str(signal.assignee),
                at=signal.received_at + timedelta(hours=hours),
            )
            for hours, (step, state) in enumerate(steps, start=1)
        ]

    def _accesses(self, signal: Signal) -> list[Any]:
        """The owner of a restricted file; and the inspector who is measured is named on some of the newest."""
        from zichtlijn.platform.casefiles.models import FileAccess

        owner = signal.assignee or self.chance.choice(self.handlers)
        made = [FileAccess(file_key=signal.file_key, user=owner, purpose="behandelaar", is_owner=True)]
        near = signal.pk - self.first_key >= self.signals * 0.95
        if near and self.to_be_named and owner != self.restricted and signal.state != "merged":
            self.to_be_named -= 1
            made.append(FileAccess(file_key=signal.file_key, user=self.restricted, purpose="meelezen"))
        return made

    def _happenings(self, signal: Signal) -> list[Any]:
        """That it came in, and the last that was done with it."""
        from zichtlijn.platform.events.recording import Happening
        from zichtlijn.supervision.signals.telling import told

        came = "signals.submit" if signal.kind == "notification" else "signals.enter"
        now, received = told(signal), signal.received_at
        first = Happening(came, signal, after={**now, "state": "received"}, at=received)
        last = STEPS.get(signal.outcome) or LAST_STEP.get(signal.state, "set_team")
        then = Happening(
            f"signals.{last}", signal, before={**now, "state": "received"}, after=now, at=received + timedelta(hours=2)
        )
        return [first, then]

    def _keyed(self, made: Any, after: Any = None) -> Any:
        """The next key of its table."""
        model = after or type(made)
        if model not in self.keys:
            last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
            self.keys[model] = itertools.count(last + 1)
        made.pk = next(self.keys[model])
        return made


def _name_of(instance: Any) -> str:
    return str(instance._meta.label)


def _drawn(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


if __name__ == "__main__":
    main()
