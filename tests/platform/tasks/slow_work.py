"""Settings with one slow job in them, for a worker that is killed."""

import time

from zichtlijn.platform.tasks.registry import job
from zichtlijn.project.settings import *  # noqa: F403
from zichtlijn.project.settings import DATA


@job("test.slow", title="Slow work")
def work(progress):  # type: ignore[no-untyped-def]
    """Goes on for as long as the file ``hold`` is there, at most a minute."""
    for tenth in range(600):
        if not (DATA / "hold").exists():
            break
        progress("Step %(number)s", tenth / 600, number=tenth)
        time.sleep(0.1)
    return "/done/"
