"""The number of queries of the work list and the page of a signal depends on neither rows nor rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zichtlijn.platform.accounts.models import Team, TeamMember
from zichtlijn.supervision.signals.actions import tying
from zichtlijn.supervision.signals.models import Message, TriageStep

pytestmark = pytest.mark.django_db


def queries(client: Any, address: str) -> int:
    client.get(address)  # what is remembered once per process
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def fill(came_in: Any, user: Any, prison: Any, times: int) -> Any:
    first = came_in(organisation=prison, state="in_triage")
    for number in range(times):
        other = came_in(organisation=prison, text=f"Het lekt {number}.", assignee=user)
        TriageStep.objects.create(signal=first, step="take_up", state="in_triage", person=user)
        Message.objects.create(signal=first, direction="to_sender", text="x", author=user)
        tying.link(actor=user, signal=first, other=other, kind="related")
    return first


@pytest.mark.parametrize("whose", ["", "mine", "team", "unassigned", "all"])
@pytest.mark.usefixtures("team")
def test_the_work_list(whose: str, bob: Any, client_of: Any, came_in: Any, prison: Any) -> None:
    client, address = client_of(bob), f"{reverse('signals:work-list')}?whose={whose}"
    came_in(organisation=prison, assignee=bob)
    few = queries(client, address)
    for number in range(12):
        team = Team.objects.create(name=f"Team {number}")
        TeamMember.objects.create(team=team, user=bob)
        came_in(organisation=prison, team=team, access="team", assignee=bob if number % 2 else None)
    assert queries(client, address) == few


def test_the_page_of_a_signal(bob: Any, client_of: Any, came_in: Any, prison: Any) -> None:
    client = client_of(bob)
    few = queries(client, fill(came_in, bob, prison, 2).get_absolute_url())
    for number in range(5):
        TeamMember.objects.create(team=Team.objects.create(name=f"Team {number}"), user=bob)
    assert queries(client, fill(came_in, bob, prison, 9).get_absolute_url()) == few
    assert few < 45


@pytest.mark.usefixtures("team")
def test_the_page_of_a_signal_asks_the_same_for_every_right(
    bob: Any, dave: Any, client_of: Any, came_in: Any, prison: Any
) -> None:
    address = fill(came_in, bob, prison, 2).get_absolute_url()
    assert queries(client_of(dave), address) == queries(client_of(bob), address)
