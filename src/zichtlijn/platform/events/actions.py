"""The contract of an action: what a user can do, one function each.

``@action("programme.decide", permission="programme.decide")`` on ``def decide_programme(*, actor, programme, …)``
checks the permission against the object named by ``on``, runs the body in one transaction, and enters the function in
the list of all actions. The body checks the transition, changes, and calls ``record``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RegisteredAction:
    """An entry of the list of actions."""

    name: str
    permission: str
    function: Callable[..., Any]


ACTIONS: dict[str, RegisteredAction] = {}


def action(name: str, *, permission: str, on: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action. Raises PermissionDenied when ``actor`` lacks ``permission`` (on argument ``on``).

    ``actor=None`` is the system itself (a command or job that an administrator runs) and passes the check; views never
    pass it.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _check_signature(function)

        @wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{name} takes keyword arguments only")
            actor: Any = kwargs["actor"]
            target = kwargs.get(on) if on else None
            if actor is not None and not actor.has_perm(permission, target):
                raise PermissionDenied(name)
            with transaction.atomic():
                return function(*args, **kwargs)

        if name in ACTIONS:
            raise ValueError(f"two actions are called {name}")
        ACTIONS[name] = RegisteredAction(name, permission, act)
        return act

    return decorate


def _check_signature(function: Callable[..., Any]) -> None:
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters or parameters[0].name != "actor":
        raise TypeError(f"{function.__name__}: an action takes actor first")
    if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters):
        raise TypeError(f"{function.__name__}: an action takes keyword arguments only")
