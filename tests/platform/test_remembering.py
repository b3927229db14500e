"""What is remembered while a page is read, and that nothing is remembered longer."""

from __future__ import annotations

from typing import Any

import pytest

from zichtlijn.platform.accounts.models import Team, TeamMember
from zichtlijn.platform.casefiles.models import audiences_of
from zichtlijn.platform.remembering import know, once, remembering


def counting() -> Any:
    asked: list[int] = []
    return lambda: asked.append(1) or len(asked)


def test_a_question_is_asked_once_while_something_is_read() -> None:
    ask = counting()
    with remembering("GET"):
        assert [once("who", ask), once("who", ask)] == [1, 1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", None])
def test_nothing_is_remembered_while_something_may_change(method: str | None) -> None:
    ask = counting()
    with remembering(method):
        know("who", 99)
        assert [once("who", ask), once("who", ask)] == [1, 2]


def test_the_next_request_asks_again() -> None:
    ask = counting()
    with remembering("GET"):
        once("who", ask)
    with remembering("GET"):
        assert once("who", ask) == 2
    assert once("who", ask) == 3


@pytest.mark.django_db
def test_a_team_that_ended_counts_from_the_next_request_on(bob: Any, team: Team) -> None:
    with remembering("GET"):
        assert f"team:{team.pk}" in audiences_of(bob)
    TeamMember.objects.filter(user=bob).update(ended_on="2024-01-01")
    with remembering("GET"):
        assert f"team:{team.pk}" not in audiences_of(bob)
