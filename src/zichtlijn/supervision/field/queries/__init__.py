"""What a user can ask of the field."""

from .accounts import organisations_of, spoken_for_by
from .naming import chain_index, find_chain, find_domain, find_group, find_organisation, organisation_index
from .pages import (
    Register,
    chains_for,
    domains_for,
    groups_for,
    organisation_page,
    organisations_for,
    regions_for,
    registers,
)
from .steering import (
    Corner,
    SteeringTriangle,
    name_on,
    steered_organisations,
    steering_triangle,
    steering_triangles,
    triangle_of,
)

__all__ = [
    "Corner",
    "Register",
    "SteeringTriangle",
    "chain_index",
    "chains_for",
    "domains_for",
    "find_chain",
    "find_domain",
    "find_group",
    "find_organisation",
    "groups_for",
    "name_on",
    "organisation_index",
    "organisation_page",
    "organisations_for",
    "organisations_of",
    "regions_for",
    "registers",
    "spoken_for_by",
    "steered_organisations",
    "steering_triangle",
    "steering_triangles",
    "triangle_of",
]
