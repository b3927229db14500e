"""A small field, a perspective with two goals, and programmes in every state."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def field(db: None) -> SimpleNamespace:
    """Two organisations, a chain, an act, a group and a domain."""
    from zichtlijn.supervision.field.models import Chain, CitizenGroup, Domain, Organisation
    from zichtlijn.supervision.mandate.models import Act

    return SimpleNamespace(
        water=Organisation.objects.create(name="Water Board", abbreviation="WB"),
        police=Organisation.objects.create(name="Harbour Police", abbreviation="HP"),
        chain=Chain.objects.create(name="Flood chain"),
        act=Act.objects.create(name="Dyke Act"),
        group=CitizenGroup.objects.create(name="Residents"),
        domain=Domain.objects.create(name="Water", slug="water"),
    )


@pytest.fixture
def perspective(alice: Any) -> Any:
    """2026 to 2029, with the goals "Readiness" and "Learning"."""
    from zichtlijn.supervision.programme import actions

    made = actions.create_perspective(
        actor=alice, values={"title": "Perspective 2026-2029", "first_year": 2026, "last_year": 2029}
    )
    for title in ("Readiness", "Learning"):
        actions.create_goal(actor=alice, perspective=made, values={"title": title})
    return made


@pytest.fixture
def draft(alice: Any, perspective: Any) -> Any:
    """The empty draft programme of 2026: 10 fte and 1,000,000 euro available."""
    from zichtlijn.supervision.programme import actions

    values = {
        "year": 2026,
        "title": "Programme 2026",
        "inspectorate": "Inspectorate of Dykes",
        "available_fte": 10,
        "available_budget": 1_000_000,
        "needed_budget": 1_200_000,
    }
    return actions.create_programme(actor=alice, perspective=perspective, values=values)


@pytest.fixture
def add(alice: Any, draft: Any, field: SimpleNamespace) -> Any:
    """``add("Title", **values)`` makes a candidate in the draft, served by the first goal."""
    from zichtlijn.supervision.programme import actions

    def make(title: str = "Look at the dykes", **values: Any) -> Any:
        given = {
            "title": title,
            "kind": "investigation",
            "status": "new",
            "goals": [draft.perspective.goals.get(number=1)],
            "organisations": [field.water],
            "fte": 2,
            "budget": 100_000,
            **values,
        }
        return actions.create_activity(actor=alice, programme=draft, values=given)

    return make


@pytest.fixture
def decide(alice: Any, carol: Any) -> Any:
    """``decide(programme, until="decided")`` takes the steps up to a state; candidates are chosen first."""
    from zichtlijn.supervision.programme import actions

    def take(programme: Any, until: str = "decided") -> Any:
        for activity in programme.activities.filter(state="candidate"):
            actions.choose_activity(actor=alice, activity=activity)
        programme.refresh_from_db()
        for state, who, step in (
            ("consulted", alice, actions.consult_programme),
            ("decided", carol, actions.decide_programme),
            ("sent_to_minister", alice, actions.send_to_minister),
            ("sent_to_parliament", alice, actions.send_to_parliament),
        ):
            if programme.state == until:
                break
            step(actor=who, programme=programme)
            programme.refresh_from_db()
            assert programme.state == state
        return programme

    return take


@pytest.fixture
def decided(add: Any, draft: Any, decide: Any) -> Any:
    """The programme of 2026 with two chosen activities, decided as version 1."""
    add("Look at the dykes")
    add("Talk with residents", kind="dialogue", fte=1, budget=50_000)
    return decide(draft)
