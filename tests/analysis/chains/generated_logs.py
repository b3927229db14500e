"""Generated demo logs, prepared: what the fixtures of this folder give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.generation import ChainCode, Generated, Planted, generate
from zichtlijn.analysis.eventlogs.prepared import Prepared

CASES = 12_000


@dataclass(frozen=True)
class GeneratedLog:
    """A generated chain, with its prepared log and an engine on it."""

    generated: Generated
    prepared: Prepared
    engine: Embedded

    @property
    def truth(self) -> dict[str, Any]:
        """What ``truth.json`` says."""
        return self.generated.truth

    def station(self, code: str) -> dict[str, Any]:
        """What the truth says of one station."""
        return next(each for each in self.truth["stations"] if each["station"] == code)


def generated_log(
    folder: Path, chain: ChainCode, *, cases: int = CASES, seed: int = 2024, planted: Planted | None = None
) -> GeneratedLog:
    """Generate and prepare in a folder."""
    from zichtlijn.analysis.eventlogs.prepare import prepare

    made = generate(chain, cases=cases, seed=seed, folder=folder / "made", planted=planted)
    assert made.raw is not None
    prepared = prepare(made.raw, made.mapping, folder / "prepared", is_demo=True)
    return GeneratedLog(made, prepared, Embedded(prepared, threads=1))
