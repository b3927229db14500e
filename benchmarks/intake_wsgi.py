"""The application of the product with a stopwatch around it: ``Server-Timing`` says how long the server worked.

For benchmarks only. ``app`` is the whole request, ``db`` the part that the database took with ``desc``
statements, ``cpu`` what this process itself worked: the rest is waiting, for the database or for a processor.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

from django.db import connections

from zichtlijn.project.wsgi import application as product


class Statements:
    """Counts the statements of one request and how long they took."""

    def __init__(self) -> None:
        self.number, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += time.perf_counter() - start


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Answer as the product does, with the time and the statements in a header."""
    counted, start, worked = Statements(), time.perf_counter(), time.thread_time()
    held: list[Any] = []

    def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        held[:] = [status, headers, rest]
        return None

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(counted))
        answer = product(environ, begin)
        body = b"".join(answer)
    took = (time.perf_counter() - start) * 1000
    cpu = (time.thread_time() - worked) * 1000
    timing = f'app;dur={took:.3f}, cpu;dur={cpu:.3f}, db;dur={counted.seconds * 1000:.3f};desc="{counted.number}"'
    status, headers, rest = held
    start_response(status, [*headers, ("Server-Timing", timing)], *rest)
    if hasattr(answer, "close"):
        answer.close()
    return [body]
