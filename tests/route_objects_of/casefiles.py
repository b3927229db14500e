"""Objects for the addresses of access to case files."""

from __future__ import annotations

from tests.route_objects import Give, Values, first

LABEL = "signals.signal"


def a_file(_name: str) -> Values:
    """Label and key of a restricted signal, or of any."""
    found = first(LABEL, access="restricted") or first(LABEL)
    return None if found is None else {"label": LABEL, "pk": found.pk}


def a_step(name: str) -> Values:
    """The same, with a change of access."""
    values = a_file(name)
    return None if values is None else values | {"step": "team"}


def an_access(_name: str) -> Values:
    """The same, with somebody who is named."""
    for access in _accesses():
        found = first(LABEL, file_key=access.file_key)
        if found is not None:
            return {"label": LABEL, "pk": found.pk, "access_pk": access.pk}
    return None


def _accesses() -> list:
    from zichtlijn.platform.casefiles.models import FileAccess

    return list(FileAccess.objects.order_by("pk")[:50])


NAMED: dict[str, Give] = {
    "casefiles:access": a_file,
    "casefiles:readings": a_file,
    "casefiles:replace-owner": a_file,
    "casefiles:access-step": a_step,
    "casefiles:access-end": an_access,
}
