"""What an engine gives of an entry that it found."""

from __future__ import annotations

Found = tuple[int, str, int]
FOUND = ("pk", "model_label", "object_id")
"""Key of the entry, type of the record, key of the record."""
