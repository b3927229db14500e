"""What every record of the programme that people edit has in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Revised(models.Model):
    """A record with a revision number, raised by each change: an edit based on an older number is refused."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        abstract = True
