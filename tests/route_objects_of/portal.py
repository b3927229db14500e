"""Objects for the addresses of organisations and of own evaluations."""

from tests.route_objects import Give, also, record

NOTIFICATION = record("signals.signal", kind="notification", notification__isnull=False)
EVALUATION = record("signals.ownevaluation")
NAMED: dict[str, Give] = {
    "signals:notification": NOTIFICATION,
    "signals:notification-add": NOTIFICATION,
    "signals:notification-step": also(NOTIFICATION, step="edit"),
    "signals:evaluation": EVALUATION,
    "signals:evaluation-step": also(EVALUATION, step="extend"),
}
NAMED |= {
    "signals:category-change": record("signals.notificationcategory"),
    "signals:text-change": record("signals.standardtext"),
    "signals:equal-day-remove": record("signals.equalday"),
}
