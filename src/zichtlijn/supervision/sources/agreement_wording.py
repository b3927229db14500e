"""What an address asks of a figure that is held against an agreement, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .figure_making import Pairs

NAMES: dict[str, Any] = {
    "kind": _("Deviation"),
    "giver": _("From"),
    "receiver": _("To"),
    "step": _("Step"),
    "row": _("Line of the file"),
}


def arguments_in_words(metric: str, arguments: Pairs) -> list[tuple[str, str]]:
    """The part of a figure that is asked for; of other figures as it stands in the address."""
    from . import chain_figures
    from .chain_figures.conformance import KINDS

    if metric not in chain_figures.AGREED:
        return list(arguments)
    found = []
    for name, value in arguments:
        said = gettext(KINDS[value]) if name == "kind" and value in KINDS else value
        said = str(int(value) + 1) if name == "step" and value.isdecimal() else said
        found.append((str(NAMES.get(name, name)), said))
    return found
