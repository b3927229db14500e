"""Objects for the addresses of the API and of its tokens."""

from tests.route_objects import Give, Values, first, record


def _with_reference(**wanted: object) -> Give:
    def give(_name: str) -> Values:
        found = first("signals.signal", **wanted)
        return None if found is None else {"kenmerk": found.reference}

    return give


NAMED: dict[str, Give] = (
    {"api:nothing": lambda _name: {"rest": "nothing"}, "api:token-revoke": record("api.apitoken")}
    | {
        f"signals-api:{name}": _with_reference(kind="notification")
        for name in ("notification", "additions", "evaluations")
    }
    | {"signals-api:steps": _with_reference()}
)
