"""A generated log, prepared once, and a command that is run as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.supervision.sources.chain_command.writing import Run
from zichtlijn.supervision.sources.chain_command import running

ENGLISH = ["--language", "en"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated log as a file, with its mapping beside it."""
    folder = tmp_path_factory.mktemp("generated") / "youth"
    order = ["generate", "youth-protection", "--cases", "600", "--seed", "3", "--output", str(folder)]
    assert running.main([*order, *ENGLISH]) == 0
    return folder


@pytest.fixture(scope="session")
def file(made: Path) -> Path:
    return made / "youth-protection.parquet"


@pytest.fixture(scope="session")
def prepared(made: Path, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the prepared log."""
    folder = tmp_path_factory.mktemp("prepared") / "log"
    assert running.main(["prepare", str(file), str(folder), "--mapping", str(made / "mapping.json"), *ENGLISH]) == 0
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("analyse", folder)`` gives the exit code and what was written to both outputs, in English."""

    def ran(*words: object, language: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = running.main([*map(str, words), "--language", language])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran
