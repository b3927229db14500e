"""How the web server is started. Apart from the rest, so that it can be read without Django."""

from __future__ import annotations

import sys

APPLICATION = "zichtlijn.project.wsgi"
WORKERS, THREADS = 2, 4
GRACE_SECONDS = 5


def command(address: str, port: int, application: str = APPLICATION) -> list[str]:
    """Gunicorn with a few threads; SQLite and PostgreSQL both take several readers."""
    line = [sys.executable, "-m", "gunicorn", application, "--bind", f"{address}:{port}"]
    line += ["--workers", str(WORKERS), "--threads", str(THREADS)]
    return [*line, "--log-level", "warning", "--graceful-timeout", str(GRACE_SECONDS)]
