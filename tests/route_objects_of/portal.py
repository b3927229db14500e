"""Objects for the addresses of organisations and of own evaluations."""

from tests.route_objects import Give, Values, also, first, record


def a_file_of_a_notification(_name: str) -> Values:
    """A notification with a file."""
    found = first("signals.signalattachment", signal__kind="notification", evaluation__isnull=True)
    return None if found is None else {"pk": found.signal_id, "uid": found.uid}


NOTIFICATION = record("signals.signal", kind="notification", notification__isnull=False)
EVALUATION = record("signals.ownevaluation")
NAMED: dict[str, Give] = {
    "signals:notification": NOTIFICATION,
    "signals:notification-add": NOTIFICATION,
    "signals:notification-step": also(NOTIFICATION, step="edit"),
    "signals:notification-remove-file": a_file_of_a_notification,
    "signals:evaluation": EVALUATION,
    "signals:evaluation-step": also(EVALUATION, step="extend"),
}
NAMED |= {
    "signals:category-change": record("signals.notificationcategory"),
    "signals:text-change": record("signals.standardtext"),
    "signals:equal-day-remove": record("signals.equalday"),
}
