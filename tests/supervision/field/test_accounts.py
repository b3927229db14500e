"""Who speaks for which organisation: tied and ended by the administrator."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Organisation, OrganisationAccount
from zichtlijn.supervision.field.queries import organisations_of


@pytest.fixture
def prison(db):
    return Organisation.objects.create(name="Penitentiaire inrichting Dijkzicht")


def test_the_administrator_ties_an_account_and_ends_it_on_the_page(prison, olga, dave, client_of):
    browser = client_of(dave)
    browser.post("/field/accounts/tie", {"user": olga.pk, "organisation": prison.pk})
    assert organisations_of(olga) == [prison.pk]
    assert "Olga" in browser.get("/field/accounts/").content.decode()
    browser.post(f"/field/accounts/{OrganisationAccount.objects.get().pk}/end")
    assert organisations_of(olga) == []
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == [
        "field.tie_account",
        "field.end_account",
    ]


def test_an_account_speaks_for_an_organisation_once(prison, olga, dave):
    actions.tie_account(actor=dave, user=olga, organisation=prison)
    with pytest.raises(ValidationError):
        actions.tie_account(actor=dave, user=olga, organisation=prison)


@pytest.mark.parametrize("who", ["bob", "erin", "pia"])
def test_an_account_with_another_role_speaks_for_no_organisation(who, prison, dave, request):
    with pytest.raises(ValidationError):
        actions.tie_account(actor=dave, user=request.getfixturevalue(who), organisation=prison)


def test_only_the_administrator_ties_accounts(prison, olga, alice, client_of):
    with pytest.raises(PermissionDenied):
        actions.tie_account(actor=alice, user=olga, organisation=prison)
    assert client_of(alice).get("/field/accounts/").status_code == 403


def test_the_form_names_the_field_that_is_missing(prison, olga, dave, client_of):
    answer = client_of(dave).post("/field/accounts/tie", {"user": olga.pk})
    assert answer.status_code == 422
    assert "id_organisation_error" in answer.content.decode()
