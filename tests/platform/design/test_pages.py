"""The frame of a page: theme, gallery, errors, and nothing that the content policy refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from zichtlijn.platform.design import errors, views

INLINE = re.compile(r'<script(?![^>]*\bsrc=)|<style|\sstyle="|\son[a-z]+="|javascript:', re.IGNORECASE)


@pytest.fixture
def administrator(client: Client, dave: Any) -> Client:
    client.force_login(dave, "zichtlijn.platform.accounts.backends.LocalAccounts")
    return client


def page_request(user: Any = None) -> HttpRequest:
    request = RequestFactory().get("/somewhere/")
    request.user = user or AnonymousUser()
    return request


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_gallery_holds_nothing_inline(administrator: Client, language: str) -> None:
    page = administrator.get(reverse("design:gallery"), headers={"accept-language": language}).content.decode()
    assert INLINE.search(page) is None
    assert f'<html lang="{language}"' in page


def test_the_gallery_has_no_id_twice(administrator: Client) -> None:
    page = administrator.get(reverse("design:gallery")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_every_aria_reference_of_the_gallery_points_to_something(administrator: Client) -> None:
    page = administrator.get(reverse("design:gallery")).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    named = {name for value in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page) for name in value.split()}
    assert named <= ids


def test_others_may_not_see_the_gallery(bob: Any) -> None:
    with pytest.raises(PermissionDenied):
        views.gallery(page_request(bob))


def test_the_chosen_theme_is_in_the_page_that_the_server_sends(client: Client, db: None) -> None:
    address = reverse("design:accessibility")
    assert "data-theme" not in client.get(address).content.decode()
    answer = client.post(reverse("design:theme"), {"theme": "dark", "next": address})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert '<html lang="nl" data-theme="dark">' in client.get(address).content.decode()


def test_the_device_decides_again_when_the_choice_is_given_back(client: Client, db: None) -> None:
    for theme in ("light", ""):
        client.post(reverse("design:theme"), {"theme": theme})
    assert "data-theme" not in client.get(reverse("design:accessibility")).content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_choosing_a_theme_does_not_lead_to_another_site(client: Client, db: None, address: str) -> None:
    assert client.post(reverse("design:theme"), {"theme": "dark", "next": address})["Location"] == "/"


def test_a_cookie_with_nonsense_is_no_theme(client: Client, db: None) -> None:
    client.cookies["zichtlijn_theme"] = '"><script>'
    page = client.get(reverse("design:accessibility")).content.decode()
    assert "data-theme" not in page


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.page_not_found, 404),
        (errors.csrf_failure, 403),
    ],
)
def test_error_pages_say_what_to_do(page: Any, status: int) -> None:
    answer = page(page_request())
    assert answer.status_code == status
    html = answer.content.decode()
    assert html.count("<h1") == 1
    assert 'href="/"' in html
    assert INLINE.search(html) is None


def test_the_page_for_a_fault_needs_no_context_and_no_database() -> None:
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    html = answer.content.decode()
    assert html.count("<h1") == 1
    assert INLINE.search(html) is None


def test_an_installation_can_add_its_own_theme(client: Client, db: None, settings: Any) -> None:
    settings.ZICHTLIJN_THEME_CSS = "design/icon.svg"
    settings.ZICHTLIJN_THEME_CLASS = "own-theme"
    page = client.get(reverse("design:accessibility")).content.decode()
    assert 'rel="stylesheet" href="/static/design/icon' in page
    assert re.search(r'<body class="[^"]* own-theme"', page)


def test_demo_data_are_announced(client: Client, db: None, settings: Any) -> None:
    settings.ZICHTLIJN_DEMO = True
    assert "zl-banner" in client.get(reverse("design:accessibility")).content.decode()
    settings.ZICHTLIJN_DEMO = False
    assert "zl-banner" not in client.get(reverse("design:accessibility")).content.decode()
