"""A session of Apache Spark, only when somebody asks for one: pyspark is an extra and needs Java."""

from __future__ import annotations

from typing import Any

from zichtlijn.analysis.eventlogs.prepare.refusals import refusal

# Numbers must not silently wrap, and times are numbers: the zone of the session must not matter.
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.showConsoleProgress": "false",
}


def spark_session() -> Any:
    """The running session, or else a new one with the machine's own settings (``spark-defaults.conf``).

    Raises LogError when pyspark is not installed or Java cannot be started.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise refusal("spark-missing") from error
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    builder = SparkSession.builder.appName("zichtlijn")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkRuntimeError, OSError) as error:
        raise refusal("java-missing") from error
