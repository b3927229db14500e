"""Which part of a log a figure is about: period, organisations, regions, groups."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import tables


@dataclass(frozen=True)
class Selection:
    """Codes of the log's dictionaries; empty: all. The period ``[from_us, until_us)`` is that of the start of a case.

    A selection picks whole cases: those that start in the period, of one of the regions, groups and citizen groups,
    and with an event at one of the organisations. So a case never counts with half of its events.
    """

    from_us: int | None = None
    until_us: int | None = None
    organisations: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    citizen_groups: tuple[int, ...] = ()

    @property
    def is_all(self) -> bool:
        """Nothing is left out."""
        return self == Selection()

    def as_json(self) -> dict[str, Any]:
        """Plain values, to save with a figure."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Selection:
        """What ``as_json`` gave."""
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
        }
        return cls(**given)

    def cases(self) -> ir.Table:
        """The cases picked."""
        found = tables.cases
        if self.from_us is not None:
            found = found.filter(found.start_us >= self.from_us)
        if self.until_us is not None:
            found = found.filter(found.start_us < self.until_us)
        for name, codes in (("region", self.regions), ("group", self.groups), ("citizen_group", self.citizen_groups)):
            if codes:
                found = found.filter(found[name].isin(codes))
        if self.organisations:
            there = tables.events.filter(tables.events.organisation.isin(self.organisations))
            found = found.semi_join(there.select("case_no").distinct(), "case_no")
        return found

    def events(self) -> ir.Table:
        """The events of the cases picked."""
        return self._of(tables.events)

    def stays(self) -> ir.Table:
        """The stays of the cases picked."""
        return self._of(tables.stays)

    def _of(self, table: ir.Table) -> ir.Table:
        return table if self.is_all else table.semi_join(self.cases().select("case_no"), "case_no")


EVERYTHING = Selection()
