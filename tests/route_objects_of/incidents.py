"""Objects for the addresses of one part."""

from tests.route_objects import Give

NAMED: dict[str, Give] = {}
