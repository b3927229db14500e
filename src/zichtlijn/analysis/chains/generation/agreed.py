"""What the organisations of a generated chain agreed: who hands cases to whom, and within which term."""

from __future__ import annotations

from zichtlijn.analysis.chains.chain_model import AgreedHandOver, ChainModel
from zichtlijn.analysis.chains.generation.definition import ChainDefinition


def agreed(chain: ChainDefinition) -> ChainModel:
    """The routes onward; to send a case back for a supplement is not agreed. The terms are example values.

    An order is agreed where every organisation has one place in the chain; none of them sees every case.
    """
    terms: dict[tuple[str, str], int | None] = {}
    for station in chain.stations:
        for to in [route.to for route in station.routes if route.to is not None]:
            terms.setdefault((station.organisation, chain.station(to).organisation), station.within_days)
    hand_overs = tuple(AgreedHandOver(sender, receiver, days) for (sender, receiver), days in terms.items())
    steps = chain.organisations if len(chain.organisations) == len(chain.stations) else ()
    return ChainModel(chain.name, chain.organisations, hand_overs, "organisation", steps, steps)
