"""Agreements to give to a dataset, right ones, and the pages on which they are given and shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from zichtlijn.supervision.sources.dataset_agreements import take_in_agreement
from zichtlijn.supervision.sources.models import Agreement, AgreementKind, Dataset

ClientOf = Callable[[Any], Client]
CHAIN, STATED = AgreementKind.CHAIN_MODEL, AgreementKind.STATED_FIGURES
MODEL: dict[str, Any] = {
    "name": "Meldketen",
    "organisations": ["Meldpunt", "Bureau", "Rechtbank"],
    "hand_overs": [
        {"from": "Meldpunt", "to": "Bureau", "within_days": 3},
        {"from": "Bureau", "to": "Rechtbank", "within_days": 20},
    ],
    "order": {"of": "organisation", "steps": ["Meldpunt", "Bureau", "Rechtbank"]},
}
HEAD = "datum;sinds;organisatie;wat;waarde;bron"
LINES = [
    "31-12-2031;08-01-2031;Meldpunt;instroom;179;Jaarverslag 2031",
    "31-12-2031;;Bureau;stand;3;Jaarverslag 2031",
    "2031-10-01;;Bureau;stand;900;Brief",
    "2031-10-01;;Bureau;langste wachttijd;9;Brief",
]


def model_file(**changes: Any) -> bytes:
    return json.dumps(MODEL | changes, indent=1).encode()


def stated_file(*lines: str) -> bytes:
    return "\n".join([HEAD, *(lines or LINES)]).encode()


def added(actor: Any, dataset: Dataset, kind: AgreementKind = CHAIN, data: bytes = b"", **values: Any) -> Agreement:
    content = data or (model_file() if kind == CHAIN else stated_file())
    given: dict[str, Any] = {"upload": BytesIO(content), "filename": "gegeven.json", "source": "Convenant 2030"}
    return take_in_agreement(actor=actor, dataset=dataset, kind=kind, **given | values)


def post(client: Client, dataset: Dataset, kind: str, data: bytes, name: str = "gegeven.csv", **values: str) -> Any:
    address = reverse("sources:agreement-add", args=[dataset.pk, kind])
    return client.post(address, {"file": SimpleUploadedFile(name, data), "source": "Convenant 2030"} | values)


def part(client: Client, dataset: Dataset, query: str = "", language: str = "en") -> str:
    address = reverse("sources:dataset-dashboard-part", args=[dataset.pk, "agreements"])
    answer = client.get(f"{address}{query}", headers={"accept-language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())
