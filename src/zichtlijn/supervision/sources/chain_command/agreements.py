"""Figures that need more than the log: the agreed chain, and what organisations state about themselves."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zichtlijn.analysis.chains.chain_model import ChainModel
from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.chains.stated_figures import Statement
from zichtlijn.analysis.chains.stated_files import read_statements

from ..chain_figures import Figure, Reader, conformance, self_monitoring
from ..chain_words import Words
from .loading import check_file


@dataclass(frozen=True)
class Held:
    """A result with what shows it."""

    definition: Definition
    result: dict[str, Any]
    show: Callable[[dict[str, Any], Reader], Figure]


@dataclass(frozen=True)
class Agreements:
    """What was given beside the log; read before the work begins, so that an error in it is told at once."""

    model: ChainModel | None = None
    statements: tuple[Statement, ...] = ()

    @classmethod
    def of(cls, order: argparse.Namespace, words: Words) -> Agreements:
        """Raises CommandError for a file that is not there, LogError for one that holds something else."""
        for path in (order.model, order.statements):
            if path is not None:
                check_file(path, words)
        model = ChainModel.read(order.model) if order.model else None
        return cls(model, read_statements(order.statements) if order.statements else ())

    def held(self, engine: Engine, selection: Selection) -> dict[str, Held]:
        """The log held against what was given. Statements are about everything, whatever is selected."""
        found = {}
        if self.model is not None:
            result = conformance.compute(engine, self.model, selection)
            found[conformance.DEFINITION.name] = Held(conformance.DEFINITION, result, conformance.figure)
        if self.statements:
            result = self_monitoring.compute(engine, self.statements)
            found[self_monitoring.DEFINITION.name] = Held(self_monitoring.DEFINITION, result, self_monitoring.figure)
        return found
