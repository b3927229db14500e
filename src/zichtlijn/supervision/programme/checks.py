"""What must be unchanged in the programme: the decided versions, each as the event of its decision says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zichtlijn.platform.events.checks import register_check
from zichtlijn.platform.events.models import Event

from .models import ProgrammeVersion
from .versions import FROZEN, has_recorded_digest


def changed_versions() -> list[str]:
    """A sentence for every decided version whose text is not what was decided, or that is gone."""
    problems, present = [], set()
    for version in ProgrammeVersion.objects.select_related("programme").order_by("id").iterator():
        present.add(str(version.pk))
        if not (version.is_intact and has_recorded_digest(version)):
            problems.append(_("%(version)s is not what was decided") % {"version": version})
    decided = Event.objects.filter(action=FROZEN).order_by("id").values_list("object_id", "object_label")
    gone = [label for key, label in decided if key not in present]
    return problems + [_("%(version)s was decided and is no longer there") % {"version": label} for label in gone]


register_check("programme.versions", changed_versions)
