"""Only an administrator looks after accounts, and one always remains."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.accounts import actions
from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.events.models import Event

NEW = {"username": "gina", "full_name": "Gina", "email": "", "role": "analyst", "password": "a long enough passphrase"}


def test_an_administrator_adds_an_account(client_of, dave):
    answer = client_of(dave).post(reverse("accounts:add-user"), NEW)
    gina = User.objects.get(username="gina")
    assert answer["Location"] == reverse("accounts:user", args=[gina.pk])
    assert gina.check_password(NEW["password"])
    assert Event.objects.about(gina).get().after_values["role"] == "analyst"


@pytest.mark.parametrize(
    ("field", "value"),
    [("username", ""), ("username", "with space"), ("role", "king"), ("password", "short"), ("email", "nonsense")],
)
def test_bad_input_is_told_at_the_field_and_adds_nothing(client_of, dave, field, value):
    answer = client_of(dave).post(reverse("accounts:add-user"), NEW | {field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not User.objects.filter(full_name="Gina").exists()


def test_a_name_that_is_taken_is_told(client_of, dave, alice):
    answer = client_of(dave).post(reverse("accounts:add-user"), NEW | {"username": "alice"})
    assert "username" in answer.context["form"].errors


def test_a_role_is_changed_with_a_reason(client_of, dave, bob):
    client_of(dave).post(reverse("accounts:change-role", args=[bob.pk]), {"role": "analyst", "reason": "new work"})
    bob.refresh_from_db()
    event = Event.objects.about(bob).first()
    assert (bob.role, event.reason, event.before_values) == ("analyst", "new work", {"role": "inspector"})


def test_somebody_switched_off_is_out_at_once(client_of, dave, bob):
    his = client_of(bob)
    client_of(dave).post(reverse("accounts:switch-off", args=[bob.pk]), {"reason": "left"})
    assert his.get(reverse("accounts:profile")).status_code == 302


@pytest.mark.parametrize("step", ["switch_off", "change_role"])
def test_the_last_administrator_stays(dave, step):
    extra = {"role": "reader"} if step == "change_role" else {}
    with pytest.raises(ValidationError):
        getattr(actions, step)(actor=dave, user=dave, reason="x", **extra)


@pytest.mark.parametrize("person", ["alice", "bob", "carol", "erin", "frank", "anna"])
@pytest.mark.parametrize("page", ["user-list", "add-user", "user", "change-role", "switch-off", "switch-on"])
def test_nobody_else_sees_these_pages(request, client_of, dave, person, page):
    user = request.getfixturevalue(person)
    args = [] if page in {"user-list", "add-user"} else [dave.pk]
    assert client_of(user).get(reverse(f"accounts:{page}", args=args)).status_code == 403


def test_nobody_else_can_act(alice, bob):
    with pytest.raises(PermissionDenied):
        actions.change_role(actor=alice, user=bob, role="administrator", reason="x")


def test_createsuperuser_makes_an_administrator_and_nobody_above_the_rules(db):
    boss = User.objects.create_superuser("boss", "boss@example.org", "a long enough passphrase")
    assert (boss.role, boss.is_superuser) == ("administrator", False)
    assert boss.has_perm("accounts.manage_users")
    assert not boss.has_perm("programme.decide_programme")
