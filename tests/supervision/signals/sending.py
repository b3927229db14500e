"""What tests of the citizen form share: a browser without account, a filled-in form, reading the page."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

FILLED = {
    "kind": "signal",
    "organisation_as_told": "Penitentiaire inrichting Dijkzicht",
    "text": "De deur van de luchtplaats stond de hele nacht open.",
    "place": "Dijkzicht",
    "happened_as_told": "begin maart",
    "who": "anonymous",
}


def stranger(address: str = "192.0.2.7") -> Client:
    """A browser in which nobody is signed in, that reads English."""
    return Client(REMOTE_ADDR=address, HTTP_ACCEPT_LANGUAGE="en")


def form_of(client: Client, address: str = "/report/new") -> str:
    """The submission that a fresh form carries."""
    page = client.get(address).content.decode()
    found = re.search(r'name="submission" value="([^"]+)"', page)
    assert found, page
    return found[1]


def send(client: Client, **values: Any) -> Any:
    """Send a filled-in form; the answer is the page that follows."""
    given = {"submission": form_of(client)} | FILLED | values
    return client.post("/report/new", given, follow=True)


def code_on(answer: Any) -> str:
    """The receipt code on the page."""
    found = re.search(r"data-receipt-code>([^<]+)<", answer.content.decode())
    assert found, answer.content.decode()
    return found[1]
