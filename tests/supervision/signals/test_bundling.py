"""Ties and bundles: both ends must be seen, and every change is in the history of each."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions import tying
from zichtlijn.supervision.signals.models import Bundle, SignalLink

pytestmark = pytest.mark.django_db


def test_a_link_is_kept_once_per_pair_and_told_of_both(bob: Any, came_in: Any) -> None:
    one, other = came_in(), came_in()
    tying.link(actor=bob, signal=other, other=one, kind="related")
    tying.link(actor=bob, signal=one, other=other, kind="duplicate")
    assert [(tie.low_id, tie.high_id, tie.kind) for tie in SignalLink.objects.all()] == [
        (one.pk, other.pk, "duplicate")
    ]
    assert Event.objects.about(one).count() == Event.objects.about(other).count() == 2


def test_nobody_ties_to_what_they_may_not_see(bart: Any, client_of: Any, came_in: Any, team: Any) -> None:
    signal, hidden = came_in(), came_in(access="team", team=team)
    with pytest.raises(PermissionDenied):
        tying.link(actor=bart, signal=signal, other=hidden, kind="related")
    with pytest.raises(PermissionDenied):
        tying.bundle(actor=bart, signal=signal, others=[hidden], title="x")
    address = reverse("signals:link", args=[signal.pk])
    for reference in (hidden.reference, "S-2026-0999999"):
        values = {"other": reference, "how": "related", "revision": 1}
        answer = client_of(bart).post(address, values, headers={"accept-language": "en"})
        assert answer.status_code == 422
        assert answer.context["form"].errors.as_data()["other"][0].code == "unknown"
    assert not SignalLink.objects.exists()


def test_a_bundle_is_made_joined_and_left_through_pages(bob: Any, client_of: Any, came_in: Any) -> None:
    one, two, three = came_in(), came_in(), came_in(subject="Derde")
    client = client_of(bob)

    def tie(signal: Any, other: Any, **values: Any) -> Any:
        values = {"other": other.reference, "how": "bundle"} | values
        return client.post(reverse("signals:link", args=[signal.pk]), values)

    assert tie(one, two).status_code == 422  # a new bundle asks a title
    assert tie(one, two, title="Brand in vleugel B").status_code == 302
    assert tie(three, one).status_code == 302  # joins
    bundle = Bundle.objects.get()
    assert bundle.signals.count() == 3
    assert "Derde" in client.get(reverse("signals:bundle", args=[one.pk])).content.decode()
    client.post(reverse("signals:bundle", args=[three.pk]))
    assert bundle.signals.count() == 2
    client.post(reverse("signals:bundle", args=[two.pk]))
    assert bundle.signals.count() == 0  # one alone is no bundle
    assert Event.objects.about(one).filter(action="signals.unbundle").count() == 1


def test_two_bundles_are_not_thrown_together(bob: Any, came_in: Any) -> None:
    signals = [came_in() for _each in range(4)]
    tying.bundle(actor=bob, signal=signals[0], others=[signals[1]], title="een")
    tying.bundle(actor=bob, signal=signals[2], others=[signals[3]], title="twee")
    with pytest.raises(ValidationError):
        tying.bundle(actor=bob, signal=signals[0], others=[signals[2]])


def test_what_is_closed_is_not_bundled(bob: Any, came_in: Any) -> None:
    signal, closed = came_in(), came_in(state="closed", outcome="no_action")
    with pytest.raises(ValidationError):
        tying.bundle(actor=bob, signal=signal, others=[closed], title="x")
    assert not Bundle.objects.exists()


def test_who_sees_one_of_a_bundle_does_not_see_the_rest(
    bart: Any, client_of: Any, bob: Any, came_in: Any, team: Any
) -> None:
    signal, hidden = came_in(), came_in(access="team", team=team, subject="kanarie")
    tying.bundle(actor=bob, signal=signal, others=[hidden], title="Samen")
    client = client_of(bart)
    for address in (signal.get_absolute_url(), reverse("signals:bundle", args=[signal.pk])):
        page = client.get(address).content.decode()
        assert "kanarie" not in page
        assert hidden.reference not in page
