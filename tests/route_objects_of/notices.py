"""Objects for the addresses of notices."""

from tests.route_objects import Give, record

NAMED: dict[str, Give] = {f"notices:{end}": record("notices.notice") for end in ("open", "read")}
NAMED |= {
    "notices:try-again": record("notices.outgoingmail"),
    "notices:calendar": lambda _name: {"token": "unknown"},
}
