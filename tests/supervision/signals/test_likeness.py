"""What a signal looks like: by words, organisation and weeks; never betraying what the user may not see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from zichtlijn.supervision.signals.actions import tying
from zichtlijn.supervision.signals.likeness import rank, suggestions
from zichtlijn.supervision.signals.models import Signal

pytestmark = pytest.mark.django_db

FIRE = "In de nacht brak brand uit in cel 14 van vleugel B. Het personeel had de sleutel niet bij zich."
FIRE_AGAIN = "Vannacht was er brand in vleugel B, cel 14. De bewaarders hadden geen sleutel van de cel bij zich."
FOOD = "De maaltijden zijn al weken koud en er is voor wie geen vlees eet niets anders."


def test_the_same_matter_ranks_above_another_one() -> None:
    alike, other, same = rank(FIRE.split(), [FIRE_AGAIN.split(), FOOD.split(), FIRE.split()])
    assert same == 100
    assert other < 35 < alike < same


def test_no_words_are_like_nothing() -> None:
    assert rank([], [FIRE.split()]) == [0]
    assert rank(FIRE.split(), []) == []


def test_only_the_same_organisation_and_weeks_are_compared(bob: Any, came_in: Any, prison: Any, shelter: Any) -> None:
    signal = came_in(text=FIRE, organisation=prison)
    near = came_in(text=FIRE_AGAIN, organisation=prison, received_at=timezone.now() - timedelta(days=29))
    came_in(text=FIRE_AGAIN, organisation=shelter)
    came_in(text=FIRE_AGAIN, organisation=prison, received_at=timezone.now() - timedelta(days=31))
    came_in(text=FOOD, organisation=prison)
    assert [each.signal for each in suggestions(Signal.objects.visible_to(bob), signal)] == [near]


def test_nothing_of_an_invisible_signal_shows(bart: Any, client_of: Any, came_in: Any, prison: Any, team: Any) -> None:
    signal = came_in(text=FIRE, organisation=prison)
    seen = came_in(text=FIRE_AGAIN, organisation=prison)
    before = [(each.signal.pk, each.likeness) for each in suggestions(Signal.objects.visible_to(bart), signal)]
    hidden = came_in(text=FIRE, organisation=prison, access="team", team=team, subject="kanarie")
    assert [(each.signal.pk, each.likeness) for each in suggestions(Signal.objects.visible_to(bart), signal)] == before
    assert before[0][0] == seen.pk
    page = client_of(bart).get(reverse("signals:suggestions", args=[signal.pk])).content.decode()
    assert "kanarie" not in page
    assert hidden.reference not in page


def test_what_was_judged_does_not_come_back(bob: Any, came_in: Any, prison: Any) -> None:
    signal, other = came_in(text=FIRE, organisation=prison), came_in(text=FIRE_AGAIN, organisation=prison)
    assert [each.signal for each in suggestions(Signal.objects.visible_to(bob), signal)] == [other]
    tying.judge_not_related(actor=bob, signal=signal, other=other, likeness=60)
    assert suggestions(Signal.objects.visible_to(bob), signal) == []
    assert suggestions(Signal.objects.visible_to(bob), other) == []


def test_the_number_of_queries_does_not_grow(
    bob: Any, came_in: Any, prison: Any, django_assert_max_num_queries: Any
) -> None:
    signal = came_in(text=FIRE, organisation=prison)
    for _each in range(30):
        came_in(text=FIRE_AGAIN, organisation=prison)
    with django_assert_max_num_queries(4):
        assert len(suggestions(Signal.objects.visible_to(bob), signal)) == 6
