"""By which words a signal is found: never by who sent it, and by nobody who may not see it."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.search.registry import NOBODY, register_searchable


def _body(signal: Any) -> str:
    return "\n".join(
        [
            signal.reference,
            signal.text,
            signal.organisation_as_told,
            signal.place,
            f"{signal.organisation or ''} {getattr(signal.organisation, 'abbreviation', '')}".strip(),
        ]
    )


def _audience(signal: Any) -> str:
    """As the case file; of what is not sent in yet, or was thrown away, nobody."""
    return NOBODY if signal.state in ("draft", "discarded") else str(signal.audience)


register_searchable(
    "signals.signal",
    title=lambda signal: signal.subject,
    body=_body,
    select_related=("organisation",),
    order=5,
    audience=_audience,
)
register_commentable("signals.signal")
