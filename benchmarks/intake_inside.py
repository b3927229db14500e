"""What is done within an installation by whoever tests or measures its intake; prints JSON on its last line.

python benchmarks/intake_inside.py prepare 4
python benchmarks/intake_inside.py count | look
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

MARK = re.compile(r"#([0-9a-f]{32})#")
"""What a sender puts into every text, to find it back."""


def prepare(number: str) -> list[dict[str, Any]]:
    """As ``zichtlijn run`` prepares it, and with organisations (demo) that have an account and a token each."""
    from django.core.management import call_command
    from django.utils import timezone

    from zichtlijn.platform.accounts.models import User
    from zichtlijn.platform.api.models import ApiToken
    from zichtlijn.platform.api.tokens import new_token
    from zichtlijn.supervision.field.models import Organisation, OrganisationAccount
    from zichtlijn.supervision.signals.reference import load_reference

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_reference()
    made, today = [], timezone.localdate()
    for _number in range(int(number)):
        secret = new_token()
        name = f"intake {secret.sha256[:8]}"
        user = User.objects.create(username=name.replace(" ", "-"), role="organisation", full_name=name, is_demo=True)
        organisation = Organisation.objects.create(name=f"Demo {name}", is_demo=True)
        OrganisationAccount.objects.create(user=user, organisation=organisation, since=today)
        token = {"sha256": secret.sha256, "beginning": secret.beginning, "expires_on": today + timedelta(days=2)}
        ApiToken.objects.create(user=user, name=name, **token)
        made.append({"token": secret.secret, "organisation": organisation.pk})
    return made


def count() -> dict[str, int]:
    """How many there are of what comes in."""
    from zichtlijn.platform.events.models import Event
    from zichtlijn.supervision.signals.models import Message, Notification, Signal, SignalAttachment

    models = (Signal, Notification, Message, SignalAttachment, Event)
    return {model.__name__: model._base_manager.count() for model in models}


def look() -> dict[str, Any]:
    """All that came in with a mark, and whatever is not whole. Takes leftovers away and seals first."""
    from zichtlijn.platform.api.models import IdempotentAnswer
    from zichtlijn.platform.events.sealing import seal_events
    from zichtlijn.platform.files.models import StoredFile
    from zichtlijn.platform.files.storing import digest_on_disk, path_of, sweep_leftovers
    from zichtlijn.supervision.signals.models import Message, Signal, SignalAttachment

    left = sweep_leftovers(older_than_seconds=-1)
    seal_events()
    kept = {row.pk: digest_on_disk(path_of(row.sha256)) for row in StoredFile.objects.iterator()}
    files: dict[tuple[str, int], list[str]] = {}
    for row in SignalAttachment._base_manager.iterator():
        owner = ("message", row.message_id) if row.message_id else ("signal", row.signal_id)
        files.setdefault(owner, []).append(kept[row.file_id])
    signals = [
        {
            "mark": _mark(signal.text),
            "pk": signal.pk,
            "reference": signal.reference,
            "files": sorted(files.get(("signal", signal.pk), [])),
            "receipt": getattr(getattr(signal, "sender", None), "receipt_sha256", None),
        }
        for signal in Signal._base_manager.select_related("sender").iterator()
    ]
    messages = [
        {"mark": _mark(said.text), "files": sorted(files.get(("message", said.pk), []))}
        for said in Message._base_manager.iterator()
    ]
    used = {row.file_id for row in SignalAttachment._base_manager.iterator()}
    wrong = [f"neither a file nor one that came in: {path}" for path in _strange(left)]
    wrong += [f"a key without an answer: {key}" for key in IdempotentAnswer.objects.filter(status=0)]
    wrong += [f"a stored file of nothing: {key}" for key in kept.keys() - used]
    wrong += _half_written()
    return {"signals": signals, "messages": messages, "wrong": wrong, "leftovers": len(left)}


def _half_written() -> list[str]:
    """What should have come with each signal in one transaction, and did not, or did so twice."""
    from zichtlijn.platform.events.models import Event
    from zichtlijn.platform.search.models import SearchEntry
    from zichtlijn.supervision.signals.models import Channel, Signal

    label = "signals.signal"
    came_in = ("signals.take_batch", "signals.send")
    told = Counter(Event.objects.filter(object_type=label, action__in=came_in).values_list("object_id", flat=True))
    found = Counter(SearchEntry.objects.filter(model_label=label).values_list("object_id", flat=True))
    wrong = []
    for signal in Signal._base_manager.select_related("notification", "sender").iterator():
        part = "sender" if signal.channel == Channel.FORM else "notification"
        if not hasattr(signal, part):
            wrong.append(f"{signal} has no {part}")
        if told[str(signal.pk)] != 1 or found[signal.pk] != 1:
            wrong.append(f"{signal} has {told[str(signal.pk)]} events and {found[signal.pk]} entries")
    return wrong


def _strange(left: list[Path]) -> list[Path]:
    """What is neither a file under the name of its content nor one that was still coming in."""
    return [path for path in left if path.parent.name != "incoming" and not re.fullmatch("[0-9a-f]{64}", path.name)]


def _mark(text: str) -> str:
    found = MARK.search(text)
    return found.group(1) if found else ""


if __name__ == "__main__":
    django.setup()
    work = {"prepare": prepare, "count": count, "look": look}[sys.argv[1]]
    print(json.dumps(work(*sys.argv[2:])))
