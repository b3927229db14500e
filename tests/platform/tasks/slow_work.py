"""Settings with one slow job in them, for a worker that is killed."""

import time

from zichtlijn.platform.tasks.registry import job
from zichtlijn.project.settings import *  # noqa: F403


@job("test.slow", title="Slow work")
def work(progress, *, seconds):  # type: ignore[no-untyped-def]
    for tenth in range(seconds * 10):
        progress("Step %(number)s", tenth / (seconds * 10), number=tenth)
        time.sleep(0.1)
    return "/done/"
