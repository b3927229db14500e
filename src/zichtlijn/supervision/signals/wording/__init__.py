"""How actions and values of signals are said, a module for each part."""

from . import incidents, portal, report, work  # noqa: F401 - each registers names
