"""A generated log is made again, byte for byte, from its arguments; other arguments give another log."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from zichtlijn.analysis.chains.generation import CHAINS, Generated, Planted, generate
from zichtlijn.analysis.chains.generation.generating import FORMATS


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, chain: str, file_format: str) -> None:
    for name in ("once", "again"):
        generate(chain, cases=60, seed=5, folder=tmp_path / name, format=file_format)
    assert _digests(tmp_path / "once") == _digests(tmp_path / "again")
    assert {"truth.json", "mapping.json"} < set(_digests(tmp_path / "once"))


def _made(folder: Path, **changes: object) -> Generated:
    return generate(**{"chain": "asylum", "cases": 60, "seed": 5, "folder": folder, "format": "csv", **changes})


@pytest.mark.parametrize("changes", [{"seed": 6}, {"cases": 61}, {"planted": Planted()}, {"day_granular": True}])
def test_another_argument_gives_another_log(tmp_path: Path, changes: dict[str, object]) -> None:
    first, second = _made(tmp_path / "one"), _made(tmp_path / "two", **changes)
    assert first.path.read_bytes() != second.path.read_bytes()


def test_a_log_made_again_in_the_same_folder_replaces_the_first(tmp_path: Path) -> None:
    large, small = _made(tmp_path, cases=200).path.read_bytes(), _made(tmp_path).path.read_bytes()
    assert len(small) < len(large)
    assert small == _made(tmp_path / "alone").path.read_bytes()
