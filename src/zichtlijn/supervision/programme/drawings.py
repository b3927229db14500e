"""Capacity as bars: what the activities ask, with what is available as the limit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zichtlijn.platform.design.drawing import Bar, Bars

from .amending import Effect
from .models import Programme
from .presenting import amount, euros
from .queries import Overview


def capacity_bars(programme: Programme, overview: Overview) -> list[Bars]:
    """Staff, money and hours per expertise; a drawing without anything to draw is left out."""
    return [
        drawn
        for drawn in (_staff(programme, overview), _money(programme, overview), _expertise(overview))
        if drawn.longest
    ]


def _staff(programme: Programme, overview: Overview) -> Bars:
    available = programme.available_fte
    return Bars(
        title=_("Staff: what the activities ask"),
        bars=[_bar(_("Activities"), overview.fte, available), *_needed(programme.needed_fte, available)],
        unit=_("fte"),
        limit_name=_("available"),
        number=amount,
    )


def _money(programme: Programme, overview: Overview) -> Bars:
    available = programme.available_budget
    return Bars(
        title=_("Budget: what the activities ask"),
        bars=[_bar(_("Activities"), overview.budget, available), *_needed(programme.needed_budget, available)],
        limit_name=_("available"),
        number=euros,
    )


def _expertise(overview: Overview) -> Bars:
    return Bars(
        title=_("Hours per expertise"),
        bars=[Bar(name, float(hours)) for name, hours in overview.hours.items()],
        unit=_("hours"),
        number=amount,
    )


def effect_bars(effect: Effect, name: str) -> Bars:
    """Before and after an amendment for ``fte`` or ``budget``, with what is available as the limit."""
    available = getattr(effect, f"available_{name}")
    return Bars(
        title=_("Effect on staff") if name == "fte" else _("Effect on the budget"),
        bars=[_bar(_("Before"), effect.before[name], available), _bar(_("After"), effect.after[name], available)],
        unit=_("fte") if name == "fte" else "",
        limit_name=_("available"),
        number=amount if name == "fte" else euros,
    )


def _bar(label: str, value: object, limit: object) -> Bar:
    asked, available = float(str(value)), None if limit is None else float(str(limit))
    over = available is not None and asked > available
    return Bar(label, asked, available, tone="negative" if over else "", note=_("more than available") if over else "")


def _needed(needed: object, limit: object) -> list[Bar]:
    return [] if needed is None else [_bar(_("Needed for all tasks"), needed, limit)]
