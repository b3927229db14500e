"""Objects for the addresses of the citizen form and of files from outside."""

from tests.route_objects import Give, record

ATTACHMENT = record("signals.signalattachment", "uid")

NAMED: dict[str, Give] = {
    "report:attachment": ATTACHMENT,
    "signals:attachment": ATTACHMENT,
    "signals:attachment-warning": ATTACHMENT,
    "report:files": lambda _name: {"step": "rescan"},
}
