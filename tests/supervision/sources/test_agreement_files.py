"""Files with an agreement: a wrong one names its line and nothing is kept; every right kind is read."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from zichtlijn.platform.files.models import StoredFile
from zichtlijn.supervision.sources.models import Agreement, Dataset

from .agreements_given import (
    HEAD,
    LINES,
    STATED,
    ClientOf,
    added,
    model_file,
    post,
    stated_file,
)

WRONG_MODELS = [
    (b"", None),
    (b'{\n "name": \n}', 3),
    (b"[]", None),
    (b"\xff\xfe\x00", None),
    (b"[" * 100_000, None),
    (model_file(hand_overs=[], order={}), None),
    (model_file(hand_overs=[{"from": "Meldpunt", "to": "Nergens"}]), 11),
    (model_file(hand_overs=[{"from": "Meldpunt", "to": "Bureau", "within_days": -7}]), 12),
    (model_file(hand_overs=[{"from": "Meldpunt", "to": "Bureau", "within_days": 10**30}]), 12),
    (model_file(organisations=["Meldpunt\u0000"]), None),
    (model_file(organisations=[f"O{number}" for number in range(1000)], hand_overs=[]), None),
    (model_file(extra=1), 28),
]


@pytest.mark.parametrize(("data", "line"), WRONG_MODELS)
def test_a_wrong_model_names_the_line_and_nothing_is_kept(
    data: bytes, line: int | None, dataset: Dataset, anna: Any, client_of: ClientOf
) -> None:
    files = StoredFile.objects.count()
    answer = post(client_of(anna), dataset, "chain-model", data or b" ", "model.json")
    assert answer.status_code == 400
    said = str(answer.context["form"].errors["file"])
    assert line is None or re.search(rf"\b{line}\b", said), said
    assert not Agreement.objects.exists()
    assert StoredFile.objects.count() == files


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


NAMES = tuple(HEAD.split(";"))
WRONG_FIGURES = [
    (b" ", None),
    (HEAD.encode(), None),
    (stated_file(LINES[0], "31-13-2031;;Bureau;stand;3;"), 3),
    (stated_file(LINES[0], "", "31-12-2031;;Bureau;stand;veel;"), 4),
    (stated_file(LINES[0], "31-12-2031;;Bureau;weer;3;"), 3),
    (stated_file("31-12-2031;;Bureau;instroom;3;"), 2),
    (stated_file("31-12-2031;;;stand;3;"), 2),
    (stated_file("31-12-2031;;Bureau;stand;3;Brief;nog iets"), 2),
    (stated_file(f"31-12-2031;;{'x' * 600};stand;3;"), 2),
    (stated_file('31-12-2031;;"Bureau;stand;3;'), 2),
    (b"dag;organisatie;wat;waarde\n1;2;3;4\n", 2),
    (b'[{"datum": "2031-12-31"}]', 1),
    (b'[\n{"datum": \n]', 3),
    (b"PK\x03\x04 no workbook", None),
    (workbook(NAMES), None),
    (workbook(NAMES, ("31-12-2031", None, "Bureau", "stand", 3), ("31-12-2031", None, "Bureau", "stand", "?")), 3),
]


@pytest.mark.parametrize(("data", "line"), WRONG_FIGURES)
def test_wrong_figures_name_the_line_and_nothing_is_kept(
    data: bytes, line: int | None, dataset: Dataset, anna: Any, client_of: ClientOf
) -> None:
    files = StoredFile.objects.count()
    answer = post(client_of(anna), dataset, "stated-figures", data)
    assert answer.status_code == 400
    said = str(answer.context["form"].errors["file"])
    assert line is None or re.search(rf"\b{line}\b", said), said
    assert not Agreement.objects.exists()
    assert StoredFile.objects.count() == files


def test_a_file_above_a_megabyte_is_refused(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    assert post(client_of(anna), dataset, "chain-model", b" " * 1_100_000).status_code == 400
    assert not Agreement.objects.exists()


def test_a_source_is_asked(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    assert post(client_of(anna), dataset, "chain-model", model_file(), source=" ").status_code == 400
    assert not Agreement.objects.exists()


def test_there_is_no_form_of_another_kind(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    assert client_of(anna).get(reverse("sources:agreement-add", args=[dataset.pk, "weather"])).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_figures_are_read_from_every_kind_of_file(kind: str, dataset: Dataset, anna: Any) -> None:
    rows = [dict(zip(NAMES, line.split(";"), strict=True)) for line in LINES]
    data = {
        "csv": ("\ufeff" + stated_file().decode()).encode(),
        "xlsx": workbook((), NAMES, *(tuple(row.values()) for row in rows)),
        "json": json.dumps(rows).encode(),
    }[kind]
    agreement = added(anna, dataset, STATED, data)
    assert [each["value"] for each in agreement.contents] == [179, 3, 900, 9]
    assert agreement.title == "Meldpunt, Bureau"
    assert agreement.contents[0]["row"] == {"csv": 2, "xlsx": 3, "json": 1}[kind]
