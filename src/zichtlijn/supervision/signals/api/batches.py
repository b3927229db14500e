"""The operations for organisations. Each starts from what the caller may see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from zichtlijn.platform.api.idempotency import answer_once
from zichtlijn.platform.api.operations import Operation
from zichtlijn.platform.api.problems import Problem, faults_of, faults_of_rules

from ..actions.batch import MOST_AT_ONCE, Desk, Outcome, Sent, Taken, take_batch
from ..actions.notifying import OWN
from . import describing
from .serializers import MeldingInReeks, sent_of
from .words import BECAME, FIELDS

INPUT = MeldingInReeks()  # made once: it keeps nothing of what it checks


class Meldingreeksen(Operation):
    """Many notifications in one request."""

    needs = OWN
    names = FIELDS

    @describing.take_batch
    def post(self, request: Any) -> Any:
        """Take in up to 500 notifications; each is accepted or refused by itself."""
        items = _items(request.data)
        checked = [_checked(item) for item in items]
        desk = Desk(request.user, [each for each in checked if isinstance(each, Sent)])
        return answer_once(
            request, operation="meldingreeksen", required=True, work=lambda: (200, _taken(items, checked, desk))
        )


def _items(data: Any) -> list[Any]:
    items = data.get("meldingen") if isinstance(data, dict) else None
    if not isinstance(items, list) or not items or len(items) > MOST_AT_ONCE or set(data) != {"meldingen"}:
        detail = _("Send an object with one name, meldingen: a list of 1 to %(most)s.") % {"most": MOST_AT_ONCE}
        raise Problem(400, _("The request is not right."), detail)
    return items


def _checked(item: Any) -> Sent | ValidationError:
    try:
        return sent_of(INPUT.run_validation(item))
    except ValidationError as error:
        return error


def _taken(items: list[Any], checked: list[Sent | ValidationError], desk: Desk) -> dict[str, Any]:
    taken = iter(take_batch(actor=desk.actor, notifications=desk))
    results = [
        _refused(item, list(faults_of(each.detail)))
        if isinstance(each, ValidationError)
        else _result(each, next(taken))
        for item, each in zip(items, checked, strict=True)
    ]
    counts = {name: sum(1 for result in results if result["uitkomst"] == name) for name in BECAME.values()}
    return {"aantallen": counts, "resultaten": results}


def _refused(item: Any, faults: list[Any]) -> dict[str, Any]:
    own = item.get("eigenKenmerk") if isinstance(item, dict) else None
    return _line(own if isinstance(own, str) else "", Outcome.REFUSED, None, faults)


def _result(sent: Sent, taken: Taken) -> dict[str, Any]:
    faults = faults_of_rules(taken.error, FIELDS) if taken.error else []
    if taken.outcome == Outcome.CONFLICT:
        detail = _("You used this reference before, for another notification or a draft.")
        faults = [{"in": "body", "location": {"pointer": "/eigenKenmerk"}, "code": "reference-used", "detail": detail}]
    return _line(sent.own_reference, taken.outcome, taken.signal, faults)


def _line(own: str, outcome: Outcome, signal: Any, faults: list[Any]) -> dict[str, Any]:
    reference = signal.reference if signal is not None else None
    return {"eigenKenmerk": own[:100], "uitkomst": BECAME[outcome], "kenmerk": reference, "fouten": faults}
