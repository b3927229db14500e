"""Messages with a way back."""

from __future__ import annotations

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zichtlijn.platform.design.feedback import Notice, notices, tell


@pytest.fixture
def request_with_messages() -> HttpRequest:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def next_request(request: HttpRequest) -> HttpRequest:
    response = HttpResponse()
    request._messages.update(response)  # type: ignore[attr-defined]
    following = RequestFactory().get("/")
    following.COOKIES["messages"] = response.cookies["messages"].value
    following._messages = CookieStorage(following)  # type: ignore[attr-defined]
    return following


def test_a_message_keeps_its_tone_and_its_way_back_over_the_redirect(request_with_messages: HttpRequest) -> None:
    tell(request_with_messages, "Removed", undo_url="/restore/7?a=b c")
    assert notices(next_request(request_with_messages)) == [Notice("Removed", "positive", "/restore/7?a=b%20c")]


def test_a_message_is_shown_once(request_with_messages: HttpRequest) -> None:
    tell(request_with_messages, "Careful", "warning")
    assert [notice.tone for notice in notices(request_with_messages)] == ["warning"]


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_a_way_back_to_another_site_is_refused(request_with_messages: HttpRequest, address: str) -> None:
    with pytest.raises(ValueError, match="this site"):
        tell(request_with_messages, "Removed", undo_url=address)


def test_an_unknown_tone_is_an_error(request_with_messages: HttpRequest) -> None:
    with pytest.raises(KeyError):
        tell(request_with_messages, "Removed", "purple")
