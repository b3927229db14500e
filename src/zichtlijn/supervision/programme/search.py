"""By which words the programme is found. Names of related objects count, so that their abbreviations lead here too."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.search.registry import register_searchable


def _named(*records: Any) -> str:
    return " ".join(f"{record} {getattr(record, 'abbreviation', '')}".strip() for record in records)


def _activity_body(activity: Any) -> str:
    related = [
        *activity.goals.all(),
        *activity.organisations.all(),
        *activity.chains.all(),
        *activity.acts.all(),
        *activity.groups.all(),
    ]
    return "\n".join([activity.code, activity.description, str(activity.domain or ""), _named(*related)])


register_searchable("programme.activity", title=lambda activity: activity.title, body=_activity_body, order=10)
register_searchable(
    "programme.goal",
    title=lambda goal: goal.title,
    body=lambda goal: f"{goal.description}\n{goal.indicators}",
    order=15,
)
register_searchable(
    "programme.programme",
    title=lambda programme: programme.title,
    body=lambda programme: f"{programme.inspectorate}\n{programme.year}\n{programme.description}",
    order=12,
)
register_searchable(
    "programme.perspective",
    title=lambda perspective: perspective.title,
    body=lambda perspective: perspective.description,
    order=16,
)
register_searchable(
    "programme.figure",
    title=lambda figure: figure.subject,
    body=lambda figure: f"{figure.value} {figure.unit} {figure.year or ''}\n{figure.note}",
    order=18,
)
register_searchable(
    "programme.amendment", title=lambda amendment: amendment.title, body=lambda item: item.reason, order=19
)

for kind in ("perspective", "goal", "programme", "activity", "figure", "amendment"):
    register_commentable(f"programme.{kind}")
