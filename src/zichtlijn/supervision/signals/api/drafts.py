"""A notification that an organisation has not sent in yet: made by its own system, finished here or on the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zichtlijn.platform.api.idempotency import answer_once
from zichtlijn.platform.api.operations import Operation

from ..actions.notifying import OWN, discard_notification, start_notification, submit_notification
from ..models import Channel
from ..queries.portal import notifications_of, own_organisations
from ..transitions import SIGNAL
from . import answers, describing_cases, words
from .notifications import notifications
from .opening import opened
from .serializers import ConceptInvoer, sent_of
from .stepping import StapInvoer, Step, StepsOf, calling, take

STEPS: Mapping[str, Step] = {
    "insturen": Step("submit", StapInvoer, calling(submit_notification, "signal")),
    "weggooien": Step("discard", StapInvoer, calling(discard_notification, "signal")),
}
# In the words of the portal: not all that the inspectorate does is told to the organisation.
OF_NOTIFICATION = StepsOf("stappen-melding", STEPS, words.STAGES, SIGNAL)


class Meldingconcepten(Operation):
    """Drafts of notifications, which the inspectorate does not see."""

    needs = OWN
    names = words.FIELDS

    @describing_cases.start_draft
    def post(self, request: Any) -> Any:
        """Begin a notification without sending it in."""
        checked = ConceptInvoer(data=request.data)
        checked.is_valid(raise_exception=True)
        sent = sent_of(checked.validated_data)

        def work() -> tuple[int, Any]:
            draft = start_notification(
                actor=request.user,
                organisation=_organisation(request.user, sent.organisation),
                values=sent.values,
                channel=Channel.API,
            )
            return 201, answers.Melding(notifications_of(request.user).get(pk=draft.pk)).data

        return answer_once(request, operation="meldingconcepten", required=not sent.own_reference, work=work)


def _organisation(user: Any, number: int | None) -> Any:
    """The one that is named, or the only one that the account speaks for. Raises ValidationError for neither."""
    own = list(own_organisations(user))
    if number is None and len(own) == 1:
        return own[0]
    if number is None:
        message = _("Say for which organisation: this account speaks for more than one, or for none.")
        raise ValidationError({"organisation": ValidationError(message, code="required")})
    for organisation in own:
        if organisation.pk == number:
            return organisation
    message = _("This account does not speak for that organisation.")
    raise ValidationError({"organisation": ValidationError(message, code="not-yours")})


class MeldingStappen(Operation):
    """A step of the organisation with its own notification."""

    needs = OWN
    names = words.FIELDS

    @describing_cases.take_own_step
    def post(self, request: Any, kenmerk: str) -> Any:
        """Send a draft in, or throw it away; 409 when it is no draft any more, or was changed since."""
        signal = opened(request.user, notifications(), kenmerk)

        def shown() -> Any:
            signal.refresh_from_db()
            return answers.Melding(signal).data

        return take(request, signal, OF_NOTIFICATION, shown)
