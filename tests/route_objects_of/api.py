"""Objects for the addresses of the API and of its tokens."""

from tests.route_objects import Give, Values, first, record


def _with_reference(**wanted: object) -> Give:
    def give(_name: str) -> Values:
        found = first("signals.signal", **wanted)
        return None if found is None else {"kenmerk": found.reference}

    return give


def _evaluation(_name: str) -> Values:
    found = first("signals.ownevaluation")
    return None if found is None else {"kenmerk": found.signal.reference, "nummer": found.pk}


def _numbered(label: str) -> Give:
    def give(_name: str) -> Values:
        found = first(label)
        return None if found is None else {"nummer": found.pk}

    return give


NAMED: dict[str, Give] = (
    {"api:nothing": lambda _name: {"rest": "nothing"}, "api:token-revoke": record("api.apitoken")}
    | {
        f"signals-api:{name}": _with_reference(kind="notification")
        for name in ("notification", "additions", "evaluations", "notification-steps")
    }
    | {f"signals-api:{name}": _with_reference() for name in ("steps", "signal-evaluations")}
    | {f"signals-api:{name}": _evaluation for name in ("signal-evaluation", "evaluation-steps")}
    | {
        f"signals-api:{kind}{end}": _numbered(f"signals.{model}")
        for kind, model in (("weighing", "incidentweighing"), ("incident", "incidentfile"))
        for end in ("", "-steps")
    }
)
