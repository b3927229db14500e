"""Who is told what of what comes in, and that no word of a case goes along."""
# ruff: noqa: F811 - fixtures of another folder

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from tests.platform.notices.conftest import mailed_at_once, post_office  # noqa: F401 - fixtures
from zichtlijn.platform.accounts.models import TeamMember
from zichtlijn.platform.accounts.sender import Sender
from zichtlijn.platform.casefiles.actions import give_access, restrict_file
from zichtlijn.platform.notices.deadlines import deadlines_of
from zichtlijn.platform.notices.models import MailState, Notice, OutgoingMail
from zichtlijn.platform.notices.outbox import send_waiting
from zichtlijn.platform.notices.warning import warn_of_terms
from zichtlijn.platform.notices.wording import text_of
from zichtlijn.supervision.signals.actions import evaluating, notifying, triage, weighing
from zichtlijn.supervision.signals.actions.sending import add_to_signal, answer_question
from zichtlijn.supervision.signals.models import NotificationCategory, Signal
from zichtlijn.supervision.signals.norms import INCIDENT_CRITERIA
from zichtlijn.supervision.signals.terms import last_day_of

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


def test_whoever_takes_something_up_needs_no_notice_of_it(came_in, bob):
    triage.take_up(actor=bob, signal=came_in())
    assert kinds_of(bob) == []


def test_a_change_of_handler_is_told_to_the_new_one_only(came_in, bob, bart, alice):
    signal = came_in(assignee=bart)
    triage.assign(actor=alice, signal=signal, assignee=bob)
    signal.refresh_from_db()
    triage.assign(actor=alice, signal=signal, assignee=bob)
    assert (kinds_of(bob), kinds_of(bart)) == (["signals.assigned"], [])


def test_nobody_is_told_of_a_file_that_is_closed_to_them(came_in, bob, bart):
    signal = came_in(assignee=bob)
    restrict_file(actor=bart, file=signal, purpose="privacy")
    sender = Sender(signal.pk)
    add_to_signal(actor=sender, signal=signal, text=CANARY, submission=uuid.uuid4())
    assert kinds_of(bob) == []


def test_an_answer_of_the_sender_is_told_to_who_handles_it(came_in, bob):
    signal = triage.take_up(actor=bob, signal=came_in())
    signal = triage.ask_sender(actor=bob, signal=signal, question="Waar?")
    sender = Sender(signal.pk)
    answer_question(actor=sender, signal=signal, text=CANARY, submission=uuid.uuid4())
    add_to_signal(actor=sender, signal=signal, text=CANARY, submission=uuid.uuid4())
    assert kinds_of(bob) == ["signals.added", "signals.answered"]


def test_what_nobody_handles_is_told_to_who_leads_the_team_else_to_all_of_it(came_in, team, bob, bart):
    TeamMember.objects.create(team=team, user=bart)
    sender = Sender(came_in(team=team).pk)
    signal = Signal.objects.get()
    add_to_signal(actor=sender, signal=signal, text="x", submission=uuid.uuid4())
    assert (kinds_of(bob), kinds_of(bart)) == (["signals.added"], ["signals.added"])
    TeamMember.objects.filter(user=bart).update(is_lead=True)
    add_to_signal(actor=sender, signal=signal, text="y", submission=uuid.uuid4())
    assert (len(kinds_of(bob)), len(kinds_of(bart))) == (1, 2)


@pytest.fixture
def evaluation(came_in, bob, spokeswoman, prison):
    """An own evaluation that bob asks of the prison."""
    signal = triage.take_up(actor=bob, signal=came_in(organisation=prison, subject=CANARY))
    due_on = timezone.localdate() + timedelta(days=30)
    return evaluating.ask_evaluation(actor=bob, signal=signal, question=CANARY, due_on=due_on)


def test_an_own_evaluation_is_told_to_both_sides(evaluation, bob, spokeswoman, client_of):
    assert kinds_of(spokeswoman) == ["signals.evaluation_asked"]
    notice = Notice.objects.get(user=spokeswoman)
    assert client_of(spokeswoman).get(notice.url).status_code == 200
    evaluating.hand_in(actor=spokeswoman, evaluation=evaluation, text=CANARY)
    assert kinds_of(bob) == ["signals.evaluation_handed_in"]
    handed_in = Notice.objects.get(user=bob)
    assert handed_in.url == evaluation.get_absolute_url()
    assert evaluation.signal.reference in text_of(handed_in)


def test_no_word_of_a_case_stands_in_any_notice_or_mail(evaluation, bob, spokeswoman, mailed_at_once):
    mailed_at_once(bob)
    evaluating.hand_in(actor=spokeswoman, evaluation=evaluation, text=CANARY)
    told = str(list(Notice.objects.values())) + str(list(OutgoingMail.objects.values()))
    assert evaluation.signal.reference in told
    assert CANARY not in told


def test_an_answer_to_a_notification_is_told_to_the_organisation(came_in, bob, spokeswoman, prison, client_of):
    signal = came_in(kind="notification", channel="account", organisation=prison, submitted_at=timezone.now())
    signal = triage.take_up(actor=bob, signal=signal)
    triage.reply(actor=bob, signal=signal, text=CANARY)
    reason = {"ground": "known", "reason": CANARY}
    triage.take_no_action(actor=bob, signal=signal, **reason)
    assert kinds_of(spokeswoman) == ["signals.handled", "signals.said_to_you"]
    assert set(Notice.objects.values_list("url", flat=True)) == {f"/signals/portal/{signal.pk}/"}


def test_a_weighing_is_told_to_who_may_decide_and_the_decision_to_who_made_it(came_in, bob, alice, carol, erin):
    signal = triage.take_up(actor=bob, signal=came_in())
    made = weighing.start_weighing(actor=bob, about=signal)
    scores = dict.fromkeys(INCIDENT_CRITERIA, (2, CANARY))
    values = {"added_value": CANARY, "without_evaluation": CANARY, "proposed_title": CANARY}
    made = weighing.score(actor=bob, weighing=made, scores=scores, words=values)
    made = weighing.submit_weighing(actor=bob, weighing=made)
    assert kinds_of(alice) == kinds_of(carol) == ["signals.weighing_to_decide"]
    assert kinds_of(erin) == kinds_of(bob) == []
    weighing.decline(actor=alice, weighing=made, reason=CANARY)
    assert kinds_of(bob) == ["signals.weighing_decided"]
    assert CANARY not in str(list(Notice.objects.values()))


def test_an_access_that_is_given_is_told_with_its_last_day(came_in, bob, bart):
    signal, until = came_in(), timezone.localdate() + timedelta(days=10)
    restrict_file(actor=bob, file=signal, purpose=CANARY)
    signal.refresh_from_db()
    give_access(actor=bob, file=signal, user=bart, purpose=CANARY, until=until)
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (bart, "casefiles.access_until")
    assert date_format(until, "DATE_FORMAT") in text_of(notice)
    assert CANARY not in str(notice.sentence)
    [day] = deadlines_of(bart, until, until)
    assert (day.day, day.what) == (until, signal.reference)


def test_the_terms_of_an_own_evaluation_stand_in_the_calendars_of_both_sides(evaluation, bob, bart, spokeswoman, pia):
    due_on = evaluation.due_on
    for person, what in ((bob, evaluation.signal.reference), (spokeswoman, evaluation.reference_outside)):
        [term] = deadlines_of(person, due_on, due_on)
        assert (term.day, term.what, term.url) == (due_on, what, evaluation.get_absolute_url())
    assert evaluation.reference_outside != evaluation.signal.reference, "it did not notify this signal itself"
    assert deadlines_of(bart, due_on, due_on) == deadlines_of(pia, due_on, due_on) == []
    assert warn_of_terms(due_on - timedelta(days=2)) == 2
    evaluating.hand_in(actor=spokeswoman, evaluation=evaluation, text="x")
    assert deadlines_of(bob, due_on, due_on) == []
    assert warn_of_terms(due_on + timedelta(days=1)) == 0


def test_a_restricted_file_leaves_the_calendar_of_who_may_no_longer_see_it(evaluation, bob, bart):
    due_on = evaluation.due_on
    restrict_file(actor=bart, file=evaluation.signal, purpose="privacy")
    assert deadlines_of(bob, due_on, due_on) == []


def test_the_terms_of_a_notification_stand_in_the_calendar_of_its_organisation(spokeswoman, prison, categories, bob):
    values = {
        "category": NotificationCategory.objects.filter(closing_amount__isnull=False, term_amount__isnull=False)
        .values_list("code", flat=True)
        .first(),
        "discovered_at": timezone.now(),
        "subject": CANARY,
        "text": CANARY,
    }
    draft = notifying.start_notification(actor=spokeswoman, organisation=prison, values=values)
    since, until = timezone.localdate(), timezone.localdate() + timedelta(days=400)
    [term] = deadlines_of(spokeswoman, since, until)
    assert term.day == last_day_of(draft.notification.due_at)
    sent = notifying.submit_notification(actor=spokeswoman, signal=draft)
    sent.assignee = bob
    sent.save()
    for person in (spokeswoman, bob):
        [term] = deadlines_of(person, since, until)
        assert term.day == last_day_of(sent.notification.closing_due_at)
        assert term.what == sent.reference
