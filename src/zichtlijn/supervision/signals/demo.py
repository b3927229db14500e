"""The demo of what comes in: made-up signals and notifications over the year before the day of loading.

The same seed makes the same ones; only the days move along with the day on which the demo is loaded, so that there is
work on every list and terms run.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from zichtlijn.platform.accounts.models import Team, User
from zichtlijn.platform.events.recording import Happening, record_many
from zichtlijn.platform.search.indexing import index_records
from zichtlijn.supervision.field.models import Domain, Organisation

from . import demo_retention, terms
from .models import (
    Channel,
    Direction,
    Message,
    Notification,
    Outcome,
    Sender,
    Signal,
    SignalKind,
    SignalState,
    TriageStep,
)
from .norms import NO_ACTION_GROUNDS
from .reference import category_on
from .stepping import first_term
from .telling import told

SEED = 20240101
SIGNALS, NOTIFICATIONS, OVERDUE = 400, 120, 5
CHANNELS = {
    Channel.FORM: 45,
    Channel.TELEPHONE: 20,
    Channel.EMAIL: 12,
    Channel.LETTER: 6,
    Channel.MEDIA: 7,
    Channel.INSPECTORATE: 5,
    Channel.STATE_OF_EXECUTION: 5,
}
OUTCOMES = {Outcome.NO_ACTION: 64, Outcome.ADDED: 22, Outcome.PASSED_ON: 14}
STEP_OF = {
    Outcome.NO_ACTION: "take_no_action",
    Outcome.ADDED: "add_to_activity",
    Outcome.PASSED_ON: "pass_on",
}
CLOSING = "jeugd-calamiteit"  # the category with a term for its closing report
# Two waves: so many days ago, so many days wide, which share of all.
WAVES = ((210, 12, 0.12), (75, 10, 0.10))
ALL_CLOSED_BEFORE = timedelta(days=60)
Words = Mapping[str, Any]


@dataclass
class Made:
    """One thing that came in with what was done with it, not stored yet."""

    signal: Signal
    steps: list[TriageStep] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    sender: Sender | None = None
    notification: Notification | None = None


def load(*, folder: Path, activities: Sequence[models.Model]) -> list[Signal]:
    """Make and store everything; gives the signals in order of reception. ``activities``: what signals are added to.

    What is there already stays as it is, and nothing is added to it.
    """
    if Signal._base_manager.filter(is_demo=True).exists():
        return []
    demo_retention.load_signals()
    words = yaml.safe_load((folder / "texts.yaml").read_text(encoding="utf-8"))
    maker = _Maker(words, activities, timezone.now())
    made = [maker.signal() for _ in range(SIGNALS)] + [
        maker.notification(overdue=number < OVERDUE) for number in range(NOTIFICATIONS)
    ]
    made.sort(key=lambda each: each.signal.received_at)
    _store(made)
    return [each.signal for each in made]


class _Maker:
    """Draws one after the other."""

    def __init__(self, words: Words, activities: Sequence[models.Model], now: datetime) -> None:
        self._words, self._activities, self._now = words, activities, now
        self._chance = random.Random(SEED)  # noqa: S311 - the same demo every time
        self._organisations = {each.name: each for each in Organisation.objects.standing()}
        self._domains = {each.name: each for each in Domain.objects.all()}
        self._people = {user.username: user for user in User.objects.filter(is_demo=True)}
        self._teams = list(Team.objects.filter(is_demo=True).order_by("pk"))
        self._equal_days = terms.equal_days(now.date() - timedelta(days=400))

    def signal(self) -> Made:
        """A signal or complaint from a citizen, a professional, the press or another inspectorate."""
        chance = self._chance
        group = chance.choice(self._words["signals"])
        chosen = chance.choice(group["subjects"])
        channel = _drawn(chance, CHANNELS)
        signal = self._about(group, chosen)
        signal.channel = channel
        citizen = channel in (Channel.FORM, Channel.TELEPHONE, Channel.EMAIL, Channel.LETTER)
        signal.kind = SignalKind.COMPLAINT if citizen and chance.random() < 0.12 else SignalKind.SIGNAL
        if channel == Channel.FORM and chance.random() < 0.3:
            signal.organisation_as_told, signal.organisation = f"de {group['about'].lower()}, denk ik", None
        signal.received_at = signal.submitted_at = self._moment()
        made = Made(signal)
        if channel not in (Channel.MEDIA, Channel.STATE_OF_EXECUTION, Channel.INSPECTORATE):
            made.sender = self._sender(signal)
        self._handle(made)
        return made

    def notification(self, *, overdue: bool) -> Made:
        """An incident notification of an organisation; ``overdue``: its closing report should have come by now."""
        chance = self._chance
        groups = [group for group in self._words["notifications"] if not overdue or CLOSING in group["categories"]]
        group = chance.choice(groups)
        signal = self._about(group, chance.choice(group["subjects"]))
        signal.kind, signal.channel = SignalKind.NOTIFICATION, _drawn(chance, {Channel.ACCOUNT: 60, Channel.API: 40})
        discovered_at = self._now - timedelta(days=chance.randint(46, 56)) if overdue else self._moment()
        code = CLOSING if overdue else chance.choice(group["categories"])
        category = category_on(code, discovered_at.date())
        if category is None:
            raise ValueError("the demo names a category that does not hold")
        due_at = terms.due(category, discovered_at, self._equal_days)
        late = not overdue and chance.random() < 0.12
        after = timedelta(days=9) if late else timedelta(hours=chance.randint(1, 20))
        signal.received_at = signal.submitted_at = min(discovered_at + after, self._now - timedelta(minutes=5))
        signal.happened_on = timezone.localtime(discovered_at).date()
        signal.sender_reference = f"DEMO-{chance.randrange(16**6):06X}"
        closing_due_at = terms.closing_due(category, signal.received_at)
        reported = not overdue and closing_due_at is not None and closing_due_at < self._now and chance.random() < 0.9
        made = Made(signal)
        made.notification = Notification(
            signal=signal,
            category=category,
            discovered_at=discovered_at,
            due_at=due_at,
            phoned_at=discovered_at + timedelta(hours=1) if category.phone_first else None,
            first_measures="De betrokkenen zijn opgevangen (demo).",
            closing_due_at=closing_due_at,
            closing_report="Onderzocht wat er gebeurde; de werkwijze is aangepast (demo)." if reported else "",
            closing_reported_at=closing_due_at - timedelta(days=2) if reported and closing_due_at else None,
        )
        if overdue:
            self._take_up(made)
        else:
            self._handle(made)
        return made

    def _about(self, group: Words, chosen: Words) -> Signal:
        chance, words = self._chance, self._words
        slots = {
            "place": chance.choice(words["places"]),
            "since": chance.choice(words["since"]),
            "effect": chance.choice(words["effects"]),
        }
        return Signal(
            subject=chosen["subject"],
            text=chosen["text"].format(**slots),
            place=slots["place"],
            organisation=self._organisations[group["about"]],
            domain=self._domains[group["domain"]],
            is_demo=True,
        )

    def _moment(self) -> datetime:
        """More on working days and in the waves; in the last two weeks enough for every list."""
        chance = self._chance
        drawn, days = chance.random(), 0.0
        for ago, wide, share in WAVES:
            if drawn < share:
                days = max(1.0, chance.gauss(ago, wide))
                break
            drawn -= share
        else:
            days = chance.uniform(0.2, 14) if drawn < 0.14 else chance.uniform(14, 364)
        moment = self._now - timedelta(days=days)
        if moment.weekday() >= 5 and chance.random() < 0.6:
            moment -= timedelta(days=2)
        return moment.replace(minute=chance.randrange(60), second=0, microsecond=0)

    def _sender(self, signal: Signal) -> Sender:
        chance = self._chance
        if signal.channel in (Channel.FORM, Channel.LETTER) and chance.random() < 0.6:
            return Sender(signal=signal)
        number = chance.randrange(1000)
        return Sender(
            signal=signal, is_anonymous=False, name=f"Melder {number} (demo)", email=f"melder{number}@demo.example"
        )

    def _handle(self, made: Made) -> None:
        """What happened since, in the steps of the table."""
        chance, signal = self._chance, made.signal
        age = self._now - signal.received_at
        if age < ALL_CLOSED_BEFORE and chance.random() < 0.35 + 0.5 * (age < timedelta(days=14)):
            signal.team = chance.choice([*self._teams, None])
            if age > timedelta(days=2) and chance.random() < 0.7:
                self._take_up(made)
                if made.sender and chance.random() < 0.25:
                    self._ask(made, answered=False)
            return
        handler = self._take_up(made)
        if made.sender and chance.random() < 0.2:
            self._ask(made, answered=True)
        self._close(made, handler)

    def _take_up(self, made: Made) -> User:
        signal, chance = made.signal, self._chance
        name = chance.choices(["inspecteur", "inspecteur2", "analist", "programmamanager"], [45, 35, 15, 5])[0]
        handler = self._people[name]
        signal.assignee, signal.state = handler, SignalState.IN_TRIAGE
        self._step(made, "take_up", handler, days=chance.uniform(0.1, 2))
        return handler

    def _ask(self, made: Made, *, answered: bool) -> None:
        signal, chance = made.signal, self._chance
        handler = signal.assignee
        signal.state = SignalState.WAITING_SENDER
        at = self._step(made, "ask_sender", handler, days=chance.uniform(0.1, 2)).at
        question = Message(
            signal=signal,
            direction=Direction.TO_SENDER,
            text=chance.choice(self._words["questions"]),
            asks=True,
            author=handler,
            at=at,
        )
        made.messages.append(question)
        if answered:
            signal.state = SignalState.IN_TRIAGE
            at = self._step(made, "answer", None, days=chance.uniform(0.5, 4)).at
            text = chance.choice(self._words["answers"])
            made.messages.append(Message(signal=signal, direction=Direction.FROM_SENDER, text=text, at=at))

    def _close(self, made: Made, handler: User) -> None:
        signal, chance = made.signal, self._chance
        outcome = _drawn(chance, OUTCOMES)
        signal.state, signal.outcome = SignalState.CLOSED, outcome
        step = self._step(made, STEP_OF[outcome], handler, days=chance.uniform(1, 25))
        signal.closed_at, step.reason = step.at, self._words["reasons"][outcome]
        if outcome == Outcome.NO_ACTION:
            step.ground = chance.choice(sorted(NO_ACTION_GROUNDS))
        elif outcome == Outcome.PASSED_ON:
            step.recipient = chance.choice(self._words["recipients"])
        else:
            activity = chance.choice(self._activities)
            signal.added_type = ContentType.objects.get_for_model(activity)
            signal.added_id = activity.pk
        if made.sender:
            text = self._words["replies"][outcome]
            made.messages.append(
                Message(signal=signal, direction=Direction.TO_SENDER, text=text, author=handler, at=step.at)
            )

    def _step(self, made: Made, step: str, person: User | None, *, days: float) -> TriageStep:
        before = made.steps[-1].at if made.steps else made.signal.received_at
        at = min(before + timedelta(days=days), self._now - timedelta(minutes=1))
        taken = TriageStep(
            signal=made.signal,
            step=step,
            state=made.signal.state,
            person=person,
            person_name=str(person) if person else "",
            at=at,
        )
        made.steps.append(taken)
        return taken


def _drawn(chance: random.Random, weights: Mapping[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]


def _store(made: Sequence[Made]) -> None:
    signals = [each.signal for each in made]
    for signal in signals:
        signal.set_audience()
    Signal.objects.bulk_create(signals)
    for each in made:
        for part in (*each.steps, *each.messages, each.sender, each.notification):
            if part is not None:
                part.signal = each.signal  # now with its key
    Sender.objects.bulk_create([each.sender for each in made if each.sender])
    Notification.objects.bulk_create([each.notification for each in made if each.notification])
    TriageStep.objects.bulk_create([step for each in made for step in each.steps])
    Message.objects.bulk_create([message for each in made for message in each.messages])
    for signal in signals:
        signal.term_at = first_term(signal) if signal.kind == SignalKind.NOTIFICATION else None
    Signal.objects.bulk_update([signal for signal in signals if signal.term_at], ["term_at"])
    record_many(actor=None, happenings=[happening for each in made for happening in _happenings(each)])
    index_records(signals)


def _happenings(made: Made) -> list[Happening]:
    came = "signals.submit" if made.notification else "signals.enter"
    found = [Happening(came, made.signal, after={**told(made.signal), "state": "received"}, at=made.signal.received_at)]
    state = "received"
    for step in made.steps:
        found.append(
            Happening(
                f"signals.{step.step}",
                made.signal,
                before={"state": state},
                after={"state": step.state},
                reason=step.ground,
                at=step.at,
            )
        )
        state = step.state
    return found
