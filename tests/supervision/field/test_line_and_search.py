from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.actions import ACTIONS
from zichtlijn.platform.events.wording import named_actions
from zichtlijn.platform.search.registry import searchables
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.field.models import Chain, Organisation
from zichtlijn.supervision.field.search import chain_words, organisation_words


def test_an_organisation_leads_to_its_chain_and_back(asylum: Chain, erin: Any) -> None:
    police = Organisation.objects.get(name="Police")
    forward, back = line_of_sight(police, erin), line_of_sight(asylum, erin)
    assert forward is not None
    assert back is not None
    assert [node.record for node in forward.forward()] == [asylum]
    assert {str(node.record) for node in back.back()} == {"Police", "Immigration service", "Return service"}


def test_records_are_found_by_former_names_members_and_hand_overs(asylum: Chain) -> None:
    labels = {searchable.model_label for searchable in searchables()}
    assert {"field.organisation", "field.chain", "field.citizengroup", "field.region", "field.domain"} <= labels
    assert "identification" in chain_words(asylum)
    assert "Police" in chain_words(asylum)
    assert "Police" in organisation_words(Organisation.objects.get(name="Police"))


def test_every_action_of_the_field_has_a_name_in_the_history() -> None:
    own = {name for name in ACTIONS if name.startswith(("field.", "mandate."))}
    assert own
    assert own <= named_actions()
