"""Every metric there is, found by walking the package, with the expressions it asks of an engine."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType

import ibis.expr.types as ir

from zichtlijn.analysis import chains
from zichtlijn.analysis.chains.selection import Selection

Expression = Callable[[Selection], ir.Table]


def modules() -> list[ModuleType]:
    """All of the package."""
    return [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(chains.__path__, f"{chains.__name__}.")
    ]


def expressions() -> Iterator[tuple[str, Expression]]:
    """Of every module that asks something, under the name of the module and the function."""
    for module in modules():
        for expression in getattr(module, "EXPRESSIONS", ()):
            function = expression.func if isinstance(expression, functools.partial) else expression
            if function.__module__ in (module.__name__, f"{module.__name__}.{function.__name__}"):
                yield f"{module.__name__.removeprefix(f'{chains.__name__}.')}.{function.__name__}", expression
