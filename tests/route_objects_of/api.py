"""Objects for the addresses of the API and of its tokens."""

from tests.route_objects import Give

NAMED: dict[str, Give] = {"api:nothing": lambda _name: {"rest": "nothing"}}
