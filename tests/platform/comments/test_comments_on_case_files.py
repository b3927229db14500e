"""Comments on a record that only some may know of: seen with it, and never written into an event."""

from __future__ import annotations

import json

import pytest
from django.test import RequestFactory
from django.utils import timezone

from zichtlijn.platform.comments import registry
from zichtlijn.platform.comments.actions import add_comment, edit_comment, restore_comment, withdraw_comment
from zichtlijn.platform.comments.models import Comment
from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.models import IncidentFile, Signal

WORDS = "kanarievogel", "pimpelmees"


@pytest.fixture(autouse=True)
def commentable(monkeypatch):
    monkeypatch.setattr(registry, "_commentable", {"signals.signal", "signals.incidentfile"})


@pytest.fixture
def signal(db):
    return Signal.objects.create(channel="telephone", subject="Lekkage", text="Het lekt.")


def test_no_word_of_a_comment_on_a_signal_is_in_any_event(alice, signal):
    comment = add_comment(actor=alice, about=signal, text=f"Een {WORDS[0]} zong.")
    edit_comment(actor=alice, comment=comment, text=f"Een {WORDS[1]} zong.")
    withdraw_comment(actor=alice, comment=comment)
    restore_comment(actor=alice, comment=comment)
    rows = list(Event.objects.values())
    assert len(rows) == 4
    told = json.dumps(rows, default=str)
    assert not any(word in told for word in WORDS)


def test_the_event_still_says_that_the_comment_was_changed(alice, signal):
    comment = add_comment(actor=alice, about=signal, text="Een")
    edit_comment(actor=alice, comment=comment, text="Twee")
    event = Event.objects.about(comment).first()
    assert (event.action, list(event.after_values)) == ("comments.edit", ["edited_at"])
    assert event.object_label == f"comment {comment.pk}"


def test_a_partner_sees_no_comment_on_a_shared_file(alice, dave, pia, rf):
    from zichtlijn.platform.casefiles.models import FileAccess
    from zichtlijn.platform.trace.templatetags.trace import panels

    incident = IncidentFile.objects.create(title="Brand", opened_at=timezone.now())
    FileAccess.objects.create(file_key=incident.file_key, user=pia, purpose="samen onderzoeken")
    comment = add_comment(actor=alice, about=incident, text="Alleen voor ons")
    assert incident in IncidentFile.objects.visible_to(pia)
    assert not Comment.objects.visible_to(pia).exists()
    request = RequestFactory().get("/")
    for user, seen in ((dave, True), (pia, False)):
        request.user = user
        assert (comment.text in panels({"request": request}, incident)) is seen
