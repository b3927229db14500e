"""Our own record as a log holds what is open to all staff: it stays when an access to a restricted file ends."""

from __future__ import annotations

from django.db import transaction

from zichtlijn.platform.casefiles import actions
from zichtlijn.platform.events.recording import Happening, record_many
from zichtlijn.supervision.signals.models import Signal
from zichtlijn.supervision.sources.own_events import events_visible_to


def test_a_restricted_file_is_in_no_log_of_who_sees_it_for_now(bob, bart):
    files = [Signal.objects.create(channel="telephone", subject="Lek", text="x") for _ in range(2)]
    with transaction.atomic():
        record_many(actor=bob, happenings=[Happening("signals.take_up", file) for file in files])
    actions.restrict_file(actor=bob, file=files[0], purpose="dak")
    for user in (bob, bart):
        assert set(events_visible_to(user).values_list("object_id", flat=True)) == {str(files[1].pk)}
