"""Telling apart what two organisations gave the same reference of their own, when the two become one."""

from __future__ import annotations

from itertools import count
from typing import Any

from zichtlijn.supervision.field.clashes import register_clash

from .models import Signal
from .telling import tell

MOST = Signal._meta.get_field("sender_reference").max_length or 0


def tell_apart(actor: Any, gone: Any, kept: Any) -> None:
    """A reference that both organisations used gets a number behind it at the one that goes."""
    of_both = Signal._base_manager.filter(organisation__in=(gone, kept)).exclude(sender_reference="")
    of_kept = of_both.filter(organisation=kept).values("sender_reference")
    double = list(of_both.filter(organisation=gone, sender_reference__in=of_kept).select_for_update().order_by("pk"))
    taken = set(of_both.values_list("sender_reference", flat=True)) if double else set()
    for signal in double:
        signal.sender_reference = _free(signal.sender_reference, taken)
        taken.add(signal.sender_reference)
        signal.revision += 1
        signal.save(update_fields=["sender_reference", "revision"])
        tell(actor=actor, action="signals.tell_apart", about=signal)


def _free(reference: str, taken: set[str]) -> str:
    """The first of "reference (2)", "reference (3)" … that nobody used."""
    for number in count(2):
        ending = f" ({number})"
        made = reference[: MOST - len(ending)] + ending
        if made not in taken:
            return made
    raise AssertionError


register_clash("signals", tell_apart)
