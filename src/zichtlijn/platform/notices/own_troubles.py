"""What can be wrong with mail and with what runs by itself."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zichtlijn.platform.tasks.models import RecurringRun
from zichtlijn.platform.tasks.recurring import all_recurring, overdue

from .models import MailState, OutgoingMail
from .troubles import Trouble, register_trouble


def trouble_with_mail() -> Iterator[Trouble]:
    """Mail that was given up, and mail that waits for a server that nobody set."""
    kept = OutgoingMail.objects.order_by()
    counted = {each["state"]: each for each in kept.values("state").annotate(number=Count("pk"), since=Min("made_at"))}
    there = (reverse("notices:outbox"), _("Mail that was not sent"))
    if given_up := counted.get(MailState.GIVEN_UP):
        number = given_up["number"]
        what = ngettext("%(count)s e-mail message was given up.", "%(count)s e-mail messages were given up.", number)
        remedy = _("Look at the reason, take it away, and send the message again.")
        yield Trouble(what % {"count": number}, remedy, *there, since=given_up["since"])
    waiting = counted.get(MailState.WAITING)
    if waiting and not settings.SMTP_HOST:
        number = waiting["number"]
        what = ngettext("%(count)s e-mail message waits: no mail server is set.",
                        "%(count)s e-mail messages wait: no mail server is set.", number)  # fmt: skip
        remedy = _("Set SMTP_HOST and what goes with it. Nothing is lost meanwhile.")
        yield Trouble(what % {"count": number}, remedy, *there, since=waiting["since"], stops_work=False)


def trouble_with_what_recurs() -> Iterator[Trouble]:
    """What failed when it ran last, and what did not run when it should have."""
    titles = {each.name: capfirst(str(each.title)) for each in all_recurring()}
    there = (reverse("notices:outbox"), _("What runs by itself"))
    failed = RecurringRun.objects.filter(name__in=titles).exclude(last_error="")
    for run in failed:
        what = _("“%(what)s” failed when it ran last.") % {"what": titles[run.name]}
        yield Trouble(what, run.last_error, *there, since=run.last_ended)
    if late := overdue():
        number = len(late)
        what = ngettext("%(count)s thing that should run by itself does not run.",
                        "%(count)s things that should run by themselves do not run.", number)  # fmt: skip
        remedy = _("Start “zichtlijn tick” by a timer or as a service, or start the product with “zichtlijn run”.")
        began = min((run.last_started for run in late if run.last_started), default=None)
        yield Trouble(what % {"count": number}, remedy, *there, since=began)


register_trouble("mail", trouble_with_mail)
register_trouble("recurring", trouble_with_what_recurs)
