"""Agreed chains and stated figures with a dataset: who brings, sees and removes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.models import Agreement, Dataset

from .agreements_given import (
    MODEL,
    STATED,
    ClientOf,
    added,
    model_file,
    part,
    post,
    stated_file,
)
from .dataset_steps import fresh, mapped, prepared
from .logs import registration

FORBIDDEN = ("erin", "frank", "dave")


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
