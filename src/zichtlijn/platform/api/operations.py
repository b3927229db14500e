"""The base of every operation of the API: closed by default, JSON in and out, one version in every answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from zichtlijn.platform.accounts.middleware import public

from .authentication import BearerToken
from .problems import Problem, problem_of, response_to

VERSION = "1.1.0"


class StrictJson(BaseParser):
    """One JSON value in UTF-8, no larger than any other request, without NaN and the like."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The value. Raises ParseError, and RequestDataTooBig for what is larger than the settings say."""
        try:
            return json.loads(stream.body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not JSON in UTF-8.")) from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


class MayDoThis(BasePermission):
    """The permission that the operation names, without a record; actions ask for the record as well."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """True when the role of the user has it."""
        return bool(request.user.has_perm(view.needs))


class Operation(APIView):
    """One address. ``needs`` is the permission without which nothing here answers; ``names``: field -> name in the API.

    The middleware lets it through, because it asks for a token itself and never looks at a session.
    """

    authentication_classes = [BearerToken]
    permission_classes = [IsAuthenticated, MayDoThis]
    parser_classes = [StrictJson]
    renderer_classes = [JSONRenderer]
    throttle_classes: list[Any] = []
    metadata_class = None
    http_method_names = ["get", "head", "post"]
    needs: str
    names: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, which the middleware leaves to its own authentication."""
        if not getattr(cls, "needs", ""):
            raise TypeError(f"{cls.__name__} does not say which permission it needs")
        return public(super().as_view(**initkwargs))

    def handle_exception(self, exc: Exception) -> HttpResponse:
        """Whatever goes wrong, as a problem."""
        if getattr(exc, "status_code", None) == 401:
            exc.auth_header = self.get_authenticate_header(self.request)  # type: ignore[attr-defined]
        return response_to(problem_of(exc, self.names))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The headers of every answer."""
        finished: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        return with_headers(finished)


def with_headers(response: HttpResponseBase) -> HttpResponseBase:
    """The version of the API; and nothing of it is kept on the way."""
    response["API-Version"] = VERSION
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response


@public
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """404 in the form of the API for every address under it that is none."""
    problem = Problem(404, _("There is nothing at this address."), _("Addresses have no slash at the end."))
    return with_headers(response_to(problem))


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]
