"""The pages on which an owner says who may know of a file, and on which readings are seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from zichtlijn.platform.casefiles import actions
from zichtlijn.platform.casefiles.models import FileAccess
from zichtlijn.platform.casefiles.opening import open_record
from zichtlijn.supervision.signals.models import IncidentFile, Signal


def access(file, end="access"):
    return f"/casefiles/signals.signal/{file.pk}/{end}"


def test_an_inspector_restricts_a_file_names_somebody_and_ends_it_again(file, bob, bart, client_of):
    browser = client_of(bob)
    assert browser.post(access(file, "access/restrict"), {"purpose": "dak"}).status_code == 302
    answer = browser.post(access(file, "access/give"), {"user": bart.pk, "purpose": "bouwkunde"}, follow=True)
    assert "bouwkunde" in answer.content.decode()
    given = FileAccess.objects.get(user=bart)
    browser.post(access(file, f"access/end/{given.pk}"))
    given.refresh_from_db()
    assert given.ended_at is not None


def test_an_empty_purpose_is_an_error_at_its_field(file, bob, client_of):
    answer = client_of(bob).post(access(file, "access/restrict"), {"purpose": ""})
    assert answer.status_code == 422
    assert "id_purpose_error" in answer.content.decode()
    file.refresh_from_db()
    assert file.access == "open"


def test_who_is_named_and_no_owner_sees_the_people_and_changes_nothing(restricted, bob, bart, client_of):
    actions.give_access(actor=bob, file=restricted, user=bart, purpose="bouwkunde")
    browser = client_of(bart)
    page = browser.get(access(restricted)).content.decode()
    assert "bouwkunde" in page
    assert "access/give" not in page
    assert browser.post(access(restricted, "access/staff")).status_code == 403
    assert browser.get(access(restricted, "readings")).status_code == 404


@pytest.mark.parametrize("end", ["access", "access/give", "readings", "owner"])
def test_a_restricted_file_does_not_exist_for_others(end, restricted, bart, erin, client_of):
    assert client_of(bart).get(access(restricted, end)).status_code in (403, 404)
    assert client_of(erin).get(access(restricted, end)).status_code in (403, 404)


def test_the_administrator_sees_that_a_file_is_there_and_nothing_of_what_it_says(
    restricted, bob, bart, dave, client_of
):
    open_record(bob, Signal, pk=restricted.pk)
    browser = client_of(dave)
    files = browser.get("/casefiles/").content.decode()
    trail = browser.get(access(restricted, "readings")).content.decode()
    for page in (files, trail):
        assert restricted.reference in page
        assert restricted.subject not in page
    assert "Bob" in trail
    assert browser.get(access(restricted)).status_code == 404
    answer = browser.post(access(restricted, "owner"), {"user": bart.pk, "reason": "Bob is weg"})
    assert answer.status_code == 302
    assert FileAccess.objects.holding().get().user == bart


def test_only_the_administrator_sees_the_list_of_restricted_files(restricted, bob, client_of):
    assert client_of(bob).get("/casefiles/").status_code == 403


def test_the_list_takes_no_more_queries_for_more_files(restricted, came_in, bob, dave, client_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = client_of(dave)
    with CaptureQueriesContext(connection) as one:
        browser.get("/casefiles/")
    for _number in range(4):
        actions.restrict_file(actor=bob, file=came_in(), purpose="meer")
    with CaptureQueriesContext(connection) as five:
        browser.get("/casefiles/")
    assert len(one) == len(five)


@pytest.mark.parametrize(("days", "asked"), [(89, False), (91, True)])
def test_an_access_of_long_ago_asks_whether_it_is_still_needed(days, asked, restricted, client_of, settings):
    settings.LANGUAGE_CODE = "en"
    FileAccess.objects.update(given_at=timezone.now() - timedelta(days=days))
    assert (
        "Still needed" in client_of(FileAccess.objects.get().user).get(access(restricted)).content.decode()
    ) is asked


def test_an_incident_file_is_shared_until_a_day_that_is_still_to_come(bob, pia, client_of):
    incident, browser = IncidentFile.objects.create(title="Brand"), client_of(bob)
    address = f"/casefiles/signals.incidentfile/{incident.pk}/access"
    assert f"{address}/share" in browser.get(address).content.decode()
    values = {"user": pia.pk, "purpose": "samen", "until": (localdate() - timedelta(days=1)).isoformat()}
    assert browser.post(f"{address}/share", values).status_code == 422
    assert not FileAccess.objects.exists()
    assert browser.post(f"{address}/share", values | {"until": localdate().isoformat()}).status_code == 302
    assert client_of(pia).get(incident.get_absolute_url()).status_code == 200


def test_what_has_no_page_for_a_partner_is_not_offered_to_one(file, bob, client_of):
    assert "access/share" not in client_of(bob).get(access(file)).content.decode()
    assert client_of(bob).get(access(file, "access/share")).status_code == 404


@pytest.mark.parametrize("label", ["field.organisation", "signals.message", "casefiles.reading", "nothing.here", "x"])
def test_what_is_no_case_file_has_no_access_page(label, file, bob, dave, client_of):
    for user in (bob, dave):
        assert client_of(user).get(f"/casefiles/{label}/{file.pk}/access").status_code == 404
        assert client_of(user).get(f"/casefiles/{label}/{file.pk}/readings").status_code == 404
