"""By which words acts are found."""

from __future__ import annotations

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.search.registry import register_searchable

from .models import Act


def act_title(act: Act) -> str:
    """The name, with the abbreviation where there is one."""
    return f"{act.name} ({act.abbreviation})" if act.abbreviation else act.name


def act_words(act: Act) -> str:
    """Description, other spellings and identifier."""
    return "\n".join([act.description, act.other_spellings, act.bwb_id])


register_searchable("mandate.act", title=act_title, body=act_words, order=40)

register_commentable("mandate.act")
