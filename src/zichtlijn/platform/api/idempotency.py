"""The same request twice gives the same answer, and is carried out once.

The row with the key is written first, in the transaction of the work: a second request with that key waits for it (on
its unique constraint, or on the one writer of SQLite), and then finds the answer. When the work fails nothing is
kept, and the key is free again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer

from .models import IdempotentAnswer
from .problems import Problem

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,100}")
Work = Callable[[], tuple[int, Any]]


def answer_once(request: Any, *, operation: str, work: Work, required: bool = False) -> HttpResponse:
    """Do ``work`` (which gives status and body) once for the key of the request, and answer after the commit.

    Raises Problem for a key that is missing where it is ``required``, is no key, or came before with another request.
    """
    key = _key_of(request, required)
    if key is None:  # the action is a transaction by itself; nothing else has to be kept with it
        status, content = work()
        return _response(status, _text(content))
    fingerprint = _fingerprint(request)
    if (stored := _stored(request.user, key)) is not None:
        return _again(stored, fingerprint)
    try:
        with transaction.atomic():
            kept = IdempotentAnswer.objects.create(
                user=request.user, key=key, operation=operation, fingerprint=fingerprint, status=0, body=""
            )
            kept.status, content = work()
            kept.body = _text(content)
            kept.save(update_fields=["status", "body"])
    except IntegrityError:
        if (stored := _stored(request.user, key)) is None:
            raise
        return _again(stored, fingerprint)
    return _response(kept.status, kept.body)


def _key_of(request: Any, required: bool) -> str | None:
    key: str | None = request.headers.get(HEADER)
    if key is None:
        if required:
            raise Problem(400, _("Send the header Idempotency-Key."), _("With it the same request can be sent again."))
        return None
    if not KEY.fullmatch(key):
        raise Problem(400, _("An Idempotency-Key is 1 to 100 letters, digits and signs, without spaces."))
    return key


def _stored(user: Any, key: str) -> IdempotentAnswer | None:
    return IdempotentAnswer.objects.filter(user=user, key=key).first()


def _again(stored: IdempotentAnswer, fingerprint: str) -> HttpResponse:
    if stored.fingerprint != fingerprint:
        detail = _("Use a new key for every new request.")
        raise Problem(422, _("This Idempotency-Key came before with another request."), detail)
    response = _response(stored.status, stored.body)
    response[REPLAYED] = "true"
    return response


def _fingerprint(request: Any) -> str:
    """Of method, address and what the body says; the order of names and blanks in it do not matter."""
    data = request.data
    if isinstance(data, QueryDict):
        data = {name: [_said(value) for value in data.getlist(name)] for name in data}
    said = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{request.method} {request.path}\n{said}".encode()).hexdigest()


def _said(value: Any) -> Any:
    """A field of a form as it is; of a file its name and what is in it."""
    if not isinstance(value, UploadedFile):
        return value
    value.seek(0)
    digest = hashlib.sha256(b"".join(value.chunks())).hexdigest()
    value.seek(0)
    return ["file", value.name, digest]


def _text(content: Any) -> str:
    rendered: bytes = JSONRenderer().render(content)
    return rendered.decode("utf-8")


def _response(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="application/json")
