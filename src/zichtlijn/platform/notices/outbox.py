"""The outbox: mail is kept with what caused it, and sent afterwards, again and again until it is taken or given up."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import Q
from django.utils import timezone

from .models import MailState, OutgoingMail

FIRST_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
LATER_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 75
"""The first five within three hours, then hourly: three days in all."""
LOST_AFTER = timedelta(minutes=15)
"""Whoever claimed a message and neither sent it nor gave it back by then is gone."""
LONGEST_ROUND = 300.0
"""Seconds; a server that answers slowly must not keep other recurring work waiting."""
MOST_AT_ONCE = 200
PERMANENT = 500


class ServerGoneError(Exception):
    """The mail server cannot be reached, or lets nobody in: it makes no sense to offer it anything else now."""


@dataclass(slots=True)
class Sent:
    """What one round did."""

    sent: int = 0
    put_back: int = 0
    given_up: int = 0
    problem: str = ""


def put_out(to: str, subject: str, body: str, *, key: str) -> None:
    """Keep a mail in the outbox, within the transaction of its cause. The same ``key`` gives one mail only."""
    digest = hashlib.sha256(f"{to}\n{key}".encode()).hexdigest()[:40]
    made = OutgoingMail(to=to, subject=subject[:200], body=body, message_id=f"<{digest}@{_domain()}>")
    OutgoingMail.objects.bulk_create([made], ignore_conflicts=True)


def send_waiting() -> Sent:
    """Send what is due. Stops at the first sign that the server is gone; nothing happens without ``SMTP_HOST``."""
    done = Sent()
    if not settings.SMTP_HOST:
        return done
    end = time.monotonic() + LONGEST_ROUND
    server = _server()
    try:
        for mail in _due():
            if time.monotonic() > end or not _claim(mail):
                continue
            _send(server, mail, done)
    except ServerGoneError as error:
        done.problem = str(error)
    finally:
        _leave(server)
    return done


def pause_after(attempts: int) -> timedelta:
    """How long a message waits after this many tries."""
    return FIRST_PAUSES[attempts - 1] if attempts <= len(FIRST_PAUSES) else LATER_PAUSE


def _server() -> EmailBackend:
    return EmailBackend(
        host=settings.SMTP_HOST,
        port=settings.SMTP_PORT,
        username=settings.SMTP_USER,
        password=settings.SMTP_PASSWORD,
        use_tls=settings.SMTP_SECURITY == "starttls",
        use_ssl=settings.SMTP_SECURITY == "tls",
        timeout=settings.SMTP_TIMEOUT,
    )


def _due() -> Iterator[OutgoingMail]:
    now = timezone.now()
    waiting = Q(state=MailState.WAITING, next_at__lte=now)
    lost = Q(state=MailState.SENDING, claimed_at__lt=now - LOST_AFTER)
    yield from OutgoingMail.objects.filter(waiting | lost).order_by("next_at", "id")[:MOST_AT_ONCE]


def _claim(mail: OutgoingMail) -> bool:
    """One statement: of two that send at once only one still finds it as it was."""
    as_it_was = OutgoingMail.objects.filter(pk=mail.pk, state=mail.state, attempts=mail.attempts)
    mail.claimed_at, mail.attempts = timezone.now(), mail.attempts + 1
    return bool(as_it_was.update(state=MailState.SENDING, claimed_at=mail.claimed_at, attempts=mail.attempts))


def _send(server: EmailBackend, mail: OutgoingMail, done: Sent) -> None:
    try:
        _open(server)
        server.send_messages([_message(mail)])
    except ServerGoneError as error:
        _put_back(mail, str(error), done)
        raise
    except smtplib.SMTPServerDisconnected as error:
        _put_back(mail, _words(error), done)
        raise ServerGoneError(_words(error)) from error
    except (smtplib.SMTPException, ValueError) as error:
        if _is_for_good(error):
            _give_up(mail, _words(error), done)
        else:
            _put_back(mail, _words(error), done)
    except OSError as error:
        _put_back(mail, _words(error), done)
        raise ServerGoneError(_words(error)) from error
    else:
        _end(mail, state=MailState.SENT, sent_at=timezone.now(), last_error="")
        done.sent += 1


def _open(server: EmailBackend) -> None:
    try:
        server.open()
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        raise ServerGoneError(_words(error)) from error


def _leave(server: EmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        server.connection = None  # what was sent was taken; saying goodbye changes nothing


def _message(mail: OutgoingMail) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, settings.MAIL_FROM, [mail.to], headers=headers)


def _is_for_good(error: Exception) -> bool:
    """True when the server says that it will never take this message, or when it cannot be written as mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused):
        return False  # about the installation, not about this message
    return isinstance(error, ValueError) or (
        isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= PERMANENT
    )


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_readable(text)}" for code, text in error.recipients.values())[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_readable(error.smtp_error)}"[:300]
    return f"{type(error).__name__}: {error}"[:300]


def _readable(text: Any) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


def _put_back(mail: OutgoingMail, why: str, done: Sent) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, why, done)
        return
    _end(mail, state=MailState.WAITING, next_at=timezone.now() + pause_after(mail.attempts), last_error=why)
    done.put_back += 1


def _give_up(mail: OutgoingMail, why: str, done: Sent) -> None:
    _end(mail, state=MailState.GIVEN_UP, last_error=why)
    done.given_up += 1


def _end(mail: OutgoingMail, **values: Any) -> None:
    """Only while the claim is still ours: a claim that was taken to be lost is somebody else's now."""
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING, claimed_at=mail.claimed_at).update(**values)


def _domain() -> str:
    """What stands behind the @ of a Message-ID."""
    return parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"


def waiting_since() -> datetime | None:
    """When the oldest message was made that is still to be sent; None when there is none."""
    unsent = OutgoingMail.objects.filter(state__in=(MailState.WAITING, MailState.SENDING))
    return unsent.order_by("made_at").values_list("made_at", flat=True).first()
