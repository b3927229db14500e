"""What the dashboard and kept figures say of a log beside what was agreed and stated."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.models import Agreement, AgreementKind, Dataset, RemadeOutcome, SavedFigure

from .agreements_given import (
    CHAIN,
    STATED,
    ClientOf,
    added,
    model_file,
    part,
)
from .dataset_steps import prepared
from .logs import registration


def test_the_dashboard_holds_the_log_against_both(large_dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    added(anna, large_dataset)
    added(anna, large_dataset, STATED)
    client = client_of(anna)
    text = part(client, large_dataset)
    assert "Meldketen" in text
    assert "agrees (at most 9 apart)" in text
    assert "differs: the log shows less" in text
    cases = reverse("sources:dataset-cases", args=[large_dataset.pk])
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


def test_a_selection_is_of_the_chain_and_not_of_what_is_stated(
    large_dataset: Dataset, anna: Any, client_of: ClientOf
) -> None:
    added(anna, large_dataset)
    added(anna, large_dataset, STATED)
    text = part(client_of(anna), large_dataset, "?region=Noord")
    assert "Of 100 cases" in text
    assert "Always about all cases" in text
    keep = reverse("sources:figure-save", args=[large_dataset.pk])
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
    large_dataset: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    added(anna, large_dataset)
    added(anna, large_dataset, STATED)
    worker, reader = part(client_of(anna), large_dataset), part(client_of(erin), large_dataset)
    assert "Of 300 cases" in worker
    assert "Of about 300 cases" in reader
    assert reverse("sources:dataset-cases", args=[large_dataset.pk]) not in reader
    lines = re.findall(r"<tr[^>]*>.*?</tr>", reader, re.DOTALL)
    (small,) = [line for line in lines if "number that waits" in line and "31 Dec 2031" in line]
    assert small.count("not shown") == 4
    (longest,) = [line for line in lines if "longest time waited" in line]
    assert longest.count("not shown") == 4
    assert "at most" not in reader


def test_two_models_that_differ_by_a_day_tell_a_reader_no_person(
    large_dataset: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    """The exact counts differ by a few; a reader sees the same round number, or one a whole step further."""
    for days in (3, 4):
        added(
            anna, large_dataset, data=model_file(hand_overs=[{"from": "Meldpunt", "to": "Bureau", "within_days": days}])
        )
    said = re.findall(r"about ([\d,]+)", part(client_of(erin), large_dataset))
    assert said
    assert all(int(number.replace(",", "")) % 10 == 0 for number in said)


# Kept figures


@pytest.mark.parametrize("kind", [CHAIN, STATED])
def test_a_figure_with_an_agreement_is_kept_and_made_again(
    kind: AgreementKind, large_dataset: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    agreement, client = added(anna, large_dataset, kind), client_of(anna)
    metric = agreement.metric
    address = f"{reverse('sources:figure-save', args=[large_dataset.pk])}?metric={metric}&agreement={agreement.digest}"
    answer = client.post(address, {"title": "Vergeleken"})
    figure = SavedFigure.objects.get()
    assert answer["Location"] == figure.get_absolute_url()
    assert figure.selection == [["agreement", agreement.digest]]
    assert (figure.agreement, figure.metric) == (agreement, metric)
    actions.withdraw_agreement(actor=anna, dataset=large_dataset, agreement=agreement)
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
