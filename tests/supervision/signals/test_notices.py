"""Who is told what of what comes in, and that no word of a case goes along."""
# ruff: noqa: F811 - fixtures of another folder

from __future__ import annotations

import pytest

from tests.platform.notices.conftest import mailed_at_once, post_office  # noqa: F401 - fixtures
from zichtlijn.platform.notices.models import MailState, Notice, OutgoingMail
from zichtlijn.platform.notices.outbox import send_waiting
from zichtlijn.supervision.signals.actions import triage

pytestmark = pytest.mark.django_db
CANARY = "Vergaderzaal Papegaai"


@pytest.fixture
def mailed_bob(bob, mailed_at_once):
    """Bob, who wants mail at once."""
    return mailed_at_once(bob)


def kinds_of(person) -> list[str]:
    return sorted(Notice.objects.filter(user=person).values_list("kind", flat=True))


def test_who_gets_a_signal_reads_so_on_the_page_and_in_the_mail(came_in, mailed_bob, alice, client_of, post_office):
    bob = mailed_bob
    signal = came_in(subject=CANARY, text=f"In {CANARY} gebeurt het.")
    triage.assign(actor=alice, signal=signal, assignee=bob)

    browser = client_of(bob)
    page = browser.get("/notices/").content.decode()
    assert signal.reference in page
    assert CANARY not in page
    assert '<span class="zl-count" aria-hidden="true">1</span>' in page
    notice = Notice.objects.get(user=bob)
    assert browser.get(f"/notices/{notice.pk}/open").headers["Location"] == signal.get_absolute_url()
    assert '<span class="zl-count"' not in browser.get("/notices/").content.decode()

    assert send_waiting().sent == 1
    assert OutgoingMail.objects.get().state == MailState.SENT
    [(to, mail)] = post_office.taken
    assert to == "bob@inspectie.example"
    text = mail.get_payload(decode=True).decode()
    assert signal.reference in str(mail["Subject"])
    assert f"https://zichtlijn.example{signal.get_absolute_url()}" in text
    assert CANARY not in text + str(mail["Subject"])
