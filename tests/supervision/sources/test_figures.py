"""Figures that are kept: with their query and digest, made again from there, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.field.actions import register_chain
from zichtlijn.supervision.sources import actions, chain_figures
from zichtlijn.supervision.sources.choosing import accept_report, choose_mapping
from zichtlijn.supervision.sources.figure_making import is_same
from zichtlijn.supervision.sources.models import Dataset, RemadeOutcome, SavedFigure

from .dataset_steps import MAPPING, do_add, do_prepare, fresh, prepared
from .logs import KEY, registration

Client = Callable[[Any], Any]
METRIC = "hand-overs"
NORTH = (("region", "Noord"),)


@pytest.fixture
def dataset(anna: Any) -> Dataset:
    return prepared(anna)


def kept(actor: Any, dataset: Dataset, **values: Any) -> SavedFigure:
    given: dict[str, Any] = {"metric": METRIC, "selection": NORTH, "title": "Overdrachten in Noord"}
    return actions.save_figure(actor=actor, dataset=dataset, **given | values)


def test_a_figure_is_kept_with_its_query_and_the_log_it_is_of(dataset: Dataset, anna: Any) -> None:
    figure = kept(anna, dataset)
    assert figure.selection == [["region", "Noord"]]
    assert (figure.digest, figure.cut_off) == (dataset.digest, dataset.cut_off)
    assert figure.result != kept(anna, dataset, selection=(), title="Alles").result
    assert Event.objects.about(figure).get().action == "sources.save_figure"


@pytest.mark.parametrize("metric", sorted(chain_figures.METRICS))
def test_every_metric_can_be_kept_shown_and_made_again(
    metric: str, dataset: Dataset, anna: Any, erin: Any, client_of: Client
) -> None:
    if chain_figures.missing(metric, dataset.open_prepared()):
        with pytest.raises(LogError):
            kept(anna, dataset, metric=metric)
        return
    figure = kept(anna, dataset, metric=metric)
    assert actions.remake_figure(actor=anna, figure=figure).remade_outcome == RemadeOutcome.SAME
    for user in (anna, erin):
        assert client_of(user).get(figure.get_absolute_url()).status_code == 200


def test_a_figure_is_the_same_while_the_log_is(dataset: Dataset, anna: Any) -> None:
    figure = actions.remake_figure(actor=anna, figure=kept(anna, dataset))
    assert figure.remade_outcome == RemadeOutcome.SAME
    assert figure.remade_result is None
    assert figure.remade_at is not None


def test_another_result_of_the_same_log_is_told(dataset: Dataset, anna: Any, client_of: Client) -> None:
    figure = kept(anna, dataset)
    other = kept(anna, dataset, selection=(), title="Alles").result
    SavedFigure.objects.filter(pk=figure.pk).update(result=other)
    figure = actions.remake_figure(actor=anna, figure=SavedFigure.objects.select_related("dataset").get(pk=figure.pk))
    assert figure.remade_outcome == RemadeOutcome.DIFFERS
    assert figure.result == other
    shown = client_of(anna).get(figure.get_absolute_url()).content.decode()
    assert 'id="before-title"' in shown
    assert 'id="after-title"' in shown


def test_a_dataset_that_grew_is_told_with_both_results(dataset: Dataset, anna: Any) -> None:
    figure = kept(anna, dataset)
    do_add(anna, dataset, registration(range(41, 61)))
    figure = actions.remake_figure(actor=anna, figure=SavedFigure.objects.select_related("dataset").get(pk=figure.pk))
    assert figure.remade_outcome == RemadeOutcome.DATASET_CHANGED
    assert figure.remade_result not in (None, figure.result)
    assert figure.remade_digest == fresh(dataset).digest != figure.digest


def test_a_selection_of_a_value_that_is_gone_is_refused(dataset: Dataset, anna: Any) -> None:
    figure = kept(anna, dataset)
    choose_mapping(actor=anna, dataset=dataset, mapping=MAPPING.with_role("region", None))
    accept_report(actor=anna, dataset=fresh(dataset))
    do_prepare(anna, fresh(dataset))
    figure = SavedFigure.objects.select_related("dataset").get(pk=figure.pk)
    with pytest.raises(LogError):
        actions.remake_figure(actor=anna, figure=figure)
    assert not SavedFigure.objects.get(pk=figure.pk).remade_outcome


@pytest.mark.parametrize("name", ["erin", "frank", "dave"])
def test_who_may_not_see_cases_keeps_nothing(
    name: str, dataset: Dataset, anna: Any, request: pytest.FixtureRequest
) -> None:
    user, figure = request.getfixturevalue(name), kept(anna, dataset)
    with pytest.raises(PermissionDenied):
        kept(user, dataset)
    with pytest.raises(PermissionDenied):
        actions.remake_figure(actor=user, figure=figure)
    with pytest.raises(PermissionDenied):
        actions.withdraw_figure(actor=user, dataset=dataset, figure=figure, reason="x")


def test_taking_back_asks_a_reason_and_can_be_undone(dataset: Dataset, anna: Any, client_of: Client) -> None:
    figure, client = kept(anna, dataset), client_of(anna)
    with pytest.raises(ValidationError):
        actions.withdraw_figure(actor=anna, dataset=dataset, figure=figure, reason=" ")
    client.post(reverse("sources:figure-withdraw", args=[figure.pk]), {"reason": "Verkeerde selectie."})
    assert SavedFigure.objects.get().is_withdrawn
    assert figure.title not in client.get(reverse("sources:figure-list")).content.decode()
    client.post(reverse("sources:figure-restore", args=[figure.pk]))
    assert not SavedFigure.objects.get().is_withdrawn


def test_the_pages_keep_and_remake(dataset: Dataset, anna: Any, client_of: Client) -> None:
    client = client_of(anna)
    address = f"{reverse('sources:figure-save', args=[dataset.pk])}?metric={METRIC}&region=Noord"
    number = client.get(address).content.decode().split('name="submission" value="')[1].split('"')[0]
    for _time in range(2):
        response = client.post(address, {"title": "Overdrachten", "submission": number})
    figure = SavedFigure.objects.get()
    assert response["Location"] == figure.get_absolute_url()
    client.post(reverse("sources:figure-remake", args=[figure.pk]))
    assert SavedFigure.objects.get().remade_outcome == RemadeOutcome.SAME


@pytest.mark.parametrize("query", ["", "?metric=nergens", f"?metric={METRIC}&region=Nergens"])
def test_what_cannot_be_computed_is_not_kept(query: str, dataset: Dataset, anna: Any, client_of: Client) -> None:
    address = reverse("sources:figure-save", args=[dataset.pk]) + query
    assert client_of(anna).get(address).status_code == 200
    assert client_of(anna).post(address, {"title": "x"}).status_code == 400
    assert not SavedFigure.objects.exists()


def test_a_reader_sees_no_small_counts_in_a_kept_figure(anna: Any, erin: Any, client_of: Client) -> None:
    dataset = prepared(anna, registration(range(1, 4)))
    figure = kept(anna, dataset, metric="directly-follows", selection=())
    worker, reader = (client_of(user).get(figure.get_absolute_url()).context["shown"] for user in (anna, erin))
    cells = [cell for table in reader.tables for line in table.lines for cell, _numeric in line.cells[1:]]
    assert "3" not in cells
    assert worker.tables != reader.tables


def test_a_kept_figure_leads_to_its_cases_only_for_who_may_see_them(
    dataset: Dataset, anna: Any, erin: Any, client_of: Client
) -> None:
    figure = kept(anna, dataset)
    cases = reverse("sources:dataset-cases", args=[dataset.pk])
    worker, reader = (client_of(user).get(figure.get_absolute_url()).content.decode() for user in (anna, erin))
    assert cases in worker
    assert cases not in reader


def test_the_line_of_sight_runs_from_figure_and_dataset_to_the_chain(anna: Any) -> None:
    chain = register_chain(actor=None, name="Meldketen", kind="chain")
    dataset = prepared(anna, chain=chain)
    figure = kept(anna, dataset)
    behind, onward = line_of_sight(figure, anna), line_of_sight(dataset, anna)
    assert behind is not None
    assert onward is not None
    assert [node.record for node in behind.back()] == [dataset]
    assert {node.record for node in onward.forward()} == {figure, chain}
    actions.withdraw_figure(actor=anna, dataset=dataset, figure=figure, reason="Fout.")
    later = line_of_sight(dataset, anna)
    assert later is not None
    assert {node.record for node in later.forward()} == {chain}


def test_figures_of_a_pseudonymised_log_are_those_of_the_plain_one(anna: Any) -> None:
    plain = kept(anna, prepared(anna))
    replaced = kept(anna, prepared(anna, key=KEY, title="Met sleutel"))
    assert is_same(plain.result, replaced.result)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1.0 + 1e-12, True),
        (1.0, 1.001, False),
        (1, 1.0, True),
        (None, 0.0, False),
        ("a", "b", False),
        (True, 1, False),
        ([1, 2], [1, 2, 3], False),
        ({"a": [0.1 + 0.2]}, {"a": [0.3]}, True),
        ({"a": 1}, {"b": 1}, False),
    ],
)
def test_what_counts_as_the_same(one: Any, other: Any, same: bool) -> None:
    assert is_same(one, other) is same
