"""Names of actions and values."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions

name_actions(
    {
        "signals.send": _("sent in"),
        "signals.answer": _("answered by the sender"),
        "signals.add_to_signal": _("added to by the sender"),
        "signals.close_form": _("form closed"),
        "signals.open_form": _("form opened"),
        "signals.rescan_files": _("put in the row for the virus scanner"),
        "signals.remove_infected_files": _("content of an infected file taken away"),
    }
)
