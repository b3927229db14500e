"""Signing in: closed by default, limited in tries, with a second factor where somebody has one."""

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.conftest import PASSWORD
from zichtlijn.platform.accounts import second_factor
from zichtlijn.platform.accounts.demo import DEMO_PASSWORD, load_people
from zichtlijn.platform.accounts.roles import Role

LOGIN = "/accounts/login"


def sign_in(client, username="alice", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


def code_of(device):
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, device.drift):06d}"


@pytest.fixture
def device(alice):
    return TOTPDevice.objects.create(user=alice, name="app", confirmed=True)


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(client, alice):
    answer = client.get(reverse("accounts:profile"))
    assert answer["Location"] == "/accounts/login?next=/accounts/me"
    assert sign_in(client, next="/accounts/me")["Location"] == "/accounts/me"


def test_who_has_no_account_finds_the_form_for_citizens(client):
    page = client.get("/accounts/login").content.decode()
    assert 'href="/report/"' in page


def test_it_does_not_send_anybody_to_another_site(client, alice):
    assert sign_in(client, next="https://example.org/")["Location"] == "/"


def test_a_wrong_password_is_refused_with_words(client, alice):
    answer = sign_in(client, password="wrong")
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert answer.context["form"].errors


def test_sixth_try_is_locked_out_even_with_the_right_password(client, alice, settings):
    settings.AXES_ENABLED = True
    for _number in range(5):
        answer = sign_in(client, password="wrong")
    assert answer.status_code == 429
    assert sign_in(client).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.9.8.7")).status_code == 302


def test_signing_out_takes_a_post(client_of, alice):
    client = client_of(alice)
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))
    assert "_auth_user_id" not in client.session


def test_password_alone_opens_nothing_when_there_is_a_second_factor(client, device):
    answer = sign_in(client)
    assert answer["Location"] == reverse("accounts:second-factor")
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_the_right_code_opens(client, device):
    sign_in(client, next="/accounts/me")
    answer = client.post(reverse("accounts:second-factor"), {"code": code_of(device)})
    assert answer["Location"] == "/accounts/me"
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_wrong_code_does_not_open(client, device):
    sign_in(client)
    wrong = f"{(int(code_of(device)) + 1) % 1_000_000:06d}"
    assert client.post(reverse("accounts:second-factor"), {"code": wrong}).status_code == 400
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_code_works_once(client, device):
    code = code_of(device)
    sign_in(client)
    client.post(reverse("accounts:second-factor"), {"code": code})
    again = Client()
    sign_in(again)
    assert again.post(reverse("accounts:second-factor"), {"code": code}).status_code == 400


def test_the_code_page_needs_the_password_first(client, db):
    assert client.get(reverse("accounts:second-factor"))["Location"] == reverse("accounts:login")


def test_setting_up_gives_recovery_codes_that_work_once(client_of, alice):
    client = client_of(alice)
    page = reverse("accounts:set-up-second-factor")
    assert client.get(page).status_code == 200
    device = TOTPDevice.objects.get(user=alice)
    answer = client.post(page, {"code": code_of(device)})
    codes = answer.context["codes"]
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    for expected in (302, 400):
        stranger = Client()
        sign_in(stranger)
        assert stranger.post(reverse("accounts:second-factor"), {"code": codes[0]}).status_code == expected


def test_a_wrong_first_code_switches_nothing_on(client_of, alice):
    client = client_of(alice)
    client.get(reverse("accounts:set-up-second-factor"))
    assert client.post(reverse("accounts:set-up-second-factor"), {"code": "000000"}).status_code == 400
    assert not second_factor.has_second_factor(alice)


def test_switching_off_takes_a_code_and_not_only_an_open_screen(client_of, device, alice):
    client = client_of(alice)
    page = reverse("accounts:remove-second-factor")
    assert client.get(page).status_code == 200
    assert client.post(page, {"code": "000000"}).status_code == 400
    assert second_factor.has_second_factor(alice)


def test_the_right_code_switches_off(client_of, device, alice):
    page = reverse("accounts:remove-second-factor")
    assert client_of(alice).post(page, {"code": code_of(device)}).status_code == 302
    assert not second_factor.has_second_factor(alice)


def test_demo_accounts_are_refused_outside_a_demo(client, db, settings):
    load_people()
    settings.ZICHTLIJN_DEMO = False
    assert sign_in(client, "ig", DEMO_PASSWORD).status_code == 200
    settings.ZICHTLIJN_DEMO = True
    assert sign_in(client, "ig", DEMO_PASSWORD).status_code == 302


def test_demo_accounts_are_made_once_with_every_role(db):
    first, second = load_people(), load_people()
    assert first == second
    assert set(first) == set(Role.values)
