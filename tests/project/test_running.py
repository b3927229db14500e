"""``zichtlijn run``: one on a data folder, a worker that is always there, and nothing left behind when it stops."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from zichtlijn.project import demo, serving
from zichtlijn.project.management.commands import run

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def process_of_its_own(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words or SLEEPER, start_new_session=True)


@pytest.fixture
def processes(monkeypatch):
    """Sleepers in place of the server and the worker; ended after the test."""
    made = []

    def start(*_arguments):
        made.append(process_of_its_own())
        return made[-1]

    monkeypatch.setattr(serving, "start_server", start)
    monkeypatch.setattr(serving, "start_worker", start)
    monkeypatch.setattr(serving, "start_ticking", start)
    monkeypatch.setattr(serving, "start_warming", start)
    yield made
    serving.stop(made)


@pytest.fixture
def command(monkeypatch, settings, tmp_path):
    """``run`` on a data folder of its own that needs no preparing; signal handlers stay those of the tests."""
    settings.DATA = tmp_path
    monkeypatch.setattr(serving, "stop_on_terminate", lambda: None)
    monkeypatch.setattr(run.Command, "_prepare", lambda _self: None)
    return lambda **options: call_command("run", port=18000, **options)


def test_a_second_one_on_the_same_data_folder_is_refused(command, processes, tmp_path):
    with serving.claim(tmp_path), pytest.raises(CommandError, match=str(tmp_path)):
        command()
    assert processes == []


def test_interrupted_while_it_waits_for_the_server_it_leaves_no_process_behind(command, processes, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(serving, "wait_until_it_answers", interrupted)
    with pytest.raises(SystemExit) as ended:
        command()
    assert ended.value.code == 0
    assert len(processes) == 3
    assert all(process.poll() is not None for process in processes)


@pytest.mark.parametrize(("options", "expected"), [({}, 4), ({"no_warming": True}, 3)])
def test_what_is_compiled_beforehand_is_so_beside_a_server_that_answers(
    options, expected, command, processes, monkeypatch
):
    answered = []
    monkeypatch.setattr(serving, "wait_until_it_answers", lambda *_given: answered.append(len(processes)) or True)
    monkeypatch.setattr(serving, "stay", lambda *_given: 0)
    with pytest.raises(SystemExit):
        command(**options)
    assert answered == [3]
    assert len(processes) == expected
    assert all(process.poll() is not None for process in processes)


@pytest.mark.parametrize("kind", [serving.Worker, serving.Ticking])
def test_a_companion_that_ends_is_started_again_and_told(kind, processes, monkeypatch):
    monkeypatch.setattr(serving, "RESTART_AFTER_SECONDS", 0)
    server = process_of_its_own(sys.executable, "-c", "import time; time.sleep(2.5)")
    worker, said = kind(), []
    worker.start()
    worker.processes[0].kill()
    assert serving.stay(server, [worker], said.append) == 1
    assert worker.processes[0].poll() is None
    assert len(said) == 2, said


def test_a_server_that_ends_at_once_is_not_waited_for():
    server = process_of_its_own(sys.executable, "-c", "raise SystemExit(3)")
    began = time.monotonic()
    assert not serving.wait_until_it_answers(server, "127.0.0.1", 9)
    assert time.monotonic() - began < 10
    said = []
    assert serving.stay(server, [serving.Worker()], said.append) == 1
    assert "3" in said[0]


def test_a_demo_that_somebody_else_just_loaded_is_not_loaded_again(db, settings, monkeypatch):
    settings.ZICHTLIJN_DEMO = True
    answers = iter([False, True])
    monkeypatch.setattr(demo, "is_loaded", lambda: next(answers))
    assert demo.load_demo(lambda _part: pytest.fail("a part of the demo was loaded")) is False


def test_a_stop_that_a_library_swallowed_is_heeded_at_the_next_step(monkeypatch):
    monkeypatch.setattr(serving, "_asked_to_stop", threading.Event())
    serving.heed_a_stop()
    with contextlib.suppress(BaseException):
        serving._interrupt(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        serving.heed_a_stop()


@pytest.mark.slow
def test_stopped_in_the_middle_of_its_preparations_it_starts_again_as_if_new(tmp_path: Path):
    surroundings = os.environ | {"ZICHTLIJN_DATA": str(tmp_path), "ZICHTLIJN_DEMO": "1", "DATABASE_URL": ""}
    surroundings["DJANGO_SETTINGS_MODULE"] = "zichtlijn.project.settings"

    def started() -> subprocess.Popen[str]:
        line = [sys.executable, "-m", "zichtlijn", "run", "--port", "18100"]
        return subprocess.Popen(line, env=surroundings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    first = started()
    assert first.stdout is not None
    while line := first.stdout.readline():
        if "demo" in line:
            break
    time.sleep(1)
    first.send_signal(signal.SIGINT)
    said, _nothing = first.communicate(timeout=180)
    assert first.returncode == 0
    assert "Traceback" not in said

    second = started()
    assert second.stdout is not None
    lines = []
    while "beheerder" not in (line := second.stdout.readline()) and line:
        lines.append(line)
    second.send_signal(signal.SIGTERM)
    second.communicate(timeout=180)
    assert second.returncode == 0
    assert any("http://127.0.0.1:" in line for line in lines), lines
