"""The fixtures of what comes in, for tests of the whole product."""

from tests.supervision.signals.conftest import (  # noqa: F401 - fixtures
    came_in,
    categories,
    prison,
    shelter,
    spokeswoman,
)
