"""The columns of a generated log, named in Dutch as an organisation would, and the mapping that explains them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zichtlijn.analysis.chains.generation.definition import ChainDefinition
from zichtlijn.analysis.chains.generation.simulation import Block, Codes
from zichtlijn.analysis.chains.generation.working_time import Ints, local_us
from zichtlijn.analysis.eventlogs.model import Column, Mapping, Role

CASE, ACTIVITY, TIME, ORGANISATION = "zaaknummer", "activiteit", "tijdstip", "organisatie"
REGION, GROUP, CITIZEN_GROUP = "regio", "soort", "burgergroep"
OUTCOME, TERM_DATE, CONTACT = "uitkomst", "uiterste_datum", "contactpersoon"
OF_CASE = (CASE, REGION, GROUP, CITIZEN_GROUP, TERM_DATE)
OF_EVENT = (ACTIVITY, TIME, ORGANISATION, OUTCOME, CONTACT)
COLUMNS = (*OF_CASE[:1], *OF_EVENT[:3], *OF_CASE[1:], *OF_EVENT[3:])
DEMO_CONTACT = "demo"
DAY_US = 86_400_000_000

ROLES: dict[Role, str] = {
    "case": CASE,
    "activity": ACTIVITY,
    "time": TIME,
    "organisation": ORGANISATION,
    "region": REGION,
    "group": GROUP,
    "citizen_group": CITIZEN_GROUP,
    "outcome": OUTCOME,
    "term_date": TERM_DATE,
}
XES_NAMES = {CASE: "concept:name", ACTIVITY: "concept:name", TIME: "time:timestamp"}
TYPES = {name: pa.string() for name in COLUMNS} | {TIME: pa.timestamp("us"), TERM_DATE: pa.timestamp("us")}


def mapping(chain: ChainDefinition, *, xes: bool = False) -> Mapping:
    """How a log of this chain is to be read; in XES the columns of a case stand apart and some have set names."""

    def column(name: str) -> Column:
        return Column(XES_NAMES.get(name, name), "case" if name in OF_CASE else "event") if xes else Column(name)

    routes = [route for station in chain.stations for route in station.routes]
    return Mapping(
        roles={role: column(name) for role, name in ROLES.items()},
        end_activities=tuple(route.sent for route in routes if route.to is None),
        sent_to=_sent_to(chain),
        service_activities=_service(chain),
        required=(column(CONTACT),),
        cut_off=f"{chain.cut_off.isoformat()}T00:00:00",
    )


def _sent_to(chain: ChainDefinition) -> dict[str, str]:
    found: dict[str, str] = {}
    for station in chain.stations:
        found |= {route.sent: chain.station(route.to).organisation for route in station.routes if route.to}
        if station.rework is not None:
            found[station.rework.asked] = chain.station(station.rework.back_to).organisation
            found[station.rework.supplied] = station.organisation
    return found


def _service(chain: ChainDefinition) -> tuple[str, ...]:
    loops = [station.rework for station in chain.stations if station.rework is not None]
    answers = [activity for loop in loops for activity in (loop.supplied, loop.resumed)]
    return (*(station.started for station in chain.stations), *answers)


def case_keys(prefix: str, numbers: Ints) -> pa.Array:
    """``JB-000000001`` for case 1."""
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), 9, padding="0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "-")


def as_table(chain: ChainDefinition, block: Block, first_case: int, *, day_granular: bool = False) -> pa.Table:
    """The events of a block, texts dictionary-coded, in the order of ``COLUMNS``. ``first_case`` counts from 1."""
    cases = len(block.start)
    due = local_us(chain.starts_on, block.start, day_granular=True) + chain.term_days * DAY_US
    keys = case_keys(chain.prefix, np.arange(first_case, first_case + cases))
    of_case = pa.array(block.case.astype(np.int32))
    found = {
        CASE: pa.DictionaryArray.from_arrays(of_case, keys),
        ACTIVITY: _coded(block.activity, chain.activities),
        TIME: pa.array(local_us(chain.starts_on, block.moment, day_granular=day_granular), pa.timestamp("us")),
        ORGANISATION: _coded(block.organisation, chain.organisations),
        REGION: _coded(block.region[block.case], tuple(chain.regions)),
        GROUP: _coded(block.group[block.case], tuple(chain.groups)),
        CITIZEN_GROUP: _coded(block.citizen_group[block.case], tuple(chain.citizen_groups)),
        TERM_DATE: pa.array(due[block.case], pa.timestamp("us")),
        OUTCOME: _coded(block.outcome, chain.outcomes),
        CONTACT: _coded(np.minimum(block.complete, 1) - 1, (DEMO_CONTACT,)),
    }
    return pa.table([found[name] for name in COLUMNS], names=list(COLUMNS))


def _coded(codes: Codes, texts: tuple[str, ...]) -> pa.DictionaryArray:
    """Codes below zero say nothing."""
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(texts, pa.string()))


def plain(table: pa.Table) -> pa.Table:
    """The same without dictionaries."""
    return table.cast(pa.schema([(name, TYPES[name]) for name in table.column_names]))
