"""A session of Apache Spark, only when somebody asks for one: pyspark is an extra and needs Java."""

from __future__ import annotations

from typing import Any

from zichtlijn.analysis.eventlogs.prepare.refusals import refusal

# Numbers must not silently wrap, and times are numbers: the zone of the session must not matter.
SQL = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}


def spark_session(running: Any = None) -> Any:
    """A session with views of its own, in ``running``, in the one that runs, or in a new one.

    A new one has the machine's own settings (``spark-defaults.conf``). Raises LogError when pyspark is not installed
    or Java cannot be started.
    """
    session = (running or _running_or_new()).newSession()
    for name, value in SQL.items():
        session.conf.set(name, value)
    return session


def _running_or_new() -> Any:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise refusal("spark-missing") from error
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    builder = SparkSession.builder.appName("zichtlijn")
    for name, value in QUIET.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkRuntimeError, OSError) as error:
        raise refusal("java-missing") from error
