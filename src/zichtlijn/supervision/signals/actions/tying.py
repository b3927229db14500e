"""Signals that belong together: links, judgements that there is none, bundles, merging and splitting off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action

from ..likeness import pair_of
from ..models import OPEN_STATES, Bundle, LinkKind, Signal, SignalKind, SignalLink
from ..stepping import keep, locked, take_step
from ..telling import tell, told
from .triage import TRIAGE, withdraw_what_was_asked


@action("signals.link", permission=TRIAGE, on="signal")
def link(*, actor: Any, signal: Signal, other: Signal, kind: str, likeness: int | None = None) -> SignalLink:
    """Tie two signals: the same matter, or related. An earlier judgement about the two makes way."""
    if kind not in (LinkKind.DUPLICATE, LinkKind.RELATED):
        raise ValidationError({"kind": _("Choose how they belong together.")}, code="kind")
    return _tie("signals.link", actor, signal, other, kind=kind, likeness=likeness)


@action("signals.judge_link", permission=TRIAGE, on="signal")
def judge_not_related(*, actor: Any, signal: Signal, other: Signal, likeness: int | None = None) -> SignalLink:
    """Looked at: they do not belong together. It is not suggested again."""
    return _tie("signals.judge_link", actor, signal, other, kind=LinkKind.NOT_RELATED, likeness=likeness)


@action("signals.bundle", permission=TRIAGE, on="signal")
def bundle(*, actor: Any, signal: Signal, others: Sequence[Signal], title: str = "") -> Bundle:
    """Handle signals together. They join the bundle that one of them is in; each keeps its sender, terms and history.

    Raises ValidationError for one that is closed, for two bundles, and for a new bundle without a title.
    """
    members = _locked_in_order([signal, *others])
    if len(members) < 2:
        raise ValidationError({"other": _("Choose another one to bundle it with.")}, code="alone")
    for each in members:
        _require(actor, each)
        _require_open(each)
    kept = {each.bundle_id for each in members if each.bundle_id}
    if len(kept) > 1:
        raise ValidationError(_("They are in two bundles. Take one of them out of its bundle first."), code="bundles")
    into = Bundle.objects.get(pk=kept.pop()) if kept else _new_bundle(actor, title)
    for each in members:
        if each.bundle_id != into.pk:
            _keep_and_tell(actor, each, "signals.bundle", bundle=into)
    return into


@action("signals.unbundle", permission=TRIAGE, on="signal")
def unbundle(*, actor: Any, signal: Signal) -> Signal:
    """Take it out of its bundle; a bundle of one is no bundle, so the last one comes out too."""
    fresh = locked(signal)
    if fresh.bundle_id is None:
        raise ValidationError(_("It is in no bundle."), code="no-bundle")
    left = list(Signal._base_manager.select_for_update().filter(bundle=fresh.bundle_id).exclude(pk=fresh.pk)[:2])
    _keep_and_tell(actor, fresh, "signals.unbundle", bundle=None)
    if len(left) == 1:
        _keep_and_tell(actor, left[0], "signals.unbundle", bundle=None)
    return fresh


@action("signals.merge", permission=TRIAGE, on="signal")
def merge(*, actor: Any, signal: Signal, into: Signal, reason: str, revision: int | None = None) -> Signal:
    """It is the same matter as ``into`` and goes on there; its sender, words and history stay with it.

    Raises ValidationError for itself, for one that is closed or merged, and for the notification of an organisation
    into something else than a notification of that organisation.
    """
    if signal.pk == into.pk:
        raise ValidationError({"into": _("Choose another one.")}, code="itself")
    _locked_in_order([signal, into])
    target = locked(into)
    _require(actor, target)
    if target.state not in OPEN_STATES:
        raise ValidationError({"into": _("What it is merged into must still be open.")}, code="closed")
    if signal.kind == SignalKind.NOTIFICATION and (target.kind, target.organisation_id) != (
        signal.kind,
        signal.organisation_id,
    ):
        message = _("An organisation follows its own notification: bundle it instead of merging it.")
        raise ValidationError({"into": message}, code="notification")
    merged = take_step(actor=actor, signal=signal, step="merge", reason=reason, revision=revision, merged_into=target)
    withdraw_what_was_asked(actor=actor, signal=merged)
    tell(actor=actor, action="signals.merged_in", about=target, before=told(target))
    return merged


@action("signals.split_off", permission=TRIAGE, on="signal")
def split_off(*, actor: Any, signal: Signal, reason: str, revision: int | None = None) -> Signal:
    """It is a matter of its own after all. Raises ValidationError without a reason."""
    return take_step(actor=actor, signal=signal, step="split_off", reason=reason, revision=revision)


def _tie(action: str, actor: Any, signal: Signal, other: Signal, **values: Any) -> SignalLink:
    if signal.pk == other.pk:
        raise ValidationError({"other": _("Choose another one.")}, code="itself")
    _require(actor, other)
    low, high = pair_of(signal, other)
    tied, _is_new = SignalLink.objects.update_or_create(low=low, high=high, defaults=values | {"made_by": actor})
    for each in (low, high):
        tell(actor=actor, action=action, about=each, before=told(each))
    return tied


def _new_bundle(actor: Any, title: str) -> Bundle:
    if not (title := title.strip()):
        raise ValidationError({"title": _("Give the bundle a title.")}, code="no-title")
    return Bundle.objects.create(title=title[:200], made_by=actor)


def _locked_in_order(signals: Sequence[Signal]) -> list[Signal]:
    """All of them as they stand now, locked in one order, so that two people never wait for each other."""
    keys = sorted({each.pk for each in signals})
    return list(Signal._base_manager.select_for_update().filter(pk__in=keys).order_by("pk"))


def _keep_and_tell(actor: Any, signal: Signal, action: str, **values: Any) -> None:
    before = told(signal)
    for name, value in values.items():
        setattr(signal, name, value)
    keep(signal)
    tell(actor=actor, action=action, about=signal, before=before)


def _require(actor: Any, signal: Signal) -> None:
    if actor is not None and not actor.has_perm(TRIAGE, signal):
        raise PermissionDenied(TRIAGE)


def _require_open(signal: Signal) -> None:
    if signal.state not in OPEN_STATES:
        message = _("%(reference)s is closed: reopen it first.")
        raise ValidationError(message, code="closed", params={"reference": signal.reference})
