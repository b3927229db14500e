"""Times of a prepared log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(microseconds: int) -> datetime:
    """A time of a prepared log: microseconds since 1970 in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)
