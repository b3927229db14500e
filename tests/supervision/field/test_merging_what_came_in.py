"""Merging organisations of which much came in: all of it goes along, at once, and is found under the kept name."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zichtlijn.platform.search.models import SearchEntry
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Organisation, OrganisationAccount
from zichtlijn.supervision.field.queries import organisations_of
from zichtlijn.supervision.signals.models import Signal


@pytest.fixture
def double(db):
    return Organisation.objects.create(name="PI Dijkzicht"), Organisation.objects.create(name="Inrichting Zeezicht")


def came_in(organisation, count, **values):
    rows = [Signal(channel="api", subject="Lek", text="x", organisation=organisation, **values) for _ in range(count)]
    return Signal.objects.bulk_create(rows)


def test_what_came_in_goes_along_in_a_number_of_queries_that_does_not_grow(double, bob):
    gone, kept = double
    came_in(gone, 150)
    with CaptureQueriesContext(connection) as queries:
        actions.merge_organisation(actor=bob, organisation=gone, into=kept)
    assert Signal.objects.filter(organisation=kept).count() == 150
    assert len(queries) < 120
    found = SearchEntry.objects.filter(model_label="signals.signal", body__contains="Inrichting Zeezicht")
    assert found.count() == 150


def test_a_reference_that_both_used_goes_along_with_a_number(double, bob):
    gone, kept = double
    came_in(kept, 1, sender_reference="A-1")
    came_in(gone, 1, sender_reference="A-1")
    came_in(gone, 2)
    actions.merge_organisation(actor=bob, organisation=gone, into=kept)
    assert not Signal.objects.filter(organisation=gone).exists()
    found = Signal.objects.filter(organisation=kept).values_list("sender_reference", flat=True)
    assert sorted(found) == ["", "", "A-1", "A-1 (2)"]


def test_whoever_spoke_for_the_merged_organisation_speaks_for_the_kept_one(double, bob, dave, olga):
    gone, kept = double
    actions.tie_account(actor=dave, user=olga, organisation=gone)
    actions.merge_organisation(actor=bob, organisation=gone, into=kept)
    assert organisations_of(olga) == [kept.pk]
    assert OrganisationAccount.objects.count() == 1
