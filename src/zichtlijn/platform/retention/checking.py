"""What ``zichtlijn verify`` asks of destruction: proofs that are whole, and things that stay away."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from zichtlijn.platform.events.models import Event

from .models import DestructionLine, DestructionList, ListState
from .proof import digest_of
from .registry import kind_named

MOST_NAMED = 20
CHUNK = 500


def wrong_proofs() -> list[str]:
    """A sentence for each proof that was changed or removed, and for what came back after it was destroyed."""
    ended = DestructionList.objects.filter(state=ListState.DESTROYED).order_by("pk")
    problems = [problem for found in ended.iterator() for problem in _problems(found)]
    return [*problems, *islice(_lost(), MOST_NAMED)]


def _problems(found: DestructionList) -> Iterator[str]:
    if digest_of(found.proof) != found.proof_digest:
        yield _("the proof of destruction list %(list)s was changed") % {"list": found}
        return
    if found.proof_digest not in _recorded(found.pk):
        yield _("the proof of destruction list %(list)s is not the one that was recorded") % {"list": found}
        return
    said = {(line["kind"], line["key"]) for line in json.loads(found.proof)["destroyed"]}
    rows = found.lines.filter(destroyed_at__isnull=False).values_list("kind", "key")
    if said != set(rows):
        yield _("the lines of destruction list %(list)s are not those of its proof") % {"list": found}
    yield from islice(_came_back(found, said), MOST_NAMED)


def _recorded(pk: int) -> set[str]:
    events = Event.objects.filter(
        action="retention.finish", object_type=DestructionList._meta.label_lower, object_id=str(pk)
    )
    return {str(event.after_values.get("proof_digest", "")) for event in events}


def _came_back(found: DestructionList, said: set[tuple[str, str]]) -> Iterator[str]:
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in sorted(said):
        keys[kind].append(key)
    for kind, of_kind in keys.items():
        kept = kind_named(kind)
        if kept is None:
            continue
        for start in range(0, len(of_kind), CHUNK):
            for key in sorted(kept.exists(of_kind[start : start + CHUNK])):
                words = {"what": f"{kind} {key}", "list": found}
                yield _("%(what)s was destroyed by list %(list)s, and is there again") % words


def _lost() -> Iterator[str]:
    """Destruction that was recorded and whose list is gone, or no longer says so."""
    recorded = Event.objects.filter(action="retention.finish").values_list("object_id", flat=True)
    numbers = {int(number) for number in recorded}
    there = set(DestructionList.objects.filter(state=ListState.DESTROYED).values_list("pk", flat=True))
    for number in sorted(numbers - there):
        yield _("the destruction list with key %(number)s, which was carried out, is gone") % {"number": number}
    halfway = DestructionLine.objects.filter(destroyed_at__isnull=False)
    wrong = halfway.exclude(list__state__in=(ListState.DESTROYED, ListState.DESTROYING))
    for line in wrong.select_related("list"):
        words = {"line": line, "list": line.list}
        yield _("%(line)s was destroyed by list %(list)s, which was not carried out") % words
