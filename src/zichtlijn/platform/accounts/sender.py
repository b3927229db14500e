"""Somebody without an account who sends something in, as the actor of an action."""

from __future__ import annotations

from typing import Any

import rules

SENDER_NAME = "sender"  # stands in events; wording.entries() shows it in the language of the reader


class Sender:
    """Whoever sends a signal, or came back with its receipt code (then ``record_id`` is that signal).

    Has no key, so that an event says "sender" and nothing that leads to a person.
    """

    pk = None
    is_authenticated = is_active = False

    def __init__(self, record_id: int | None = None) -> None:
        self.record_id = record_id

    def __str__(self) -> str:
        return SENDER_NAME

    def has_role(self, *_roles: str) -> bool:
        """No role at all."""
        return False

    def has_perm(self, permission: str, record: Any = None) -> bool:
        """As for anybody: the rules decide."""
        return bool(rules.has_perm(permission, self, record))


@rules.predicate
def is_sender(user: Any, record: Any = None) -> bool:
    """Somebody without an account: about nothing yet, or about exactly the record of the receipt code."""
    return isinstance(user, Sender) and (record is None or record.pk == user.record_id)
