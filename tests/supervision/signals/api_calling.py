"""Calling the API as somebody with a token."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from zichtlijn.platform.api.models import ApiToken
from zichtlijn.platform.api.tokens import new_token


class Caller:
    """A client of the API with the token of one user."""

    def __init__(self, user: Any) -> None:
        made = new_token()
        self.token = ApiToken.objects.create(
            user=user,
            name="Incident system",
            sha256=made.sha256,
            beginning=made.beginning,
            expires_on=timezone.localdate() + timedelta(days=30),
        )
        self.headers = {"authorization": f"Bearer {made.secret}"}

    def get(self, path: str, **headers: str) -> Any:
        """GET under ``/api/v1/``, or of an address that the API gave."""
        return Client().get(_address(path), headers=self.headers | headers)

    def post(self, path: str, body: Any, key: str = "", **headers: str) -> Any:
        """POST JSON; ``key`` is the Idempotency-Key."""
        sent = self.headers | headers | ({"idempotency-key": key} if key else {})
        return Client().post(_address(path), json.dumps(body), content_type="application/json", headers=sent)


def _address(path: str) -> str:
    return path if path.startswith(("http", "/")) else f"/api/v1/{path}"


def notification(own: str = "", **more: Any) -> dict[str, Any]:
    """A notification as an organisation's own system sends it."""
    discovered = timezone.now().replace(microsecond=0) - timedelta(hours=2)
    values = {
        "categorie": "jeugd-calamiteit",
        "ontdektOp": discovered.isoformat(),
        "onderwerp": "Val van de trap",
        "omschrijving": "Een jeugdige viel en brak een arm.",
    }
    return values | ({"eigenKenmerk": own} if own else {}) | more
