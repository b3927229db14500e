"""The agreed model of a generated chain is that of its routes, and says where cases went another way."""

from __future__ import annotations

import json

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains import hand_overs
from zichtlijn.analysis.chains.chain_model import ChainModel


def test_the_model_beside_the_log_is_that_of_the_chain(planted_log: GeneratedLog) -> None:
    made = planted_log.generated
    written = json.loads((made.path.parent / "model.json").read_text(encoding="utf-8"))
    assert ChainModel.from_json(written) == made.model
    assert any(each.within_days for each in made.model.hand_overs)


def test_only_supplements_go_another_way_than_agreed(planted_log: GeneratedLog) -> None:
    pairs = {(each.sender, each.receiver) for each in planted_log.generated.model.hand_overs}
    seen = {
        (each.organisation, each.next_organisation): each.count
        for each in hand_overs.compute(planted_log.engine).hand_overs
    }
    ((back, count),) = [(pair, count) for pair, count in seen.items() if pair not in pairs]
    assert (back[1], back[0]) in pairs
    # The last supplements were asked, but had not arrived at the cut-off.
    asked = sum(station["supplements"] for station in planted_log.truth["stations"])
    assert asked - 20 <= count <= asked
    assert pairs <= set(seen)
