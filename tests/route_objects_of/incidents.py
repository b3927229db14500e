"""Objects for the addresses of weighings and incident files."""

from tests.route_objects import Give, Values, also, first, record

WEIGHING = record("signals.incidentweighing")
INCIDENT = record("signals.incidentfile")


def a_report(_name: str) -> Values:
    """An incident file with a situation report."""
    found = first("signals.situationreport")
    return None if found is None else {"pk": found.incident_id, "number": found.number}


def a_link(_name: str) -> Values:
    """A weighing with a record that it rests on."""
    found = first("signals.criterionevidence")
    return None if found is None else {"pk": found.weighing_id, "evidence_pk": found.pk}


NAMED: dict[str, Give] = {
    "signals:weighing": WEIGHING,
    "signals:weighing-step": also(record("signals.incidentweighing", state="open"), step="score"),
    "signals:weighing-evidence": WEIGHING,
    "signals:weighing-evidence-remove": a_link,
    "signals:incident": INCIDENT,
    "signals:incident-log": INCIDENT,
    "signals:incident-step": also(INCIDENT, step="edit"),
    "signals:incident-report": a_report,
}
