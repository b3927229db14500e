"""What the environment says becomes a setting, and a mistake in it is told instead of passing for the default."""

import os
import stat
import subprocess
import sys

import pytest

from zichtlijn.project import environment


def settings_of(tmp_path, script, **variables):
    return subprocess.run(
        [sys.executable, "-c", f"from zichtlijn.project import settings as s; print({script})"],
        env={"ZICHTLIJN_DATA": str(tmp_path), "PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_secret_key_is_made_once_and_kept_private(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    first, second = (environment.secret_key(tmp_path) for _number in range(2))
    assert first == second
    assert len(first) > 60
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_disk_that_is_full_leaves_no_half_secret_key(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    def full(*_given):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as without_room:
        without_room.setattr(environment.secrets, "token_urlsafe", full)
        with pytest.raises(OSError, match="No space"):
            environment.secret_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(environment.secret_key(tmp_path)) > 60


def test_a_given_secret_key_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize(("value", "meaning"), [("1", True), ("yes", True), ("off", False), ("0", False), ("", False)])
def test_flags(monkeypatch, value, meaning):
    monkeypatch.setenv("SOME_FLAG", value)
    assert environment.flag("SOME_FLAG") is meaning


def test_a_mistyped_flag_or_number_is_told(monkeypatch):
    monkeypatch.setenv("SOME_FLAG", "ja")
    with pytest.raises(ValueError, match="SOME_FLAG"):
        environment.flag("SOME_FLAG")
    with pytest.raises(ValueError, match="SOME_FLAG"):
        environment.number("SOME_FLAG", 1)


def test_safe_by_default(tmp_path):
    said = settings_of(tmp_path, "s.DEBUG, s.ZICHTLIJN_DEMO, s.OIDC_ENABLED, '*' in s.ALLOWED_HOSTS")
    assert said.stdout.strip() == "False False False False"


def test_open_id_connect_without_an_issuer_to_check_is_refused(tmp_path):
    said = settings_of(tmp_path, "s.OIDC_ENABLED", OIDC_CLIENT_ID="zichtlijn")
    assert said.returncode != 0
    assert "OIDC_ISSUER" in said.stderr


def test_the_embedded_database_waits_instead_of_failing(tmp_path):
    said = settings_of(tmp_path, "s.DATABASES['default']['ENGINE'], s.DATABASES['default']['OPTIONS']['init_command']")
    assert "sqlite3" in said.stdout
    assert "journal_mode=WAL" in said.stdout


def test_cookies_travel_only_over_tls_behind_tls(tmp_path):
    script = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_NAME"
    said = settings_of(tmp_path, script, BEHIND_TLS="1")
    assert said.stdout.strip() == "True True 31536000 __Host-session"


def test_passwords_are_kept_as_argon2(tmp_path):
    assert "Argon2" in settings_of(tmp_path, "s.PASSWORD_HASHERS[0]").stdout
