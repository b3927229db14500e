"""Digest of an event and root of a batch: SHA-256, Merkle tree as in RFC 6962 section 2.1."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any


def canonical(values: Any) -> str:
    """JSON with sorted keys and no space: one text for one value."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def event_digest(
    *,
    uid: str,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    action: str,
    object_type: str,
    object_id: str,
    object_label: str,
    before: str,
    after: str,
    reason: str,
    legal_basis: str,
    request_id: str,
) -> str:
    """Hex SHA-256 over all that an event says (RFC 6962 leaf: a zero byte first)."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [uid, moment, actor_id, actor_name, action, object_type, object_id, object_label]
    content += [before, after, reason, legal_basis, request_id]
    return hashlib.sha256(b"\x00" + canonical(content).encode()).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Hex root over hex leaf digests; the empty tree is SHA-256 of nothing (RFC 6962 section 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    level = [bytes.fromhex(leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        # RFC 6962 splits at the largest power of two: an odd last node moves up unchanged.
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0].hex()


def seal_root(leaves: Sequence[str], previous_root: str) -> str:
    """The root of a seal: over the batch and the root before it, so that seals form a chain."""
    return hashlib.sha256(b"\x01" + bytes.fromhex(previous_root) + bytes.fromhex(merkle_root(leaves))).hexdigest()
