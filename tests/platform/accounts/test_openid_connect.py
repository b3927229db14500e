"""Signing in through a real OpenID Connect provider that runs as a process of its own."""

import json
import socket
import subprocess
import sys
import time
from urllib.parse import urlparse

import jwt
import pytest
import requests
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from zichtlijn.platform.accounts import backends
from zichtlijn.platform.accounts.models import User

PEOPLE = [
    {"sub": "s-1", "name": "Iris", "preferred_username": "iris", "zichtlijn_role": "analyst"},
    {"sub": "s-2", "name": "Joost", "preferred_username": "alice", "zichtlijn_role": "king"},
]


@pytest.fixture(scope="module")
def provider():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--require-nonce",
        "true",
    ]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        yield wait_for(address)
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address):
    for _number in range(150):
        try:
            return requests.get(f"{address}/.well-known/openid-configuration", timeout=2).json()
        except requests.ConnectionError:
            time.sleep(0.2)
    raise AssertionError("the provider did not start")


@pytest.fixture
def oidc(provider, settings, db):
    settings.OIDC_ENABLED = True
    settings.OIDC_RP_CLIENT_ID = "zichtlijn"
    settings.OIDC_RP_CLIENT_SECRET = "secret"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = provider["authorization_endpoint"]
    settings.OIDC_OP_TOKEN_ENDPOINT = provider["token_endpoint"]
    settings.OIDC_OP_USER_ENDPOINT = provider["userinfo_endpoint"]
    settings.OIDC_OP_JWKS_ENDPOINT = provider["jwks_uri"]
    settings.OIDC_OP_ISSUER = provider["issuer"]
    settings.OIDC_VERIFY_KID = False  # this provider has one key, without a name
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "zichtlijn.platform.accounts.backends.OpenIdConnect",
    ]
    settings.ROOT_URLCONF = "tests.platform.accounts.urls_with_oidc"
    return settings


def sign_in(client, subject):
    """What a browser does: to the provider, choose a person there, and back with the code."""
    away = client.get("/oidc/authenticate/")
    assert away.status_code == 302
    back = requests.post(away["Location"], data={"sub": subject}, allow_redirects=False, timeout=5)
    target = urlparse(back.headers["Location"])
    return client.get(f"{target.path}?{target.query}")


def test_a_newcomer_gets_an_account_with_the_role_of_the_claim(oidc):
    client = Client()
    answer = sign_in(client, "s-1")
    assert answer["Location"].endswith("/")
    iris = User.objects.get(subject="s-1")
    assert (iris.username, iris.full_name, iris.role) == ("iris", "Iris", "analyst")
    assert not iris.has_usable_password()
    assert client.get("/accounts/me").status_code == 200


def test_coming_back_is_the_same_account(oidc):
    sign_in(Client(), "s-1")
    sign_in(Client(), "s-1")
    assert User.objects.filter(subject="s-1").count() == 1


def test_the_same_name_is_not_the_same_person_and_an_unknown_role_is_reader(oidc, alice):
    sign_in(Client(), "s-2")
    joost = User.objects.get(subject="s-2")
    assert joost != alice
    assert (joost.username, joost.role) == ("alice-2", "reader")


def test_an_account_that_is_switched_off_stays_out(oidc):
    sign_in(Client(), "s-1")
    User.objects.filter(subject="s-1").update(is_active=False)
    client = Client()
    sign_in(client, "s-1")
    assert "_auth_user_id" not in client.session
    assert User.objects.filter(subject="s-1").count() == 1


@pytest.mark.parametrize(
    ("setting", "value"), [("OIDC_OP_ISSUER", "https://other.example"), ("OIDC_RP_CLIENT_ID", "x")]
)
def test_a_token_for_another_client_or_from_another_issuer_is_refused(oidc, monkeypatch, setting, value):
    real = backends.OIDCAuthenticationBackend.verify_token

    def after_the_real_check(self, token, **kwargs):
        claims = real(self, token, **kwargs)
        setattr(oidc, setting, value)
        return claims

    monkeypatch.setattr(backends.OIDCAuthenticationBackend, "verify_token", after_the_real_check)
    client = Client()
    try:
        answer = sign_in(client, "s-1")
    except SuspiciousOperation:
        answer = None
    assert answer is None or answer.status_code in {302, 400}
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(subject="s-1").exists()


def test_a_made_up_state_is_refused(oidc):
    client = Client(raise_request_exception=False)
    answer = client.get("/oidc/callback/?code=x&state=y")
    assert answer.status_code in {302, 400}
    assert "_auth_user_id" not in client.session


def test_a_provider_that_speaks_of_another_person_than_its_token_is_refused(oidc, monkeypatch):
    real = backends.OIDCAuthenticationBackend.get_userinfo
    monkeypatch.setattr(
        backends.OIDCAuthenticationBackend, "get_userinfo", lambda *given: real(*given) | {"sub": "s-2"}
    )
    client = Client(raise_request_exception=False)
    assert sign_in(client, "s-1").status_code in {302, 400}
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(subject="s-2").exists()


@pytest.mark.parametrize("error", [jwt.ExpiredSignatureError("too late"), requests.ConnectionError("gone")])
def test_an_expired_token_or_a_provider_that_fails_lets_nobody_in_and_breaks_nothing(oidc, monkeypatch, error):
    def fails(*_given, **_named):
        raise error

    monkeypatch.setattr(backends.OIDCAuthenticationBackend, "verify_token", fails)
    client = Client()
    assert sign_in(client, "s-1").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_only_administrator_stays_one_whatever_the_provider_says(oidc, dave):
    User.objects.filter(pk=dave.pk).update(subject="s-1")
    client = Client()
    sign_in(client, "s-1")
    dave.refresh_from_db()
    assert dave.role == "administrator"
    assert client.get("/accounts/users").status_code == 200


def test_odd_claims_make_a_tidy_account(oidc):
    claims = {"sub": "s-9", "preferred_username": "k\0ees", "name": "x" * 400, "email": "no address"}
    backend = backends.OpenIdConnect()
    assert backend.verify_claims(claims)
    kees = backend.create_user(claims)
    assert (kees.username, len(kees.full_name), kees.email) == ("kees", 150, "")
    assert not backend.verify_claims({"sub": "a\0b"})
    assert not backend.verify_claims({"sub": "x" * 300})
