"""What about retention asks the attention of an administrator: what is due, and lists that nobody goes on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zichtlijn.platform.notices.troubles import Trouble, register_trouble

from .due import CHUNK, due_of
from .models import DestructionList, ListState
from .registry import listed_kinds
from .rules import Rulebook

TAKES = timedelta(hours=1)
"""A list that was set going this long ago and has not come to an end is looked at."""


def trouble_with_retention() -> Iterator[Trouble]:
    """Lists that hang, and kinds of which something has passed its term."""
    long_ago = timezone.now() - TAKES
    for found in DestructionList.objects.filter(state=ListState.DESTROYING, started_at__lt=long_ago):
        what = _("Destruction list %(list)s was set going and has not come to an end.") % {"list": found}
        remedy = _("See whether what runs by itself does run; the list goes on where it was.")
        yield Trouble(what, remedy, found.get_absolute_url(), str(found), found.started_at)
    book = Rulebook()
    for kept in listed_kinds():
        if any(not each.stopped_by for each in islice(due_of(kept, book=book), CHUNK)):
            what = _("The retention term has passed: %(kind)s.") % {"kind": kept.name}
            remedy = _("Make a destruction list, or place a hold. Nothing goes by itself.")
            yield Trouble(what, remedy, reverse("retention:overview"), _("Retention and destruction"), stops_work=False)


register_trouble("retention", trouble_with_retention)
