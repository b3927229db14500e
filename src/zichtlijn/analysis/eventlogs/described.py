"""What figures need to know of a log besides its rows: on disk or in memory alike."""

from __future__ import annotations

from typing import Protocol

from zichtlijn.analysis.eventlogs.prepared import Dimension, Manifest, TableName


class DescribedLog(Protocol):
    """A log with its manifest and the texts of its codes; ``Prepared`` is one."""

    @property
    def manifest(self) -> Manifest:
        """Figures use ``mapping``, ``first_us``, ``last_us`` and ``cut_off_us``, and ``digest`` as its name."""
        ...  # pragma: no cover - a protocol

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """The texts of the codes of a dimension, in order of code; empty when the log does not have it."""
        ...  # pragma: no cover - a protocol

    def has(self, table: TableName) -> bool:
        """Whether the log has such a table: stays need an organisation."""
        ...  # pragma: no cover - a protocol
