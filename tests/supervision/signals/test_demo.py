"""The demo of what comes in: the same every time, whole, and with work for every role."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from zichtlijn.platform.accounts.demo import load_people
from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.events.checks import problems_found
from zichtlijn.supervision.field import actions as field
from zichtlijn.supervision.field.models import Domain, Organisation
from zichtlijn.supervision.signals import demo, demo_cases
from zichtlijn.supervision.signals.models import (
    OPEN_STATES,
    CriterionEvidence,
    IncidentFile,
    IncidentWeighing,
    Signal,
    TriageStep,
)
from zichtlijn.supervision.signals.reference import load_reference
from zichtlijn.supervision.signals.transitions import SIGNAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None, examples: Path) -> list[Signal]:
    """The demo, with organisations and domains of its own and a domain in the place of an activity."""
    load_reference()
    load_people()
    words = yaml.safe_load((examples / "demo_signals/texts.yaml").read_text(encoding="utf-8"))
    groups = [*words["signals"], *words["notifications"]]
    for name in sorted({group["about"] for group in groups}):
        if not Organisation.objects.filter(name=name).exists():
            field.register_organisation(actor=None, name=name)
    for name in sorted({group["domain"] for group in groups}):
        field.register_domain(actor=None, name=name)
    field.tie_account(
        actor=None,
        user=User.objects.get(username="melder-pi"),
        organisation=Organisation.objects.get(name="Penitentiaire inrichtingen"),
    )
    made = demo.load(folder=examples / "demo_signals", activities=list(Domain.objects.all()))
    demo_cases.load()
    return made


def test_there_are_as_many_as_said_and_each_says_that_it_is_a_demo(loaded: list[Signal]) -> None:
    kinds = Counter(signal.kind for signal in loaded)
    assert (kinds["signal"] + kinds["complaint"], kinds["notification"]) == (400, 120)
    assert not Signal._base_manager.filter(is_demo=False).exists()
    assert demo.load(folder=Path("not-looked-at"), activities=[]) == []


def test_every_step_is_one_of_the_table(loaded: list[Signal]) -> None:
    steps: dict[int, list[TriageStep]] = {}
    for step in TriageStep.objects.order_by("signal", "at", "id"):
        if step.step in SIGNAL.steps:
            steps.setdefault(step.signal_id, []).append(step)
    for signal in Signal._base_manager.exclude(state="draft"):
        state = "received"
        for step in steps.get(signal.pk, []):
            state = SIGNAL.after(state, step.step)
            assert state == step.state
        assert state == signal.state


def test_every_role_has_work(loaded: list[Signal]) -> None:
    still_open = Signal._base_manager.filter(state__in=OPEN_STATES)
    assigned = Counter(still_open.values_list("assignee__username", flat=True))
    assert assigned["inspecteur"] >= 8
    assert assigned[None] >= 8
    assert still_open.filter(term_at__lt=timezone.now()).count() >= demo.OVERDUE
    assert IncidentWeighing.objects.filter(state="submitted").count() == 2
    assert IncidentFile.objects.get().state == "surge"
    rests_on = Counter(each.content_type.model for each in CriterionEvidence.objects.select_related("content_type"))
    assert rests_on == {"signal": 2, "ownevaluation": 1}  # and a kept figure, where the datasets are there
    spokeswoman = User.objects.get(username="melder-pi")
    assert Signal.objects.visible_to(spokeswoman).filter(state="draft").count() == 3
    partner = User.objects.get(username="partner")
    assert IncidentFile.objects.visible_to(partner).count() == 1
    assert Signal._base_manager.filter(access="restricted").count() == 1


def test_readers_see_none_of_it(loaded: list[Signal]) -> None:
    assert not Signal.objects.visible_to(User.objects.get(username="lezer")).exists()


def test_the_record_is_whole(loaded: list[Signal]) -> None:
    assert problems_found() == []
