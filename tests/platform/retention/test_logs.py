"""The read trail, notices and stored answers go after their term as well, and never in silence."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from zichtlijn.platform.api.models import IdempotentAnswer
from zichtlijn.platform.casefiles.models import Reading
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.notices.models import Notice
from zichtlijn.platform.retention.actions.listing import make_list, review_lines, take_step
from zichtlijn.platform.retention.checking import wrong_proofs
from zichtlijn.platform.retention.executing import go_on
from zichtlijn.platform.retention.models import DestructionList, Hold
from zichtlijn.platform.retention.recurring import sweep, tell_due
from zichtlijn.platform.retention.rules import load_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    load_rules()


def reading(bob: Any, at: datetime, number: int = 1) -> Reading:
    return Reading.objects.create(
        user=bob, user_name="Bob", kind="page", model_label="signals.signal", object_id=number,
        object_label=f"S-{number}", file_key=uuid.uuid4(), at=at,
    )  # fmt: skip


def notice(bob: Any, key: str, at: datetime) -> Notice:
    return Notice.objects.create(user=bob, kind="x", key=key, at=at)


def carried_out(dave: Any, carol: Any, kind: str) -> DestructionList:
    found = make_list(actor=dave, kinds=[kind])
    take_step(actor=dave, found=found, step="propose")
    lines = found.lines.values_list("pk", flat=True)
    review_lines(actor=carol, found=found, lines=lines, decision="destroy")
    for step in ("approve", "destroy"):
        take_step(actor=carol, found=found, step=step)
    go_on()
    found.refresh_from_db()
    return found


def test_the_readings_of_a_file_go_by_the_year(dave: Any, carol: Any, bob: Any) -> None:
    now = timezone.now()
    for day, number in ((1, 1), (2, 1), (3, 2)):
        reading(bob, now.replace(year=now.year - 7, month=3, day=day), number)
    young = reading(bob, now - timedelta(days=400))
    found = carried_out(dave, carol, "casefiles.reading")
    assert list(Reading.objects.all()) == [young]
    year = now.year - 7
    assert sorted(found.lines.values_list("reference", flat=True)) == [f"S-1, {year}", f"S-2, {year}"]
    assert wrong_proofs() == []


def test_a_hold_on_a_file_keeps_its_read_trail(dave: Any, bob: Any) -> None:
    reading(bob, timezone.now() - timedelta(days=365 * 7))
    Hold.objects.create(model_label="signals.signal", object_id=1, reason="Bezwaar", placed_by=dave)
    with pytest.raises(ValidationError):
        make_list(actor=dave, kinds=["casefiles.reading"])


def test_notices_go_by_the_month_a_year_after_it_ended(dave: Any, carol: Any, bob: Any) -> None:
    first = timezone.localtime().replace(day=1, hour=12)
    long_ago, lately = first - timedelta(days=500), first - timedelta(days=200)
    for key in ("a", "b"):
        notice(bob, key, long_ago)
    kept = notice(bob, "c", lately)
    found = carried_out(dave, carol, "notices.notice")
    assert list(Notice.objects.filter(kind="x")) == [kept]
    assert [line.key for line in found.lines.all()] == [f"{long_ago:%Y-%m}"]


def test_stored_answers_are_swept_by_their_rule_and_recorded(bob: Any) -> None:
    now = timezone.now()
    for key, days in (("new", 0), ("nearly", 29), ("old", 60)):
        IdempotentAnswer.objects.create(user=bob, key=key, status=200, body="{}", made_at=now - timedelta(days=days))
    assert sweep() == 1
    assert set(IdempotentAnswer.objects.values_list("key", flat=True)) == {"new", "nearly"}
    assert Event.objects.get(action="retention.sweep").after_values["number"] == 1
    assert sweep() == 0
    assert Event.objects.filter(action="retention.sweep").count() == 1
    with pytest.raises(ValidationError):
        make_list(actor=None, kinds=["api.idempotentanswer"])


def test_who_makes_lists_is_told_once_a_month_and_nothing_goes(dave: Any, carol: Any, alice: Any, bob: Any) -> None:
    reading(bob, timezone.now() - timedelta(days=365 * 7))
    assert tell_due() == 2
    assert tell_due() == 0
    assert set(Notice.objects.filter(kind="retention.due").values_list("user", flat=True)) == {dave.pk, carol.pk}
    assert Reading.objects.count() == 1
