"""Telling the user what happened: messages, with a way back where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.messages import constants
from django.http import HttpRequest

_LEVELS = {
    "info": constants.INFO,
    "positive": constants.SUCCESS,
    "warning": constants.WARNING,
    "negative": constants.ERROR,
}
_TONES = {level: tone for tone, level in _LEVELS.items()}
_UNDO = "undo="


@dataclass(frozen=True)
class Notice:
    """A message as shown: its text, its tone and the address that undoes what it tells ("" when none)."""

    text: Any
    tone: str
    undo_url: str = ""


def tell(request: HttpRequest, text: Any, tone: str = "positive", undo_url: str = "") -> None:
    """Show ``text`` on the next page. ``undo_url`` (an address of this site) becomes an Undo button that posts to it.

    Raises KeyError for an unknown tone and ValueError for an address outside this site.
    """
    if undo_url and not _is_local(undo_url):
        raise ValueError(f"an undo address lies on this site, not at {undo_url!r}")
    extra = _UNDO + quote(undo_url, safe="/?=&%") if undo_url else ""
    messages.add_message(request, _LEVELS[tone], text, extra_tags=extra)


def notices(request: HttpRequest) -> list[Notice]:
    """The messages that wait for the user; reading them takes them away."""
    return [_notice(message) for message in messages.get_messages(request)]


def _notice(message: Any) -> Notice:
    undo = next(
        (word[len(_UNDO) :] for word in (message.extra_tags or "").split() if word.startswith(_UNDO)),
        "",
    )
    return Notice(
        message.message,
        _TONES.get(message.level, "info"),
        undo if _is_local(undo) else "",
    )


def _is_local(url: str) -> bool:
    return url.startswith("/") and not url.startswith(("//", "/\\"))
