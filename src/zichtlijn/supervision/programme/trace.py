"""The programme in the line of sight: perspective, goal, activity, and whom an activity concerns."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.trace.registry import Relation, register_link, register_step

ACTIVITY = "programme.activity"
STANDING = ~Q(state="dropped")

register_step("programme.perspective", order=40, name=_("perspective"))
register_step("programme.goal", order=45, name=_("goal"))
register_step("programme.programme", order=48, name=_("work programme"))
register_step("programme.figure", order=49, name=_("figure"))
register_step(ACTIVITY, order=50, name=_("activity"))

register_link(Relation("programme.perspective", "programme.goal", _("has the goal"), "perspective"))
register_link(Relation("programme.perspective", "programme.programme", _("is worked out in"), "perspective"))
register_link(Relation("programme.programme", "programme.figure", _("states"), "programme"))
register_link(Relation("programme.goal", ACTIVITY, _("is served by"), "goals", keep=STANDING))
register_link(Relation("programme.programme", ACTIVITY, _("holds"), "programme", keep=STANDING))
register_link(Relation("mandate.act", ACTIVITY, _("is the legal basis of"), "acts", keep=STANDING))
register_link(Relation("signals.incidentweighing", ACTIVITY, _("led to the investigation"), "weighing", keep=STANDING))
for field, target, words in (
    ("organisations", "field.organisation", _("concerns the organisation")),
    ("chains", "field.chain", _("concerns the chain")),
    ("groups", "field.citizengroup", _("touches")),
):
    register_link(Relation(ACTIVITY, target, words, field, held_by="source", keep=STANDING))
