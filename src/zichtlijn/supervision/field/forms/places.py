"""Forms about domains, regions and citizen groups."""

from ..models import CitizenGroup, Domain, Region
from .base import SHORT_TEXT, RecordForm


class DomainFacts(RecordForm):
    """A domain."""

    class Meta:
        model = Domain
        fields = ["name", "description"]


class RegionFacts(RecordForm):
    """A region."""

    class Meta:
        model = Region
        fields = ["name", "kind", "tooi_id"]


class GroupFacts(RecordForm):
    """A citizen group."""

    class Meta:
        model = CitizenGroup
        fields = ["name", "is_vulnerable", "description", "other_spellings"]
        widgets = {"other_spellings": SHORT_TEXT}
