"""The outbox against a real mail server that is well, gone, slow, or refuses: nothing is lost, nothing sent twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from zichtlijn.platform.notices import outbox
from zichtlijn.platform.notices.models import MailState, OutgoingMail
from zichtlijn.platform.notices.outbox import put_out, send_waiting

pytestmark = pytest.mark.django_db


def a_mail(to: str = "bob@inspectie.example", key: str = "1") -> OutgoingMail:
    put_out(to, "Zichtlijn: bericht", "Er is een bericht over S-2024-0000001.\n", key=key)
    return OutgoingMail.objects.get(to=to, message_id__isnull=False, pk=OutgoingMail.objects.latest("pk").pk)


def later(mail: OutgoingMail, **fields) -> None:
    """As if the pause were over."""
    OutgoingMail.objects.filter(pk=mail.pk).update(next_at=timezone.now(), **fields)


def test_a_mail_is_sent_once_and_says_where_it_comes_from(post_office):
    mail = a_mail()
    assert send_waiting().sent == 1
    assert send_waiting().sent == 0
    [(to, sent)] = post_office.taken
    assert (to, sent["From"], sent["Message-ID"]) == (mail.to, "zichtlijn@inspectie.example", mail.message_id)
    assert sent["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, "")


def test_the_same_cause_gives_one_mail(post_office):
    first, _second = a_mail(), a_mail()
    assert OutgoingMail.objects.get() == first


def test_a_cause_that_is_rolled_back_leaves_no_mail():
    with transaction.atomic():
        a_mail()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_without_a_mail_server_in_the_settings_all_mail_waits(settings):
    settings.SMTP_HOST = ""
    mail = a_mail()
    assert send_waiting() == outbox.Sent()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)


def test_a_server_that_is_gone_is_asked_once_a_round_and_the_mail_goes_when_it_is_back(post_office, settings):
    mails = [a_mail(key=key) for key in "12"]
    working, settings.SMTP_PORT = settings.SMTP_PORT, 9
    done = send_waiting()
    assert (done.sent, done.put_back) == (0, 1)
    assert "refused" in done.problem
    tried, untried = OutgoingMail.objects.order_by("-attempts")
    assert (tried.attempts, untried.attempts) == (1, 0)
    assert tried.next_at > timezone.now() + timedelta(seconds=50)
    assert "refused" in tried.last_error

    settings.SMTP_PORT = working
    later(tried)
    assert send_waiting().sent == 2
    assert {sent["Message-ID"] for _to, sent in post_office.taken} == {mail.message_id for mail in mails}


def test_a_server_that_hangs_is_left_after_a_while(post_office):
    post_office.slowness = 3
    a_mail()
    done = send_waiting()
    assert (done.sent, done.put_back) == (0, 1)
    assert "timed out" in done.problem


def test_one_address_that_is_refused_for_good_does_not_hold_up_the_others(post_office):
    post_office.answers["RCPT"] = lambda line: "550 no such person here" if "gone@" in line else "250 ok"
    gone, fine = a_mail("gone@inspectie.example"), a_mail("bob@inspectie.example")
    done = send_waiting()
    assert (done.sent, done.given_up) == (1, 1)
    gone.refresh_from_db()
    assert gone.state == MailState.GIVEN_UP
    assert "550 no such person here" in gone.last_error
    fine.refresh_from_db()
    assert fine.state == MailState.SENT


@pytest.mark.parametrize(("word", "answer"), [("RCPT", "450 greylisted"), ("BODY", "451 disk full"), ("MAIL", "530 x")])
def test_what_the_server_refuses_for_now_is_tried_again_with_growing_pauses(word, answer, post_office):
    post_office.answers[word] = answer
    mail, pauses = a_mail(), []
    for _attempt in range(6):
        later(mail)
        send_waiting()
        mail.refresh_from_db()
        pauses.append(round((mail.next_at - timezone.now()) / timedelta(minutes=1)))
    assert pauses == [1, 5, 30, 120, 60, 60]
    assert (mail.state, mail.attempts) == (MailState.WAITING, 6)
    assert answer in mail.last_error


def test_after_three_days_of_trying_it_is_given_up(post_office):
    post_office.answers["RCPT"] = "450 later"
    mail = a_mail()
    pauses = sum((outbox.pause_after(attempt) for attempt in range(1, outbox.MOST_ATTEMPTS)), timedelta())
    assert timedelta(days=3) <= pauses < timedelta(days=3, hours=3)
    later(mail, attempts=outbox.MOST_ATTEMPTS - 1)
    assert send_waiting().given_up == 1
    mail.refresh_from_db()
    assert mail.state == MailState.GIVEN_UP


def test_a_crash_between_claim_and_sent_means_the_same_message_again_later(post_office, monkeypatch):
    mail = a_mail()

    class Killed(BaseException):
        pass

    def killed(*_given, **_named):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_end", killed)  # taken by the server, and then the process was gone
        with pytest.raises(Killed):
            send_waiting()
    mail.refresh_from_db()
    assert mail.state == MailState.SENDING
    assert send_waiting().sent == 0, "it is still claimed"
    OutgoingMail.objects.update(claimed_at=timezone.now() - outbox.LOST_AFTER - timedelta(seconds=1))
    assert send_waiting().sent == 1
    [(_to, first), (_also_to, second)] = post_office.taken
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id


def test_a_connection_that_is_cut_in_the_middle_of_a_message_gives_it_back(post_office):
    post_office.answers["BODY"] = ""
    mail = a_mail()
    done = send_waiting()
    assert (done.sent, done.put_back) == (0, 1)
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING
    post_office.answers.clear()
    later(mail)
    assert send_waiting().sent == 1
    assert len({sent["Message-ID"] for _to, sent in post_office.taken}) == 1


def test_who_comes_back_after_its_claim_was_lost_changes_nothing(post_office):
    mail = a_mail()
    assert outbox._claim(mail)
    OutgoingMail.objects.update(claimed_at=timezone.now() - outbox.LOST_AFTER - timedelta(seconds=1))
    assert send_waiting().sent == 1
    outbox._put_back(mail, "too late", outbox.Sent())
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.SENT, "")


@pytest.mark.django_db(transaction=True)
def test_of_two_that_send_at_once_one_sends(post_office):
    for number in range(10):
        a_mail(key=str(number))
    go = threading.Barrier(4)

    def send() -> None:
        go.wait()
        try:
            send_waiting()
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(post_office.taken) == 10
    assert len({sent["Message-ID"] for _to, sent in post_office.taken}) == 10


def test_a_password_that_is_wrong_gives_up_nothing(post_office, settings):
    settings.SMTP_USER, settings.SMTP_PASSWORD = "zichtlijn", "wrong"
    post_office.answers |= {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no"}
    a_mail()
    done = send_waiting()
    assert (done.put_back, done.given_up) == (1, 0)
    assert "535" in done.problem
    assert OutgoingMail.objects.get().state == MailState.WAITING


def test_a_server_that_offers_no_encryption_gets_no_mail_when_encryption_is_asked(post_office, settings):
    settings.SMTP_SECURITY = "starttls"
    a_mail()
    assert send_waiting().put_back == 1
    assert post_office.taken == []
