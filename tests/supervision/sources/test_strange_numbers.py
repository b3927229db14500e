"""Numbers that a form of ours would never send: answered with a page, never with an error of the software."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zichtlijn.supervision.sources.models import Proposal

STRANGE = ["9" * 5000, "9" * 30, "²", "٣²", "-1", "a\0b"]
Client = Callable[[Any], Any]


@pytest.mark.parametrize("number", STRANGE)
def test_in_the_forms_of_the_review_screen(document: Any, alice: Any, client_of: Client, number: str) -> None:
    client, proposal = client_of(alice), Proposal.objects.filter(document=document).first()
    assert proposal is not None
    given = {"others": number, "number": number, "quotes-0": number, "title-0": "x", "next": number, "list": number}
    for name in ("merge", "split", "accept"):
        answer = client.post(reverse(f"sources:{name}", args=[proposal.pk]), given)
        assert answer.status_code in {200, 302, 400}, name


@pytest.mark.parametrize("number", STRANGE)
def test_as_the_page_of_a_layer(db: None, alice: Any, client_of: Client, number: str) -> None:
    layer = SimpleUploadedFile("laag.txt", b"Een laag van een pagina.")
    file = SimpleUploadedFile("plan.txt", b"Een plan zonder bladzijden.")
    given = {"file": file, "page_files": layer, "page_numbers": number}
    assert client_of(alice).post(reverse("sources:upload"), given).status_code == 400


def test_in_the_name_of_a_layer(db: None, alice: Any, client_of: Client) -> None:
    layer = SimpleUploadedFile("9" * 90 + ".txt", b"Een laag van een pagina.")
    given = {"file": SimpleUploadedFile("plan.txt", b"Een plan."), "page_files": layer}
    assert client_of(alice).post(reverse("sources:upload"), given).status_code == 400
