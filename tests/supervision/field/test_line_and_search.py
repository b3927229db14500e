from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.actions import ACTIONS
from zichtlijn.platform.events.wording import named_actions
from zichtlijn.platform.search.registry import searchables
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.field.models import Chain, Organisation
from zichtlijn.supervision.field.search import chain_words, organisation_words


def test_taking_part_in_a_chain_is_no_step_of_the_line(asylum: Chain, erin: Any) -> None:
    police = line_of_sight(Organisation.objects.get(name="Police"), erin)
    assert police is not None
    assert police.back() == police.forward() == []


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
