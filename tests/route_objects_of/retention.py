"""Objects for the addresses of retention."""

from tests.route_objects import Give, also, record

LIST = record("retention.destructionlist")
NAMED: dict[str, Give] = (
    {f"retention:{end}": LIST for end in ("list", "review", "proof", "proof-file")}
    | {"retention:list-step": also(LIST, step="withdraw"), "retention:rule-change": record("retention.retentionrule")}
    | {"retention:due": lambda _name: {"kind": "signals.signal"}}
    | {"retention:hold": also(record("signals.signal"), label="signals.signal", step="place")}
)
