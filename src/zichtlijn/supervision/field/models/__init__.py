"""The records of the field: who is supervised, who steers them, and in which chains they work."""

from .accounts import OrganisationAccount
from .chains import Chain, ChainMember, HandOver
from .organisations import Organisation, OrganisationName
from .places import CitizenGroup, Domain, Region
from .steering import SteeringRole

__all__ = [
    "Chain",
    "ChainMember",
    "CitizenGroup",
    "Domain",
    "HandOver",
    "Organisation",
    "OrganisationAccount",
    "OrganisationName",
    "Region",
    "SteeringRole",
]
