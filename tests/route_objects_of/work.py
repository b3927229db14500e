"""Objects for the addresses of the work list."""

from tests.route_objects import Give, also, record

SIGNAL = record("signals.signal")

NAMED: dict[str, Give] = {
    "signals:signal": SIGNAL,
    "signals:suggestions": SIGNAL,
    "signals:link": SIGNAL,
    "signals:told": SIGNAL,
    "signals:bundle": SIGNAL,
    "signals:signal-step": also(record("signals.signal", state="in_triage"), step="take_no_action"),
    "signals:entered": record("signals.signal", entered_by__isnull=False),
}
