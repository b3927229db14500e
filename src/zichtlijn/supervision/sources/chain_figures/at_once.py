"""The columns of the logs that were asked about last, in memory: figures that can be are computed from those.

The first question reads the columns that it needs from the files; the next, such as the same with another filter, does
not. A log that does not fit is asked through an engine.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.kernels import Columns, Instant, bytes_of
from zichtlijn.analysis.eventlogs.prepared import Prepared

MOST_BYTES = 512 * 2**20
"""Of all logs together. Every process of a server holds its own, and a server of 8 GiB has four besides its database:
so these take a quarter of it at most. It is enough for some fifteen million events."""
_held: OrderedDict[tuple[str, str], Instant] = OrderedDict()
_lock = Lock()


def instant_for(log: Prepared, engine: Engine | None) -> Instant | None:
    """None when the columns do not fit, or when another engine than DuckDB was asked for."""
    if engine is not None and not isinstance(engine, Embedded):
        return None
    allowed = None if engine is None else engine.memory_mib
    if bytes_of(log) > min(MOST_BYTES, MOST_BYTES if allowed is None else allowed * 2**20 // 2):
        return None
    key = (str(log.folder), log.manifest.digest)
    with _lock:
        if key not in _held:
            _held[key] = Instant(Columns(log))
        _held.move_to_end(key)
        while sum(bytes_of(each.log) for each in _held.values()) > MOST_BYTES:
            _held.popitem(last=False)
        return _held[key]
