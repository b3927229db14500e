"""Tokens: made for whom one may, shown once, kept as a digest, revoked at once."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from zichtlijn.platform.api.actions import make_token, revoke_token
from zichtlijn.platform.api.models import ApiToken
from zichtlijn.platform.api.tokens import holding_token
from zichtlijn.platform.events.models import Event

pytestmark = pytest.mark.django_db


def soon(days: int = 30) -> Any:
    return localdate() + timedelta(days=days)


def form(user: Any, /, **more: Any) -> dict[str, Any]:
    return {"name": "Incident system", "expires_on": soon().isoformat()} | {"user": user.pk} | more


def test_the_administrator_makes_one_that_is_shown_once(client_of: Any, dave: Any, olga: Any) -> None:
    client = client_of(dave)
    answer = client.post("/api/tokens/new", form(olga))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    (secret,) = re.findall(r"zl_[\w-]{43}", answer.content.decode())
    found = holding_token(secret)
    assert found is not None
    assert found.user == olga
    assert secret not in client.get("/api/tokens").content.decode()
    assert Client().get("/api/v1/meldingen", headers={"authorization": f"Bearer {secret}"}).status_code == 200


def test_only_its_digest_is_kept_anywhere(dave: Any, olga: Any) -> None:
    made = make_token(actor=dave, user=olga, name="System", expires_on=soon())
    assert made.token.sha256 == hashlib.sha256(made.secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert made.secret not in str(cursor.fetchall()), table


def test_a_revoked_one_opens_nothing(client_of: Any, dave: Any, olga: Any) -> None:
    made = make_token(actor=dave, user=olga, name="System", expires_on=soon())
    client = client_of(dave)
    address = f"/api/tokens/{made.token.pk}/revoke"
    assert client.get(address).status_code == 200
    assert holding_token(made.secret) is not None, "asking changes nothing"
    assert client.post(address).status_code == 302
    assert holding_token(made.secret) is None
    revoke_token(actor=dave, token=made.token)
    told = list(Event.objects.filter(object_type="api.apitoken").order_by("pk").values_list("action", flat=True))
    assert told == ["api.make_token", "api.revoke_token"]


def test_nobody_makes_a_token_of_a_colleague(dave: Any, bob: Any, carol: Any, olga: Any) -> None:
    for actor, holder in ((dave, carol), (dave, bob), (bob, carol), (bob, olga)):
        with pytest.raises(PermissionDenied):
            make_token(actor=actor, user=holder, name="System", expires_on=soon())
    assert not ApiToken.objects.exists()
    assert make_token(actor=bob, user=bob, name="Own script", expires_on=soon()).token.user == bob


def test_outsiders_and_readers_make_none_and_a_partner_gets_none(olga: Any, pia: Any, erin: Any, dave: Any) -> None:
    for actor, holder in ((olga, olga), (pia, pia), (erin, erin), (dave, pia), (dave, erin)):
        with pytest.raises(PermissionDenied):
            make_token(actor=actor, user=holder, name="System", expires_on=soon())


def test_the_page_offers_those_for_whom_one_may(client_of: Any, dave: Any, bob: Any, carol: Any, olga: Any) -> None:
    assert client_of(dave).post("/api/tokens/new", form(carol)).status_code == 422
    page = client_of(bob).get("/api/tokens/new").content.decode()
    assert f'value="{bob.pk}"' in page
    assert f'value="{olga.pk}"' not in page
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": " "}, {"expires_on": ""}, {"user": ""}, {"expires_on": "2001-01-01"}])
def test_faults_stand_with_their_field(client_of: Any, dave: Any, olga: Any, wrong: dict[str, str]) -> None:
    answer = client_of(dave).post("/api/tokens/new", form(olga, **wrong))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_token_ends_within_a_year(dave: Any, olga: Any, days: int) -> None:
    with pytest.raises(ValidationError):
        make_token(actor=dave, user=olga, name="System", expires_on=soon(days))


def test_one_sees_and_ends_ones_own(client_of: Any, bob: Any, bart: Any, dave: Any) -> None:
    made = make_token(actor=bob, user=bob, name="Kanarie", expires_on=soon())
    assert b"Kanarie" in client_of(bob).get("/api/tokens").content
    assert b"Kanarie" in client_of(dave).get("/api/tokens").content
    assert b"Kanarie" not in client_of(bart).get("/api/tokens").content
    assert client_of(bart).post(f"/api/tokens/{made.token.pk}/revoke").status_code == 404
    with pytest.raises(PermissionDenied):
        revoke_token(actor=bart, token=made.token)
    assert holding_token(made.secret) is not None


def test_outsiders_and_readers_find_no_page(client_of: Any, olga: Any, pia: Any, erin: Any) -> None:
    for user, status in ((olga, 404), (pia, 404), (erin, 403)):
        for address in ("/api/tokens", "/api/tokens/new"):
            assert client_of(user).get(address).status_code == status
