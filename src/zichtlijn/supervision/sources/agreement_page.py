"""The page of an agreement: what it says, and the figures that were kept with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.tables import Column

from .dashboard_page import AGREEMENTS, address_of
from .dataset_agreements import may_download
from .dataset_queries import figures_for
from .models import Agreement

MOST_FIGURES = 20


@dataclass(frozen=True)
class Said:
    """What an agreement says as a table, with sentences under it."""

    caption: str
    columns: list[Column]
    lines: list[list[tuple[str, bool]]]
    notes: list[str]


def agreement_context(agreement: Agreement, user: Any) -> dict[str, Any]:
    """The context of the page."""
    dataset = agreement.dataset
    sees_cases = user.has_perm("sources.view_cases", dataset)
    return {
        "agreement": agreement,
        "dataset": dataset,
        "may_change": user.has_perm("sources.change_dataset", dataset),
        "may_download": may_download(agreement, dataset, user),
        "said": said_by(agreement, sees_cases=sees_cases),
        "figures": figures_for(user).filter(agreement=agreement)[:MOST_FIGURES],
        "dashboard_url": address_of(dataset, AGREEMENTS) if dataset.has_figures else "",
    }


def said_by(agreement: Agreement, *, sees_cases: bool) -> Said | None:
    """What the file says; None for what this reader is not shown, or of another version of the software."""
    try:
        if agreement.is_chain_model:
            return _of_a_chain(agreement.contents)
        return _of_statements(agreement.contents) if sees_cases else None
    except LogError:
        return None


def _of_a_chain(contents: Any) -> Said:
    from . import chain_figures
    from .chain_figures.conformance import order_in_words, read

    model, words = read(contents), chain_figures.words_in(get_language())
    counted = {"arrival": _("the arrival at the sender"), "last_event": _("the last event at the sender")}
    lines = [
        [
            (each.sender, False),
            (each.receiver, False),
            (words.days(each.within_days), True),
            (counted[each.counted_from] if each.within_days is not None else "", False),
        ]
        for each in model.hand_overs
    ]
    columns = [Column(_("From")), Column(_("To")), Column(_("Term"), numeric=True), Column(_("Counted from"))]
    notes = order_in_words(model.steps, model.may_be_skipped, words)
    return Said(_("Agreed hand-overs"), columns, lines, notes)


def _of_statements(contents: Any) -> Said:
    from . import chain_figures
    from .chain_figures.self_monitoring import WHAT, read

    words = chain_figures.words_in(get_language())
    lines = []
    for each in read(contents):
        place = f"{each.organisation} ({each.region})" if each.region else each.organisation
        days = [words.day(day) for day in (each.since, each.on) if day is not None]
        cells = [place, words.gettext(WHAT[each.what]), " – ".join(days), each.source]
        lines.append([*((cell, False) for cell in cells), (words.plain(each.value), True)])
    heads = [_("Organisation"), _("What is stated"), _("Day"), _("Where it is stated")]
    columns = [*(Column(head) for head in heads), Column(_("Stated"), numeric=True)]
    return Said(_("Stated figures"), columns, lines, [])
