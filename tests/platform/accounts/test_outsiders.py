"""People from outside: most pages do not exist for them, and no register of the inspectorate is open to them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from tests.routes import all_routes
from zichtlijn.platform.accounts.middleware import OPEN_CLASSES, OUTSIDE, PUBLIC, SignedInOnly
from zichtlijn.platform.design.navigation import items_for

OF_ONESELF = {
    "start",
    "accounts:profile",
    "accounts:password",
    "accounts:set-up-second-factor",
    "accounts:remove-second-factor",
}
# What the apps show to people from outside themselves is tested there; these are the only ones that may.
SHARED_WITH_OTHERS = ("signals:", "notices:")


@pytest.fixture
def prison(db):
    from zichtlijn.supervision.field.models import Organisation

    return Organisation.objects.create(name="Penitentiaire inrichting Dijkzicht")


@pytest.fixture(params=["olga", "pia"])
def outsider(request, db):
    return request.getfixturevalue(request.param)


def opens(route, user):
    """True when the middleware lets the user through to the view."""
    request = RequestFactory().get("/")
    request.user = user
    try:
        return SignedInOnly(lambda _request: None).process_view(request, route.view, (), {}) is None
    except Http404:
        return False


def is_public(route):
    return getattr(route.view, PUBLIC, False) or getattr(route.view, "view_class", None) in OPEN_CLASSES


def test_no_page_exists_for_outsiders_unless_it_says_so(outsider):
    open_ones = {route.name for route in all_routes() if not is_public(route) and opens(route, outsider)}
    assert {name for name in open_ones if not name.startswith(SHARED_WITH_OTHERS)} == OF_ONESELF


def test_the_mark_opens_nothing_to_strangers(db):
    marked = [route for route in all_routes() if getattr(route.view, OUTSIDE, False) and not is_public(route)]
    assert marked
    assert not any(opens(route, AnonymousUser()) for route in marked)


def test_a_page_of_the_inspectorate_answers_an_outsider_with_404(outsider, client_of):
    browser = client_of(outsider)
    for address in ("/field/", "/search/?q=a", "/events/", "/accounts/users", "/design/"):
        assert browser.get(address).status_code == 404, address


def test_outsiders_go_from_the_start_to_a_page_that_opens(outsider, client_of):
    answer = client_of(outsider).get("/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain


def test_outsiders_are_offered_no_search_and_no_page_that_does_not_exist_for_them(outsider, client_of):
    answer = client_of(outsider).get("/accounts/me")
    assert 'role="search"' not in answer.content.decode()
    routes = {route.name: route for route in all_routes()}
    assert all(opens(routes[item.url_name], outsider) for item in items_for(outsider))


def test_no_model_is_open_to_an_outsider_with_nothing_to_their_name(outsider, team):
    open_ones = []
    for model in apps.get_models():
        manager = model._default_manager
        if hasattr(manager, "visible_to") and manager.visible_to(outsider).exists():
            open_ones.append(model._meta.label)
    assert open_ones == []


def test_what_readers_see_of_the_registers_stays_closed_to_outsiders(outsider, prison, erin):
    from zichtlijn.supervision.field.models import Domain, Organisation

    Domain.objects.create(name="Sancties", slug="sancties")
    for model in (Organisation, Domain):
        assert model.objects.visible_to(erin).exists()
        assert not model.objects.visible_to(outsider).exists()


def test_a_log_that_readers_see_stays_closed_to_outsiders(outsider, erin):
    from zichtlijn.supervision.sources.models import Dataset

    Dataset.objects.create(title="Zaken", added_by=erin, prepared_folder="1")
    assert Dataset.objects.visible_to(erin).exists()
    assert not Dataset.objects.visible_to(outsider).exists()
