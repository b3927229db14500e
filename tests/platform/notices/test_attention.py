"""What asks the attention of the administrator: what is wrong now, and nothing when all is well."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from zichtlijn.platform.notices import troubles as registry
from zichtlijn.platform.notices.models import MailState, OutgoingMail
from zichtlijn.platform.notices.outbox import put_out
from zichtlijn.platform.notices.own_troubles import trouble_with_mail, trouble_with_what_recurs
from zichtlijn.platform.notices.troubles import Trouble, register_trouble, troubles
from zichtlijn.platform.tasks.models import RecurringRun
from zichtlijn.platform.tasks.recurring import all_recurring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    """No looks but those of the test, in English."""
    monkeypatch.setattr(registry, "_looks", {})
    with translation.override("en"):
        yield


@pytest.fixture
def all_ran() -> None:
    """Everything that recurs has just run, and went well."""
    now = timezone.now()
    RecurringRun.objects.bulk_create(
        RecurringRun(name=each.name, last_started=now, last_ended=now) for each in all_recurring()
    )


def said(look: Any) -> list[str]:
    return [str(trouble.what) for trouble in look()]


def test_the_page_says_what_is_wrong_and_what_helps_first_what_stops_work(dave: Any, client_of: Any) -> None:
    register_trouble("later", lambda: [Trouble("It may wait.", stops_work=False)])
    register_trouble("now", lambda: [Trouble("It is broken.", "Repair it.", "/notices/outbox", "Look here")])
    page = client_of(dave).get("/notices/attention").content.decode()
    assert 0 < page.index("It is broken.") < page.index("Repair it.") < page.index("It may wait.")
    assert "Look here</a>" in page


def test_when_all_is_well_the_page_says_so(dave: Any, client_of: Any) -> None:
    answer = client_of(dave).get("/notices/attention")
    assert answer.context["troubles"] == []
    assert "zl-empty" in answer.content.decode()


@pytest.mark.parametrize("person", ["alice", "bob", "carol", "erin", "olga", "pia"])
def test_it_is_for_the_administrator(person: str, request: pytest.FixtureRequest, client_of: Any) -> None:
    browser = client_of(request.getfixturevalue(person))
    assert browser.get("/notices/attention").status_code in (403, 404)
    assert "/notices/attention" not in browser.get("/notices/").content.decode()


def test_a_look_that_fails_does_not_keep_the_others_away() -> None:
    def fails() -> list[Trouble]:
        raise OSError("gone")

    register_trouble("the archive", fails)
    register_trouble("other", lambda: [Trouble("It is broken.")])
    assert said(troubles) == ["It could not be seen whether all is well with the archive.", "It is broken."]


def test_mail_that_was_given_up_and_mail_that_waits_without_a_server_are_counted(settings: Any) -> None:
    settings.SMTP_HOST = ""
    for number in range(3):
        put_out("bob@inspectie.example", "x", "y", key=str(number))
    OutgoingMail.objects.filter(pk=OutgoingMail.objects.first().pk).update(state=MailState.GIVEN_UP)
    assert said(trouble_with_mail) == [
        "1 e-mail message was given up.",
        "2 e-mail messages wait: no mail server is set.",
    ]
    settings.SMTP_HOST = "mail.example"
    OutgoingMail.objects.filter(state=MailState.GIVEN_UP).update(state=MailState.SENT)
    assert said(trouble_with_mail) == []


@pytest.mark.usefixtures("all_ran")
def test_what_failed_when_it_ran_last_is_named_with_its_error() -> None:
    assert said(trouble_with_what_recurs) == []
    RecurringRun.objects.filter(name="notices.send").update(last_error="OSError: no route")
    [trouble] = trouble_with_what_recurs()
    assert (trouble.what, trouble.remedy) == ("“Send e-mail” failed when it ran last.", "OSError: no route")


@pytest.mark.usefixtures("all_ran")
def test_what_has_not_run_for_long_is_trouble() -> None:
    RecurringRun.objects.filter(name="notices.send").update(last_started=timezone.now() - timedelta(days=2))
    assert said(trouble_with_what_recurs) == ["1 thing that should run by itself does not run."]
