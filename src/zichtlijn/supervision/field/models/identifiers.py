"""Identifiers that others give to organisations and regions."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# The form of identifiers in the registers of standaarden.overheid.nl/tooi, e.g. …/tooi/id/oorg/oorg12351.
tooi_identifier = RegexValidator(
    r"^https://identifier\.overheid\.nl/tooi/id/[a-z]+/[a-z]+[0-9]+$",
    _("A TOOI identifier looks like https://identifier.overheid.nl/tooi/id/oorg/oorg12351."),
)
