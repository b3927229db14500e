"""What ``zichtlijn verify`` checks of datasets: every prepared log is the one that the figures were made of."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.events.checks import register_check
from zichtlijn.platform.files.storing import digest_on_disk

from .models import Dataset


def verify_prepared_logs() -> list[str]:
    """A sentence for every prepared log that is missing or of which a file was changed."""
    datasets = Dataset.objects.exclude(prepared_folder="").order_by("pk").defer("proposed", "report")
    return [problem for dataset in datasets.iterator() for problem in _problems(dataset)]


def _problems(dataset: Dataset) -> Iterator[str]:
    named = {"number": dataset.pk, "title": dataset.title}
    try:
        log = dataset.open_prepared()
    except LogError:
        yield _("dataset %(number)s (%(title)s): its prepared log is missing or cannot be read") % named
        return
    if log.manifest.digest != dataset.digest:
        yield _("dataset %(number)s (%(title)s): its prepared log is another one than was entered") % named
    for name, table in log.manifest.tables.items():
        path = log.folder / name
        if not path.is_file() or digest_on_disk(path) != table["sha256"]:
            yield _("dataset %(number)s (%(title)s): %(file)s was changed or is missing") % {**named, "file": name}


register_check("prepared logs", verify_prepared_logs)
