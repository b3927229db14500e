"""What a dataset is held against: who may bring and remove it, wrong files, the figures, and small counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.dataset_agreements import take_in_agreement
from zichtlijn.supervision.sources.models import Agreement, AgreementKind, Dataset, RemadeOutcome, SavedFigure

from .dataset_steps import fresh, mapped, prepared
from .logs import registration

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
FORBIDDEN = ("erin", "frank", "dave")


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


@pytest.fixture
def dataset(anna: Any, settings: Any, tmp_path: Any) -> Dataset:
    settings.DATA = tmp_path
    return prepared(anna)


@pytest.fixture
def many(anna: Any, settings: Any, tmp_path: Any) -> Dataset:
    settings.DATA = tmp_path
    return prepared(anna, registration(range(1, 301)))


# What is allowed


def test_an_agreement_is_kept_with_who_and_where_it_comes_from(dataset: Dataset, anna: Any) -> None:
    agreement = added(anna, dataset)
    assert (agreement.title, agreement.source, agreement.added_by) == ("Meldketen", "Convenant 2030", anna)
    assert agreement.digest == agreement.file.sha256
    assert agreement.contents["organisations"] == MODEL["organisations"]
    assert Event.objects.about(agreement).get().action == "sources.add_agreement"


@pytest.mark.parametrize("name", FORBIDDEN)
def test_who_may_not_change_the_dataset_brings_and_removes_nothing(
    name: str, dataset: Dataset, anna: Any, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    user, agreement = request.getfixturevalue(name), added(anna, dataset)
    with pytest.raises(PermissionDenied):
        added(user, dataset, STATED)
    for act in (actions.withdraw_agreement, actions.restore_agreement):
        with pytest.raises(PermissionDenied):
            act(actor=user, dataset=dataset, agreement=agreement)
    client = client_of(user)
    assert post(client, dataset, "stated-figures", stated_file()).status_code == 403
    for action in ("withdraw", "restore"):
        assert client.post(reverse(f"sources:agreement-{action}", args=[agreement.pk])).status_code == 403
    assert list(Agreement.objects.values_list("kind", "is_withdrawn")) == [("chain_model", False)]


def test_permission_on_one_dataset_does_not_reach_another(dataset: Dataset, anna: Any, bob: Any) -> None:
    agreement = added(anna, dataset)
    Dataset.objects.filter(pk=dataset.pk).update(only_for=anna)
    other = prepared(bob, registration(range(1, 9)), title="Van Bob")
    with pytest.raises(Agreement.DoesNotExist):
        actions.withdraw_agreement(actor=bob, dataset=other, agreement=agreement)
    assert not Agreement.objects.get().is_withdrawn


def test_nobody_else_sees_what_belongs_to_somebody_alone(
    dataset: Dataset, anna: Any, bob: Any, client_of: ClientOf
) -> None:
    agreement = added(anna, dataset)
    Dataset.objects.filter(pk=dataset.pk).update(only_for=anna)
    for name in ("agreement", "agreement-file"):
        assert client_of(bob).get(reverse(f"sources:{name}", args=[agreement.pk])).status_code == 404
        assert client_of(anna).get(reverse(f"sources:{name}", args=[agreement.pk])).status_code == 200


def test_removing_can_be_undone(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    agreement, client = added(anna, dataset), client_of(anna)
    answer = client.post(reverse("sources:agreement-withdraw", args=[agreement.pk]), follow=True)
    assert reverse("sources:agreement-restore", args=[agreement.pk]) in answer.content.decode()
    assert reverse("sources:agreement-file", args=[agreement.pk]) not in answer.content.decode()
    assert 'id="conformance' not in part(client, dataset)
    client.post(reverse("sources:agreement-restore", args=[agreement.pk]))
    assert f'id="conformance-{agreement.pk}-title"' in part(client, dataset)
    told = list(Event.objects.about(agreement).order_by("id").values_list("action", flat=True))
    assert told == ["sources.add_agreement", "sources.withdraw_agreement", "sources.restore_agreement"]


def test_the_same_file_stands_once_and_comes_back_after_it_was_removed(dataset: Dataset, anna: Any) -> None:
    agreement = added(anna, dataset)
    with pytest.raises(ValidationError):
        added(anna, dataset)
    actions.withdraw_agreement(actor=anna, dataset=dataset, agreement=agreement)
    again = added(anna, dataset, source="Convenant 2031")
    assert (again.pk, again.source, again.is_withdrawn) == (agreement.pk, "Convenant 2031", False)


def test_a_button_pressed_twice_adds_once(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    client = client_of(anna)
    page = client.get(reverse("sources:agreement-add", args=[dataset.pk, "chain-model"])).content.decode()
    number = page.split('name="submission" value="')[1].split('"')[0]
    for _time in range(2):
        assert post(client, dataset, "chain-model", model_file(), submission=number).status_code == 302
    assert Agreement.objects.count() == 1


def test_nothing_is_added_to_a_dataset_that_was_taken_back(dataset: Dataset, anna: Any) -> None:
    actions.withdraw_dataset(actor=anna, dataset=dataset, reason="Fout.")
    with pytest.raises(ValidationError):
        added(anna, fresh(dataset))
    assert not Agreement.objects.exists()


def test_an_agreement_can_come_before_the_log(anna: Any, settings: Any, tmp_path: Any, client_of: ClientOf) -> None:
    settings.DATA = tmp_path
    dataset = mapped(anna)
    answer = post(client_of(anna), dataset, "chain-model", model_file())
    assert answer["Location"] == dataset.get_absolute_url()


# Wrong files

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


# The figures


def test_the_dashboard_holds_the_log_against_both(many: Dataset, anna: Any, client_of: ClientOf) -> None:
    added(anna, many)
    added(anna, many, STATED)
    client = client_of(anna)
    text = part(client, many)
    assert "Meldketen" in text
    assert "agrees (at most 9 apart)" in text
    assert "differs: the log shows less" in text
    cases = reverse("sources:dataset-cases", args=[many.pk])
    found = {each.replace("&amp;", "&") for each in re.findall(rf'href="({re.escape(cases)}[^"]*)"', text)}
    assert {"kind=late", "giver=Meldpunt", "row=2"} <= {pair for each in found for pair in re.split("[?&]", each)}
    numbers = {}
    for each in found:
        answer = client.get(each)
        assert answer.status_code == 200
        numbers[each] = answer.context["number"]
    (late,) = [number for each, number in numbers.items() if each.endswith("kind=late")]
    # After 2 + number % 3 days at the Bureau: one of three is there after 4.
    assert late >= 100
    (inflow,) = [number for each, number in numbers.items() if each.endswith("row=2")]
    assert inflow == 179


def test_a_selection_is_of_the_chain_and_not_of_what_is_stated(many: Dataset, anna: Any, client_of: ClientOf) -> None:
    added(anna, many)
    added(anna, many, STATED)
    text = part(client_of(anna), many, "?region=Noord")
    assert "Of 100 cases" in text
    assert "Always about all cases" in text
    keep = reverse("sources:figure-save", args=[many.pk])
    asked = re.findall(rf'href="{re.escape(keep)}\?([^"]*)"', text)
    assert ["region=Noord" in each for each in asked] == [True, False]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_agreements_the_part_says_what_can_be_added(
    dataset: Dataset, anna: Any, erin: Any, client_of: ClientOf, language: str
) -> None:
    own = f'{dataset.get_absolute_url()}#agreements-title"'
    assert own in part(client_of(anna), dataset, language=language)
    assert own not in part(client_of(erin), dataset, language=language)


def test_a_model_that_the_log_cannot_be_held_against_is_told(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    agreement = added(anna, dataset, data=model_file(name="Anders"))
    Agreement.objects.filter(pk=agreement.pk).update(contents={"name": "x", "other": 1})
    assert "unknown field" in part(client_of(anna), dataset)


def test_more_agreements_ask_no_more_of_the_database(
    dataset: Dataset, anna: Any, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(anna)
    added(anna, dataset)
    for show in (lambda: part(client, dataset), lambda: client.get(dataset.get_absolute_url())):
        show()
        with CaptureQueriesContext(connection) as asked:
            show()
        before = len(asked)
        for number in range(3):
            added(anna, dataset, data=model_file(name=f"{show} {number}"))
        show()
        with django_assert_num_queries(before):
            show()


# Who sees what


@pytest.mark.parametrize("name", ["anna", "bob", "alice", "erin"])
def test_the_page_of_an_agreement_per_role(
    name: str, dataset: Dataset, anna: Any, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    sees = name != "erin"
    client = client_of(request.getfixturevalue(name))
    chain, stated = added(anna, dataset), added(anna, dataset, STATED)
    pages = [client.get(each.get_absolute_url()).content.decode() for each in (chain, stated)]
    assert "Convenant 2030" in pages[0]
    assert "Rechtbank" in pages[0]
    assert ("Jaarverslag 2031" in pages[1]) is sees
    answers = [client.get(reverse("sources:agreement-file", args=[each.pk])) for each in (chain, stated)]
    assert [answer.status_code for answer in answers] == [200, 200 if sees else 403]
    assert b"".join(answers[0].streaming_content) == model_file()
    own = client.get(dataset.get_absolute_url()).content.decode()
    assert (reverse("sources:agreement-withdraw", args=[chain.pk]) in own) is sees


def test_a_reader_sees_round_numbers_and_no_small_ones(
    many: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    added(anna, many)
    added(anna, many, STATED)
    worker, reader = part(client_of(anna), many), part(client_of(erin), many)
    assert "Of 300 cases" in worker
    assert "Of about 300 cases" in reader
    assert reverse("sources:dataset-cases", args=[many.pk]) not in reader
    lines = re.findall(r"<tr[^>]*>.*?</tr>", reader, re.DOTALL)
    (small,) = [line for line in lines if "number that waits" in line and "31 Dec 2031" in line]
    assert small.count("not shown") == 4
    (longest,) = [line for line in lines if "longest time waited" in line]
    assert longest.count("not shown") == 4
    assert "at most" not in reader


def test_two_models_that_differ_by_a_day_tell_a_reader_no_person(
    many: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    """The exact counts differ by a few; a reader sees the same round number, or one a whole step further."""
    for days in (3, 4):
        added(anna, many, data=model_file(hand_overs=[{"from": "Meldpunt", "to": "Bureau", "within_days": days}]))
    said = re.findall(r"about ([\d,]+)", part(client_of(erin), many))
    assert said
    assert all(int(number.replace(",", "")) % 10 == 0 for number in said)


# Kept figures


@pytest.mark.parametrize("kind", [CHAIN, STATED])
def test_a_figure_with_an_agreement_is_kept_and_made_again(
    kind: AgreementKind, many: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    agreement, client = added(anna, many, kind), client_of(anna)
    metric = agreement.metric
    address = f"{reverse('sources:figure-save', args=[many.pk])}?metric={metric}&agreement={agreement.digest}"
    answer = client.post(address, {"title": "Vergeleken"})
    figure = SavedFigure.objects.get()
    assert answer["Location"] == figure.get_absolute_url()
    assert figure.selection == [["agreement", agreement.digest]]
    assert (figure.agreement, figure.metric) == (agreement, metric)
    actions.withdraw_agreement(actor=anna, dataset=many, agreement=agreement)
    assert actions.remake_figure(actor=anna, figure=figure).remade_outcome == RemadeOutcome.SAME
    shown = client.get(figure.get_absolute_url())
    assert agreement.digest in shown.content.decode()
    reader = client_of(erin).get(figure.get_absolute_url())
    assert reader.status_code == 200
    assert shown.context["shown"].tables != reader.context["shown"].tables


def test_an_agreement_of_another_dataset_or_kind_makes_no_figure(dataset: Dataset, anna: Any) -> None:
    other = added(anna, prepared(anna, registration(range(1, 9)), title="Ander"))
    stated = added(anna, dataset, STATED)
    for digest in (other.digest, stated.digest, "", "0" * 64):
        with pytest.raises(LogError):
            actions.save_figure(
                actor=anna, dataset=dataset, metric="conformance", selection=[("agreement", digest)], title="x"
            )
    assert not SavedFigure.objects.exists()


def test_the_line_of_sight_runs_from_the_dataset_over_the_agreement_to_the_figure(dataset: Dataset, anna: Any) -> None:
    agreement = added(anna, dataset)
    figure = actions.save_figure(
        actor=anna, dataset=dataset, metric="conformance", selection=[("agreement", agreement.digest)], title="x"
    )
    sight = line_of_sight(agreement, anna)
    assert sight is not None
    assert [node.record for node in sight.back()] == [dataset]
    assert [node.record for node in sight.forward()] == [figure]


@pytest.mark.parametrize(
    "query", ["kind=weather", "kind=skipped&step=99", "kind=late&giver=Nergens&receiver=Bureau", "step=x&kind=skipped"]
)
def test_cases_of_what_there_is_not_are_refused(query: str, dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    agreement = added(anna, dataset)
    address = f"{reverse('sources:dataset-cases', args=[dataset.pk])}?metric=conformance&agreement={agreement.digest}"
    answer = client_of(anna).get(f"{address}&{query}")
    assert answer.status_code == 302
    assert client_of(anna).get(address).status_code == 200
