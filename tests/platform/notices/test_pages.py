"""The pages of notices: each person their own, the outbox for who watches over it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.notices.models import MailState, Notice, NoticeSetting, OutgoingMail
from zichtlijn.platform.notices.outbox import MOST_ATTEMPTS, put_out
from zichtlijn.platform.notices.telling import tell_people
from zichtlijn.platform.tasks.recurring import run_due

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


@pytest.fixture
def told(team, bob):
    """Bob was told something."""
    tell_people([bob], "notices.term_near", about=team, day=DAY, url="/accounts/me")
    return Notice.objects.get()


def test_a_notice_is_read_by_opening_what_it_is_about(told, bob, client_of):
    browser = client_of(bob)
    assert f"/notices/{told.pk}/open" in browser.get("/notices/").content.decode()
    assert browser.get(f"/notices/{told.pk}/open").headers["Location"] == "/accounts/me"
    told.refresh_from_db()
    assert told.read_at is not None


def test_notices_are_marked_as_read_one_by_one_or_all(told, team, bob, client_of):
    tell_people([bob], "notices.term_near", about=team, day=DAY)
    browser = client_of(bob)
    browser.post(f"/notices/{told.pk}/read")
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
    browser.post("/notices/read")
    assert not Notice.objects.filter(read_at__isnull=True).exists()


@pytest.mark.parametrize(("method", "end"), [("get", "open"), ("post", "read")])
def test_the_notices_of_somebody_else_do_not_exist(method, end, told, alice, client_of):
    browser = client_of(alice)
    assert getattr(browser, method)(f"/notices/{told.pk}/{end}").status_code == 404
    assert "Sanctietoepassing" not in browser.get("/notices/").content.decode()
    browser.post("/notices/read")
    told.refresh_from_db()
    assert told.read_at is None


def test_what_somebody_no_longer_sees_has_no_link(told, bob, client_of):
    bob.role = "reader"  # readers see no teams
    bob.save()
    page = client_of(bob).get("/notices/").content.decode()
    assert "Sanctietoepassing" in page
    assert f"/notices/{told.pk}/open" not in page


def test_the_head_counts_up_to_a_bound_in_one_query(told, team, bob, client_of, django_assert_num_queries):
    Notice.objects.bulk_create(
        Notice(user=bob, kind="notices.term_near", sentence=told.sentence, key=str(number)) for number in range(150)
    )
    page = client_of(bob).get("/accounts/me").content.decode()
    assert '<span class="zl-count" aria-hidden="true">100</span>' in page


def test_the_number_of_queries_does_not_grow_with_the_notices(told, team, bob, client_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = client_of(bob)
    browser.get("/notices/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/notices/")
    for _number in range(20):
        tell_people([bob], "notices.term_near", about=team, day=DAY, url="/accounts/me")
    with CaptureQueriesContext(connection) as many:
        browser.get("/notices/")
    assert len(many) == len(one)


@pytest.mark.parametrize("person", ["bob", "olga", "pia", "erin"])
def test_everybody_chooses_when_to_be_mailed(person, request, client_of):
    user = request.getfixturevalue(person)
    browser = client_of(user)
    assert browser.get("/notices/settings").status_code == 200
    assert browser.post("/notices/settings", {"rhythm": "at_once"}).status_code == 302
    assert NoticeSetting.objects.get(user=user).rhythm == "at_once"
    assert Event.objects.get(action="notices.set_rhythm").after_values == {"rhythm": "at_once"}
    assert browser.post("/notices/settings", {"rhythm": "hourly"}).status_code == 422


def test_mail_that_was_given_up_is_seen_by_the_administrator_and_sent_again(dave, client_of):
    put_out("gone@inspectie.example", "x", "y", key="1")
    OutgoingMail.objects.update(state=MailState.GIVEN_UP, attempts=MOST_ATTEMPTS, last_error="550 no such person")
    mail = OutgoingMail.objects.get()
    browser = client_of(dave)
    page = browser.get("/notices/outbox").content.decode()
    assert "gone@inspectie.example" in page
    assert "550 no such person" in page
    browser.post(f"/notices/outbox/{mail.pk}/again")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    assert mail.next_at <= timezone.now()
    assert Event.objects.filter(action="notices.try_again", object_id=str(mail.pk)).exists()


def test_mail_that_was_sent_is_not_sent_again(dave, client_of):
    put_out("bob@inspectie.example", "x", "y", key="1")
    OutgoingMail.objects.update(state=MailState.SENT)
    mail = OutgoingMail.objects.get()
    client_of(dave).post(f"/notices/outbox/{mail.pk}/again")
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


@pytest.mark.parametrize("person", ["bob", "alice", "erin"])
def test_the_outbox_is_for_the_administrator(person, request, client_of):
    put_out("bob@inspectie.example", "x", "y", key="1")
    browser = client_of(request.getfixturevalue(person))
    assert browser.get("/notices/outbox").status_code == 403
    assert browser.post(f"/notices/outbox/{OutgoingMail.objects.get().pk}/again").status_code == 403


def test_the_history_of_a_mail_is_for_the_administrator(bob, dave, client_of):
    put_out("bob@inspectie.example", "x", "y", key="1")
    mail = OutgoingMail.objects.get()
    client_of(dave).post(f"/notices/outbox/{mail.pk}/again")
    address = f"/events/notices.outgoingmail/{mail.pk}"
    assert client_of(dave).get(address).status_code == 200
    assert client_of(bob).get(address).status_code == 404


def test_the_administrator_sees_that_nothing_runs_by_itself(dave, client_of):
    browser = client_of(dave)
    assert "zichtlijn tick" in browser.get("/notices/outbox").content.decode()
    run_due()
    assert "zichtlijn tick" not in browser.get("/notices/outbox").content.decode()


def test_mail_is_thrown_away_a_month_after_it_was_sent():
    from zichtlijn.platform.notices.recurring import tidy

    now = timezone.now()
    for key, state, age in [("1", "sent", 31), ("2", "sent", 29), ("3", "given_up", 90)]:
        put_out("bob@inspectie.example", key, "y", key=key)
        OutgoingMail.objects.filter(subject=key).update(state=state, sent_at=now - timedelta(days=age))
    tidy()
    assert list(OutgoingMail.objects.values_list("subject", flat=True)) == ["2", "3"]
