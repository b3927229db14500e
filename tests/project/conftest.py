"""The fixtures of what comes in, for tests of the whole product, and a folder for what tests count together."""

import os

import pytest

from tests.supervision.signals.conftest import (  # noqa: F401 - fixtures
    came_in,
    categories,
    prison,
    shelter,
    spokeswoman,
)


@pytest.fixture
def figures(request, tmp_path_factory):
    """Where the tests of one module leave what they counted, for all workers of one run."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / request.module.__name__
    folder.mkdir(exist_ok=True)
    return folder
