"""What goes wrong in the API, as ``application/problem+json`` (RFC 9457), with all faults of a request at once."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    ValidationError,
)
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.shortages import AGAIN_AFTER, Shortage, shortage_of

MEDIA_TYPE = "application/problem+json"
STALE = "stale"
WHOLE = (NON_FIELD_ERRORS, "non_field_errors")  # as Django and the framework call what is about no field
logger = logging.getLogger(__name__)
Fault = dict[str, Any]


class Problem(Exception):
    """An answer that is not what was asked for. ``errors`` name each fault and where it is."""

    def __init__(self, status: int, title: str, detail: str = "", errors: list[Fault] | None = None) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.errors = status, title, detail or title, errors or []
        self.headers: dict[str, str] = {}


def problem_of(error: Exception, names: Mapping[str, str] | None = None) -> Problem:
    """The problem that an exception is to the caller. ``names``: fields of the product -> names in the API.

    Anything that nobody foresaw is a 500 that says nothing of the inside; the log has it.
    """
    match error:
        case Problem():
            return error
        case exceptions.ValidationError():
            return Problem(400, _("The request is not right."), _("See the errors."), list(faults_of(error.detail)))
        case exceptions.APIException():
            return _from_framework(error)
        case Http404():
            return Problem(404, _("There is nothing at this address that you may see."))
        case PermissionDenied():
            return Problem(403, _("You may not do this."))
        case RequestDataTooBig():
            return Problem(413, _("This is too much for one request."))
        case ValidationError():
            return _from_rules(error, names or {})
        case DatabaseError() | InterfaceError() | OSError():
            return _from_the_machine(error)
    logger.error("an API operation failed", exc_info=error)
    return Problem(500, _("Something went wrong here. It was written down."))


def response_to(problem: Problem) -> HttpResponse:
    """The answer itself."""
    body: dict[str, Any] = {"status": problem.status, "title": problem.title, "detail": problem.detail}
    if problem.errors:
        body["errors"] = problem.errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def faults_of(detail: Any, pointer: str = "") -> Iterator[Fault]:
    """Every fault in what the framework says of a body, with a JSON pointer to its place."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from faults_of(inner, pointer if name in WHOLE else f"{pointer}/{name}")
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from faults_of(inner, pointer)
    else:
        yield fault(str(detail), code=getattr(detail, "code", "invalid"), pointer=pointer)


def fault(detail: str, *, code: str, pointer: str = "") -> Fault:
    """One fault in the body of a request."""
    return {"in": "body", "location": {"pointer": pointer or "/"}, "code": code, "detail": detail}


def faults_of_rules(error: ValidationError, names: Mapping[str, str]) -> list[Fault]:
    """The faults that an action found, under the names of the API."""
    fields = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    return [
        fault(" ".join(each.messages), code=each.code or "invalid", pointer=_pointer(field, names))
        for field, errors in fields.items()
        for each in errors
    ]


def _pointer(field: str, names: Mapping[str, str]) -> str:
    return "" if field == NON_FIELD_ERRORS else f"/{names.get(field, field)}"


def _from_rules(error: ValidationError, names: Mapping[str, str]) -> Problem:
    faults = faults_of_rules(error, names)
    if isinstance(error, StepRefused) or any(each["code"] == STALE for each in faults):
        return Problem(409, _("This cannot be done as it stands now."), faults[0]["detail"], faults)
    return Problem(422, _("This cannot be accepted."), _("See the errors."), faults)


def _from_framework(error: exceptions.APIException) -> Problem:
    titles = {
        400: _("The request cannot be read."),
        401: _("Who are you? Send a valid token."),
        403: _("You may not do this."),
        405: _("This method does not exist at this address."),
        406: _("The answer can only be given as JSON."),
        415: _("Send the request as JSON."),
    }
    problem = Problem(error.status_code, titles.get(error.status_code, str(error.detail)), str(error.detail))
    if header := getattr(error, "auth_header", None):
        problem.headers["WWW-Authenticate"] = header
    return problem


def _from_the_machine(error: Exception) -> Problem:
    """The database is busy or away, or the disk is full: nothing was kept, and the same request may come again."""
    logger.error("an API operation failed", exc_info=error)
    match shortage_of(error):
        case Shortage.ROOM:
            return Problem(507, _("There is no room left here. Nothing was kept; send it again later."))
        case Shortage.DATABASE:
            problem = Problem(503, _("This does not work at the moment. Send the same again: it counts once."))
            problem.headers["Retry-After"] = str(AGAIN_AFTER)
            return problem
    return Problem(500, _("Something went wrong here. It was written down."))
