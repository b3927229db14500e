"""The process that sends mail is killed in the middle of a message: later the same message is sent once more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.platform.notices.mail_server import MailServer, mail_server

CHECKOUT = Path(__file__).resolve().parents[3]
PUT_OUT = """
from zichtlijn.platform.notices.outbox import put_out
put_out("bob@inspectie.example", "Zichtlijn: bericht", "Er is een bericht.", key="1")
"""
LOOK = """
from zichtlijn.platform.notices.models import OutgoingMail
mail = OutgoingMail.objects.get()
print(mail.state, mail.attempts, mail.message_id)
"""
LATER = """
from datetime import timedelta
from django.utils import timezone
from zichtlijn.platform.notices.models import OutgoingMail
from zichtlijn.platform.tasks.models import RecurringRun
long_ago = timezone.now() - timedelta(minutes=16)
OutgoingMail.objects.update(claimed_at=long_ago)
RecurringRun.objects.update(last_started=long_ago)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation of its own, whose mail server is the one of the test."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "src")]),
        "ZICHTLIJN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "zichtlijn.project.settings",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_SECURITY": "none",
    }


def run(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "zichtlijn", *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def look(environment: dict[str, str]) -> list[str]:
    return run(environment, "shell", "-v", "0", "-c", LOOK).split()


def wait_for_mail(server: MailServer) -> None:
    end = time.monotonic() + 60
    while not server.taken:
        assert time.monotonic() < end, "no mail came"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_sender_that_is_killed_after_the_server_took_the_message_sends_the_same_one_again(environment):
    run(environment, "migrate", "-v", "0")
    run(environment, "shell", "-v", "0", "-c", PUT_OUT)
    with mail_server() as server:
        environment["SMTP_PORT"] = str(server.port)
        server.answers["BODY"] = lambda _line: time.sleep(60) or "250 taken"
        sender = subprocess.Popen([sys.executable, "-m", "zichtlijn", "tick", "--stay"], env=environment)
        wait_for_mail(server)
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        state, attempts, message_id = look(environment)
        assert (state, attempts) == ("sending", "1")

        server.answers.clear()
        run(environment, "shell", "-v", "0", "-c", LATER)
        assert "notices.send" in run(environment, "tick").split(), "its earlier process is gone"
        assert look(environment) == ["sent", "2", message_id]
        assert [mail["Message-ID"] for _to, mail in server.taken] == [message_id, message_id]
