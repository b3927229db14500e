"""Looking at cases: nothing changes, and yet it is told who saw which."""

from __future__ import annotations

from typing import Any

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..models import Dataset

SEE = "sources.view_cases"


@action("sources.read_case", permission=SEE, on="dataset")
def read_case(*, actor: Any, dataset: Dataset, number: int) -> None:
    """The events of one case are shown. ``number`` is that of the prepared log: not the number of the case itself."""
    record(actor=actor, action="sources.read_case", about=dataset, after={"case": number})


@action("sources.export_cases", permission=SEE, on="dataset")
def export_cases(*, actor: Any, dataset: Dataset, query: str, file_format: str, number: int) -> None:
    """A list of cases is taken along in a file; ``query`` says which cases."""
    after = {"cases_exported": number, "file_format": file_format, "query": query}
    record(actor=actor, action="sources.export_cases", about=dataset, after=after)
