"""The work list: whose work, which filters, and how near the terms are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from zichtlijn.platform.lists.models import SavedFilter
from zichtlijn.supervision.signals.labels import term_in_words
from zichtlijn.supervision.signals.models import OPEN_STATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client_of: Any, bob: Any) -> Any:
    """``listed("whose=mine")`` gives the keys on the page of bob."""
    client = client_of(bob)

    def keys(query: str = "", user: Any = None) -> set[int]:
        answer = (client_of(user) if user else client).get(f"{reverse('signals:work-list')}?{query}")
        assert answer.status_code == 200
        return {line.key for line in answer.context["lines"]}

    return keys


def test_each_tab_shows_whose_work_it_is(listed: Any, bob: Any, bart: Any, came_in: Any, team: Any) -> None:
    mine, others = came_in(assignee=bob), came_in(assignee=bart)
    of_team, nobodys = came_in(team=team), came_in()
    closed = came_in(assignee=bob, state="closed", outcome="no_action")
    assert listed("whose=mine") == {mine.pk}
    assert listed("whose=team") == {of_team.pk}
    assert listed("whose=unassigned") == {of_team.pk, nobodys.pk}
    assert listed() == {mine.pk, others.pk, of_team.pk, nobodys.pk}
    assert listed("whose=all") == listed() | {closed.pk}


def test_a_row_says_where_it_stands_with_whom_and_whether_it_is_demo(client_of: Any, bob: Any, came_in: Any) -> None:
    came_in(assignee=bob, state="in_triage", is_demo=True)
    with translation.override("en"):
        page = client_of(bob).get(reverse("signals:work-list"), headers={"accept-language": "en"}).content.decode()
    assert f"with {bob}" in page
    assert "signal · demo" in page


def test_what_was_closed_without_action_is_still_found_and_counted(listed: Any, bob: Any, came_in: Any) -> None:
    closed = came_in(assignee=bob, state="closed", outcome="no_action")
    came_in()
    assert listed("outcome=no_action") == listed("whose=mine&state=closed") == {closed.pk}


def test_filters_narrow_the_list(listed: Any, came_in: Any, prison: Any, shelter: Any, team: Any) -> None:
    one = came_in(kind="complaint", channel="letter", organisation=prison, team=team)
    came_in(organisation=shelter)
    for query in ("kind=complaint", "channel=letter", f"organisation={prison.pk}", f"team={team.pk}"):
        assert listed(query) == {one.pk}


def test_terms_that_are_over_or_near_are_found(listed: Any, came_in: Any) -> None:
    now = timezone.now()
    late, soon = came_in(term_at=now - timedelta(hours=1)), came_in(term_at=now + timedelta(days=5))
    later, without = came_in(term_at=now + timedelta(days=9)), came_in()
    assert listed("term=late") == {late.pk}
    assert listed("term=week") == {soon.pk}
    assert listed("term=none") == {without.pk}
    assert later.pk in listed()


def test_words_and_references_are_found(listed: Any, came_in: Any) -> None:
    fire, other = came_in(subject="Brand in vleugel B"), came_in(subject="Koude maaltijden")
    assert listed("words=vleugel") == {fire.pk}
    assert listed(f"words={other.reference.lower()}") == {other.pk}
    assert listed("words=onvindbaar") == set()


def test_nothing_invisible_is_listed_or_found(listed: Any, bart: Any, came_in: Any, team: Any) -> None:
    hidden = came_in(access="team", team=team, subject="kanarie")
    for query in ("whose=all", "words=kanarie", f"words={hidden.reference}", "whose=unassigned"):
        assert listed(query, bart) == set()
        assert listed(query) == {hidden.pk}


def test_drafts_are_on_no_list(listed: Any, came_in: Any) -> None:
    came_in(state="draft")
    assert listed("whose=all") == set()


def test_a_filter_is_kept_with_its_tab(client_of: Any, bob: Any, came_in: Any) -> None:
    came_in(assignee=bob, kind="complaint")
    client = client_of(bob)
    page = client.get(f"{reverse('signals:work-list')}?whose=mine&kind=complaint")
    assert "whose=mine" in page.context["kept_query"]
    assert '<input type="hidden" name="whose" value="mine">' in page.content.decode()
    kept = {"list": "signals.signals", "path": reverse("signals:work-list"), "query": "whose=mine&kind=complaint"}
    client.post(reverse("lists:save"), kept | {"name": "Mijn klachten"})
    assert SavedFilter.objects.get().get_absolute_url().endswith("?whose=mine&kind=complaint")


@pytest.mark.parametrize("who", ["erin", "olga", "pia"])
def test_the_list_is_for_staff(who: str, request: pytest.FixtureRequest, client_of: Any) -> None:
    answer = client_of(request.getfixturevalue(who)).get(reverse("signals:work-list"))
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("term", "words", "tone"),
    [
        (datetime(2026, 3, 12, 23, 0, tzinfo=UTC), "2 days left", "warning"),
        (datetime(2026, 3, 20, 23, 0, tzinfo=UTC), "10 days left", "neutral"),
        (datetime(2026, 3, 10, 23, 0, tzinfo=UTC), "until the end of today", "warning"),
        (datetime(2026, 3, 10, 11, 0, tzinfo=UTC), "within hours", "warning"),
        (datetime(2026, 3, 10, 8, 0, tzinfo=UTC), "1 day too late", "negative"),
        (datetime(2026, 3, 7, 23, 0, tzinfo=UTC), "3 days too late", "negative"),
    ],
)
def test_a_term_is_said_in_words_and_tone(term: datetime, words: str, tone: str) -> None:
    noon = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    with translation.override("en"):
        assert term_in_words(term, noon) == (words, tone)


def test_the_open_states_are_those_that_are_on_somebodys_list() -> None:
    assert set(OPEN_STATES).isdisjoint({"draft", "discarded", "closed", "merged"})
