"""A generated chain with the result of every metric, and two readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog, generated_log
from tests.supervision.sources.chain_figures.looking import ALL
from zichtlijn.analysis.chains.selection import EVERYTHING
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import Reader
from zichtlijn.supervision.sources.chain_words import Words


@pytest.fixture(scope="session")
def youth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GeneratedLog]:
    """A generated youth-protection chain as planted."""
    log = generated_log(tmp_path_factory.mktemp("youth"), "youth-protection", cases=3000, seed=1)
    yield log
    log.engine.close()


@pytest.fixture(scope="session")
def results(youth: GeneratedLog) -> dict[str, Any]:
    """The result of every metric on the whole log."""
    return {name: chain_figures.compute(name, youth.prepared, EVERYTHING, engine=youth.engine) for name in ALL}


@pytest.fixture
def everybody() -> Reader:
    """Who may see every count, in English."""
    return Reader(Words("en"), 1)


@pytest.fixture
def stranger() -> Reader:
    """Who may not see small counts, in English."""
    return Reader(Words("en"))
