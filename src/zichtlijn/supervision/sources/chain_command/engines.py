"""Who computes, as ordered."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.eventlogs.prepared import Prepared


@contextmanager
def engine_of(order: argparse.Namespace, log: Prepared) -> Iterator[Engine]:
    """DuckDB, or Spark where that was asked for. Raises LogError when Spark is not installed."""
    if order.engine == "spark":
        from zichtlijn.analysis.chains.engines.spark import Spark

        with Spark(log) as spark:
            yield spark
        return
    with Embedded(log, memory_mib=order.memory_mib) as embedded:
        yield embedded
