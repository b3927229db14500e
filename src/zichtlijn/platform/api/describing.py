"""The description of the API in OpenAPI 3.1, made from the operations themselves, in Dutch."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from zichtlijn.platform.accounts.middleware import public

from .idempotency import HEADER, REPLAYED
from .operations import VERSION, with_headers
from .problems import MEDIA_TYPE

ROOT = "/api/v1"
LANGUAGE = "nl"
PROBLEMS = {
    "400": "Het verzoek klopt niet; alle fouten staan erin.",
    "401": "Zonder geldig token gaat er niets open.",
    "403": "Dit account mag dit niet.",
    "404": "Hier staat niets dat u mag zien.",
    "409": "Dit kan nu niet, bijvoorbeeld door de toestand of omdat iemand anders het wijzigde.",
    "413": "Te veel voor één verzoek (hoogstens 5 MB).",
    "422": "De regels laten dit niet toe; alle fouten staan erin.",
    "503": "Het is te druk, of de database is er even niet. Stuur hetzelfde opnieuw; het telt één keer.",
    "507": "Er is geen ruimte meer. Er is niets bewaard; stuur hetzelfde later opnieuw.",
}
OF_WRITING = ("409", "413", "422", "507")
HOW = {
    "TITLE": "Zichtlijn: meldingen en signalen",
    "DESCRIPTION": "Voor organisaties die melden vanuit hun eigen systeem, en voor systemen van de inspectie.",
    "VERSION": VERSION,
    "LICENSE": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": ROOT,
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a caller says who it is."""

    target_class = "zichtlijn.platform.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token in the header."""
        return {"type": "http", "scheme": "bearer", "description": "Een token dat de beheerder heeft gemaakt."}


@public
@require_safe
def description(request: HttpRequest) -> HttpResponseBase:
    """The description, for everybody and from every site: it holds nothing but the form of the API."""
    contact = {"name": "Beheerder", "url": request.build_absolute_uri("/"), "email": settings.DEFAULT_FROM_EMAIL}
    told = whole() | {"servers": [{"url": request.build_absolute_uri(ROOT)}]}
    told["info"] = told["info"] | {"contact": contact}
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return with_headers(answer)


@cache
def whole() -> dict[str, Any]:
    """The description without the server that it is asked of; the same in every language."""
    with translation.override(LANGUAGE), patched_settings(HOW):
        told: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    schemas = told["components"].setdefault("schemas", {})
    for schema in schemas.values():
        for described in (schema, *schema.get("properties", {}).values()):
            described.pop("description", None)  # of the class or function in the code, and in English
    schemas["Probleem"] = PROBLEM
    for operations in told["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return told


def _complete(method: str, operation: dict[str, Any]) -> None:
    """What holds for every operation: the version in its answers, problems, and the key to repeat it."""
    version = {"API-Version": {"description": "De versie van de API.", "schema": {"type": "string"}}}
    for answer in operation["responses"].values():
        answer["headers"] = version | (REPEATED if method == "post" else {})
    for status, words in PROBLEMS.items():
        if method == "post" or status not in OF_WRITING:
            operation["responses"][status] = {
                "description": words,
                "headers": version,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
            }
    if method == "post":
        operation.setdefault("parameters", []).append(KEY | {"required": operation["operationId"] in KEY_REQUIRED})


REPEATED = {REPLAYED: {"description": "true bij een antwoord dat eerder gegeven is.", "schema": {"type": "string"}}}
KEY_REQUIRED = {"meldingreeksInsturen"}
KEY = {
    "name": HEADER,
    "in": "header",
    "description": "Zelf gekozen, nieuw voor elk nieuw verzoek. Hetzelfde verzoek met dezelfde sleutel geeft het "
    "bewaarde antwoord en wordt niet nog eens uitgevoerd. Antwoorden blijven 30 dagen bewaard.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
}
PROBLEM = {
    "type": "object",
    "description": "Wat er niet goed ging (RFC 9457).",
    "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "location", "code", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["body", "query"]},
                    "location": {
                        "type": "object",
                        "properties": {"pointer": {"type": "string"}, "name": {"type": "string"}},
                    },
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
