"""What can be wrong with terms: one that passed while nobody handles what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zichtlijn.platform.notices.troubles import Trouble, register_trouble

from .models import OPEN_STATES, Signal


def trouble_with_terms() -> Iterator[Trouble]:
    """Terms of open signals that passed without anybody to warn. A number: the list shows to each what they may see."""
    late = Signal._base_manager.filter(term_at__lte=timezone.now(), state__in=OPEN_STATES, assignee__isnull=True)
    found = late.aggregate(number=Count("pk"), since=Min("term_at"))
    if number := found["number"]:
        what = ngettext("A term passed of %(count)s signal that nobody handles.",
                        "Terms passed of %(count)s signals that nobody handles.", number)  # fmt: skip
        remedy = _("Have who leads the team assign them.")
        address = reverse("signals:work-list") + "?whose=unassigned&term=late"
        yield Trouble(what % {"count": number}, remedy, address, _("In the work list"), found["since"])


register_trouble("terms", trouble_with_terms)
