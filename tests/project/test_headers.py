"""What every answer says to the browser about safety."""

import pytest
from django.test import Client, override_settings


@pytest.fixture
def answer(client, db):
    return client.get("/accounts/login")


def test_nothing_is_allowed_that_is_not_named(answer):
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_safe_headers(answer, header, value):
    assert answer[header] == value


def test_every_answer_has_a_request_id_of_its_own(client, db):
    first, second = (client.get("/accounts/login")["X-Request-ID"] for _number in range(2))
    assert first != second
    assert len(first) == 32


def test_pages_behind_the_sign_in_are_not_kept_by_the_browser(client_of, alice):
    assert "no-store" in client_of(alice).get("/")["Cache-Control"]


def test_hsts_and_https_only_behind_tls(db):
    proxy = ("HTTP_X_FORWARDED_PROTO", "https")
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=proxy):
        client = Client()
        assert client.get("/accounts/login").status_code == 301
        safe = client.get("/accounts/login", headers={"X-Forwarded-Proto": "https"})
        assert safe["Strict-Transport-Security"].startswith("max-age=31536000")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, alice):
    client.post("/accounts/login", {"username": "alice", "password": "correct horse battery staple"})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
