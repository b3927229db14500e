"""Every address of the product, from the URL configuration itself, with an example object for those that take one.

A new route is in it by itself; one that takes an argument that nothing here gives makes ``examples`` fail, so that it
cannot be forgotten. ``python -m tests.routes`` prints the addresses of an installation as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

LIBRARIES = {"oidc"}


@dataclass(frozen=True)
class Route:
    """A named address, its converters by argument name, and its view."""

    name: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]


def all_routes() -> list[Route]:
    """Every named route, in the order of the configuration."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list[Any], namespace: str, arguments: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        found = (*arguments, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, found)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.name.startswith("oidc_"):
            yield Route(namespace + pattern.name, found, pattern.callback)


def unnamed_routes() -> list[str]:
    """The routes that have no name: tests that go by name would pass them over."""
    return list(_unnamed(get_resolver().url_patterns, ""))


def _unnamed(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _unnamed(pattern.url_patterns, address)
        elif not pattern.name:
            yield address


def examples(routes: list[Route]) -> dict[str, str]:
    """An address for every route for which the database has an object; LookupError for one nobody knows how to fill."""
    from tests.route_objects import ARGUMENTS, with_parts

    named, addresses = with_parts(), {}
    for route in routes:
        if not route.arguments:
            addresses[route.name] = reverse(route.name)
            continue
        give = named.get(route.name) or ARGUMENTS.get((route.name.split(":")[0], *route.arguments))
        if give is None:
            raise LookupError(f"tests/route_objects.py does not say what to put into {route.name} {route.arguments}")
        values = give(route.name)
        if values is not None:
            addresses[route.name] = reverse(route.name, kwargs=values)
    return addresses


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zichtlijn.project.settings")
    import django

    django.setup()
    print(json.dumps(examples(all_routes())))
