"""Small generated logs of the three chains: with what is planted in them, and without anything planted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog, generated_log
from zichtlijn.analysis.chains.generation import CHAINS, ChainCode, Planted


@pytest.fixture(scope="session")
def log_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., GeneratedLog]]:
    """``log_of(chain, sound=True)``: made at the first question and then kept; ``sound``: with nothing planted."""
    kept: dict[tuple[ChainCode, bool], GeneratedLog] = {}

    def made(chain: ChainCode, *, sound: bool = False) -> GeneratedLog:
        if (chain, sound) not in kept:
            folder = tmp_path_factory.mktemp(chain)
            kept[chain, sound] = generated_log(folder, chain, planted=Planted() if sound else None)
        return kept[chain, sound]

    yield made
    for log in kept.values():
        log.engine.close()


@pytest.fixture(scope="session")
def youth_protection(log_of: Callable[..., GeneratedLog]) -> GeneratedLog:
    """The youth-protection chain as planted."""
    return log_of("youth-protection")


@pytest.fixture(scope="session")
def asylum(log_of: Callable[..., GeneratedLog]) -> GeneratedLog:
    """The asylum chain as planted."""
    return log_of("asylum")


@pytest.fixture(scope="session")
def criminal_justice(log_of: Callable[..., GeneratedLog]) -> GeneratedLog:
    """The criminal-justice chain as planted."""
    return log_of("criminal-justice")


@pytest.fixture(scope="session", params=CHAINS)
def planted_log(request: pytest.FixtureRequest, log_of: Callable[..., GeneratedLog]) -> GeneratedLog:
    """Each chain in turn, as planted."""
    return log_of(request.param)


@pytest.fixture(scope="session", params=CHAINS)
def sound_log(request: pytest.FixtureRequest, log_of: Callable[..., GeneratedLog]) -> GeneratedLog:
    """Each chain in turn, with nothing planted."""
    return log_of(request.param, sound=True)
