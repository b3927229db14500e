"""A small local session of Apache Spark; without pyspark these tests are skipped, visibly (see ``make test-spark``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from zichtlijn.analysis.eventlogs.spark_session import QUIET


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Two workers in this machine, no network, little memory."""
    sql = pytest.importorskip("pyspark.sql", reason="Apache Spark is not in this environment: make test-spark")
    builder = sql.SparkSession.builder.master("local[2]").appName("zichtlijn-tests")
    settings = QUIET | {
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
