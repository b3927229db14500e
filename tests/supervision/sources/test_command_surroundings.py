"""The command on a terminal, disk, setting or database that is not as it should be: a sentence, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .test_command import BAD_INPUT, FINE, Command, command, programme

__all__ = ["command", "programme"]  # fixtures


def started(
    command: Command, *arguments: object, into: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "zichtlijn", *map(str, arguments)]
    surroundings = command.environment() | environment
    target = os.open(into, os.O_WRONLY) if into else subprocess.PIPE
    return subprocess.run(
        line, stdout=target, stderr=subprocess.PIPE, env=surroundings, cwd=command.folder, timeout=120, check=False
    )


@pytest.mark.parametrize("as_json", [True, False])
def test_a_terminal_without_our_signs_still_gets_the_result(command: Command, programme: Path, as_json: bool) -> None:
    arguments = ["import-programme", programme, "--dry-run", *(["--json"] if as_json else [])]
    done = started(command, *arguments, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stderr) == (FINE, b"")
    if as_json:
        assert json.loads(done.stdout.decode("utf-8"))["proposals"]
    else:
        assert done.stdout.isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_under_the_output_is_told(command: Command, programme: Path) -> None:
    done = started(command, "import-programme", programme, "--dry-run", "--json", into="/dev/full")
    assert done.returncode == BAD_INPUT
    assert b"Traceback" not in done.stderr
    assert os.strerror(28).encode() in done.stderr


def test_a_database_of_an_older_version_is_named_before_anything_is_computed(command: Command, programme: Path) -> None:
    migrate = "call_command('migrate',verbosity=0);call_command('migrate','sources','zero',verbosity=0)"
    command.django(f"from django.core.management import call_command;{migrate}")
    done = started(command, "import-programme", programme)
    assert done.returncode == BAD_INPUT
    said = done.stderr.decode()
    assert "zichtlijn migrate" in said
    assert "sources.0001_initial" in said
    assert "no such" not in said


@pytest.mark.parametrize("name", ["verify", "seal", "rebuild-search", "sweep-files"])
def test_a_command_on_a_database_that_was_never_made_says_what_to_do(command: Command, name: str) -> None:
    done = started(command, name)
    assert done.returncode == 1
    assert "zichtlijn migrate" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "setting", [{"DEBUG": "perhaps"}, {"ZICHTLIJN_DATA": "/dev/null"}, {"ZICHTLIJN_UPLOAD_LIMIT_MB": "much"}]
)
@pytest.mark.parametrize("name", ["verify", "import-programme"])
def test_a_setting_that_cannot_be_used_is_said_in_one_line(
    command: Command, programme: Path, name: str, setting: dict[str, str]
) -> None:
    done = started(command, name, *([programme] if name == "import-programme" else []), **setting)
    assert done.returncode == 1
    assert done.stderr.startswith(b"zichtlijn: ")
    assert done.stderr.count(b"\n") == 1
