"""The proof of destruction: what went, by which rule, who reviewed and approved it. No word of what it said."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from zichtlijn.platform.events.digests import canonical

from .models import Decision, DestructionLine, DestructionList, RetentionRule

FORM = 1
"""Of the text: a reader years from now must know what it looks at."""


def proof_of(found: DestructionList) -> str:
    """Canonical JSON about a list that was carried out, from its lines as they are."""
    lines = list(found.lines.select_related("rule", "reviewer").order_by("pk"))
    gone = [line for line in lines if line.destroyed_at is not None]
    stopped = [line for line in lines if line.stopped_by]
    kept = [line for line in lines if line.decision == Decision.KEEP]
    return canonical(
        {
            "form": FORM,
            "list": str(found),
            "made": _step(found.made_by, found.made_at),
            "approved": _step(found.approved_by, found.approved_at),
            "started": _step(found.started_by, found.started_at),
            "ended": _moment(found.destroyed_at),
            "totals": {"destroyed": len(gone), "not_destroyed": len(stopped), "kept": len(kept)},
            "rules": {str(rule.pk): _rule(rule) for rule in {line.rule for line in lines}},
            "destroyed": [_gone(line) for line in gone],
            "not_destroyed": [_named(line) | {"because": line.stopped_by} for line in stopped],
            "kept": [_named(line) | {"reviewed": _step(line.reviewer, line.reviewed_at)} for line in kept],
        }
    )


def digest_of(proof: str) -> str:
    """SHA-256 of exactly the bytes that are kept and downloaded."""
    return hashlib.sha256(proof.encode()).hexdigest()


def read(proof: str) -> dict[str, Any]:
    """What a proof says."""
    said: dict[str, Any] = json.loads(proof)
    return said


def _gone(line: DestructionLine) -> dict[str, Any]:
    return _named(line) | {
        "reviewed": _step(line.reviewer, line.reviewed_at),
        "destroyed": _moment(line.destroyed_at),
        "rows": json.loads(line.parts or "{}"),
        "sha256": line.content_digest,
    }


def _named(line: DestructionLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "key": line.key,
        "reference": line.reference,
        "outcome": line.outcome,
        "since": line.since.isoformat(),
        "due": line.due_on.isoformat(),
        "rule": str(line.rule_id),
    }


def _rule(rule: RetentionRule) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "outcome": rule.outcome,
        "appraisal": rule.appraisal,
        "amount": rule.amount,
        "unit": rule.unit,
        "source": rule.source,
        "certainty": rule.certainty,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
    }


def _step(user: Any, at: datetime | None) -> dict[str, Any]:
    return {"by": str(user) if user is not None else "", "user": getattr(user, "pk", None), "at": _moment(at)}


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
