"""Every pair of stage and step of a destruction list, by action and by page, and who may take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.retention.actions.listing import STEPS, take_step
from zichtlijn.platform.retention.models import DestructionList
from zichtlijn.platform.retention.transitions import LIST, STEP_PERMISSIONS

pytestmark = pytest.mark.django_db
PAIRS = [(state, step) for state in sorted(LIST.states) for step in sorted(LIST.steps)]
ListIn = Callable[..., DestructionList]


def who(step: str, dave: Any, carol: Any) -> Any:
    """Who may take a step with a list of dave's."""
    return dave if step in ("propose", "withdraw") else carol


def prepared(list_in: ListIn, state: str, carol: Any) -> DestructionList:
    """A list in a stage, every line reviewed where that can be."""
    found = list_in(state)
    found.lines.filter(decision="open").update(decision="keep", reason="Later", reviewer=carol)
    return found


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_a_step_of_the_table_is_taken_and_no_other(
    state: str, step: str, list_in: ListIn, dave: Any, carol: Any
) -> None:
    found = prepared(list_in, state, carol)
    before = Event.objects.count()
    if step in LIST.allowed(state) and step != "finish":
        take_step(actor=who(step, dave, carol), found=found, step=step)
        found.refresh_from_db()
        assert found.state == LIST.after(state, step)
        assert Event.objects.order_by("-pk")[0].action == f"retention.{step}"
    else:
        with pytest.raises((ValidationError, PermissionDenied)):
            take_step(actor=who(step, dave, carol), found=found, step=step)
        found.refresh_from_db()
        assert (found.state, Event.objects.count()) == (state, before)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_page_of_a_step_does_what_the_table_says(
    pair: tuple[str, str], list_in: ListIn, dave: Any, carol: Any, client_of: Any
) -> None:
    state, step = pair
    found = prepared(list_in, state, carol)
    client = client_of(who(step, dave, carol))
    answer = client.post(reverse("retention:list-step", args=[found.pk, step]))
    assert answer.status_code == (404 if step == "finish" else 302)
    found.refresh_from_db()
    taken = step in LIST.allowed(state) and step != "finish"
    assert found.state == (LIST.after(state, step) if taken else state)


@pytest.mark.parametrize("name", ["alice", "bob", "anna", "frank", "erin", "olga", "pia"])
def test_others_take_no_step(name: str, list_in: ListIn, carol: Any, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(name)
    found = prepared(list_in, "review", carol)
    for step in STEPS:
        if not (name == "alice" and step == "send_back"):  # the programme manager reviews
            assert not user.has_perm(STEP_PERMISSIONS[step], found)
            with pytest.raises((PermissionDenied, ValidationError)):
                take_step(actor=user, found=found, step=step)
    found.refresh_from_db()
    assert found.state == "review"


def test_every_step_has_a_permission_and_but_the_last_an_action() -> None:
    assert set(STEP_PERMISSIONS) == LIST.steps == {*STEPS, "finish"}
