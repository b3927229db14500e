"""The kinds of notices: an app says beforehand what each reads like, so that no word of a case gets into one."""

from __future__ import annotations

from typing import Any

_kinds: dict[str, Any] = {}


def register_kinds(sentences: dict[str, Any]) -> None:
    """Kinds with their sentences: ``{"signals.assigned": _("%(what)s was assigned to you.")}``.

    A sentence takes ``what`` (the reference of the record) and ``day``, and nothing else.
    """
    for kind, sentence in sentences.items():
        if kind in _kinds:
            raise ValueError(f"two kinds of notices are called {kind}")
        _kinds[kind] = sentence


def sentence_of(kind: str) -> Any:
    """What a kind reads like. Raises KeyError for a kind that nobody registered."""
    return _kinds[kind]
