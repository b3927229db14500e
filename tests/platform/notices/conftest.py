"""A mail server, and an installation that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.platform.notices.mail_server import MailServer, mail_server


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    """A mail server that works, which the installation sends to."""
    with mail_server() as server:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", server.port, "none"
        settings.SMTP_TIMEOUT = 1
        settings.MAIL_FROM, settings.PUBLIC_ADDRESS = "zichtlijn@inspectie.example", "https://zichtlijn.example"
        yield server


@pytest.fixture
def mailed_at_once() -> Any:
    """``mailed_at_once(person)`` gives somebody an e-mail address and mail at once."""
    from zichtlijn.platform.notices.models import NoticeSetting, Rhythm

    def arrange(person: Any) -> Any:
        person.email = f"{person.username}@inspectie.example"
        person.save()
        NoticeSetting.objects.create(user=person, rhythm=Rhythm.AT_ONCE)
        return person

    return arrange
