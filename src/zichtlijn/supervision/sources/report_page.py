"""The load report of a dataset, in words."""

from __future__ import annotations

from typing import Any

from .models import Dataset


def report_on_page(dataset: Dataset) -> dict[str, Any]:
    """What the page shows of the report."""
    return dict(dataset.report)
