"""The examples of chains belong to the demo logs that their settings make."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.analysis.chains.generated_logs import generated_log
from zichtlijn.analysis.chains.chain_model import ChainModel
from zichtlijn.analysis.chains.generation import CHAINS, read_chain
from zichtlijn.analysis.chains.generation.agreed import agreed
from zichtlijn.analysis.chains.self_monitoring import check
from zichtlijn.analysis.chains.stated_figures import read_json

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "chains"
SETTINGS = {each["chain"]: each for each in yaml.safe_load((FOLDER / "settings.yaml").read_text(encoding="utf-8"))}


def test_every_chain_has_an_example() -> None:
    assert set(SETTINGS) == set(CHAINS)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_agreed_chain_is_that_of_the_generated_chain(chain: str) -> None:
    assert ChainModel.read(FOLDER / SETTINGS[chain]["model"]) == agreed(read_chain(chain))


@pytest.mark.parametrize("chain", CHAINS)
def test_statements_of_every_verdict_can_be_shown(tmp_path: Path, chain: str) -> None:
    wanted = SETTINGS[chain]
    log = generated_log(tmp_path, wanted["chain"], cases=wanted["cases"], seed=wanted["seed"])
    verdicts = Counter(each.verdict for each in check(read_json(FOLDER / wanted["statements"]), log.engine))
    log.engine.close()
    assert verdicts["agrees"] >= 2
    assert verdicts["differs"] >= 1
    assert verdicts["cannot-be-checked"] == 1


def test_every_statement_says_that_it_is_a_demo() -> None:
    for path in FOLDER.glob("self_monitoring_*.json"):
        assert all("demo" in row["bron"] for row in json.loads(path.read_text(encoding="utf-8")))
