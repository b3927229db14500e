"""A worker process that is killed: the job says that it was cut off, and finishes when it is started again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
ENQUEUE = """
from zichtlijn.platform.tasks.queue import enqueue
print(enqueue("test.slow", actor=None, payload={}).pk)
"""
LOOK = """
from zichtlijn.platform.tasks.interruption import mark_interrupted
from zichtlijn.platform.tasks.models import Job
mark_interrupted(Job.objects.all())
job = Job.objects.get()
print(job.state, job.percentage, job.result_url, len(job.error_texts))
"""
RESTART = """
from zichtlijn.platform.tasks.actions import restart_job
from zichtlijn.platform.tasks.models import Job
restart_job(actor=None, job=Job.objects.get())
"""
WORKER = ["db_worker", "--no-startup-delay", "--interval", "0.1", "-v", "0"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "src")])
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": paths,
        "ZICHTLIJN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.platform.tasks.slow_work",
    }


@pytest.fixture
def zichtlijn(environment: dict[str, str]) -> Callable[..., str]:
    def run(*words: str) -> str:
        command = [sys.executable, "-m", "zichtlijn", *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    return run


def wait_until(condition: Callable[[], bool]) -> None:
    for _attempt in range(100):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("waited in vain")


@pytest.mark.slow
def test_a_killed_worker_leaves_a_job_that_can_be_started_again(
    environment: dict[str, str], zichtlijn: Callable[..., str], tmp_path: Path
) -> None:
    zichtlijn("migrate", "-v", "0")
    hold = tmp_path / "hold"
    hold.touch()
    zichtlijn("shell", "-v", "0", "-c", ENQUEUE)
    worker = subprocess.Popen([sys.executable, "-m", "zichtlijn", *WORKER], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: zichtlijn("shell", "-v", "0", "-c", LOOK).startswith("running"))
    finally:
        worker.kill()
        worker.wait()
    assert zichtlijn("shell", "-v", "0", "-c", LOOK).split()[0] == "interrupted"
    hold.unlink()
    zichtlijn("shell", "-v", "0", "-c", RESTART)
    zichtlijn(*WORKER, "--batch")
    assert zichtlijn("shell", "-v", "0", "-c", LOOK).split() == ["done", "100", "/done/", "0"]
