"""How far a fact of a reference table was checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How far a fact of a reference table was checked."""

    TESTED = "T", _("worked out and tested")
    READ = "B", _("read in the source itself")
    FRAGMENT = "F", _("from a fragment or a second-hand source")
    MEMORY = "M", _("from general knowledge, not looked up")
    OWN = "O", _("own choice of the inspectorate")


UNCERTAIN = (Certainty.FRAGMENT, Certainty.MEMORY)
