"""Demo datasets: generated registrations of three chains of the demo field, prepared and with a figure of each."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Mapping as Values
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zichtlijn.analysis.chains.stated_figures import DUTCH, Statement
from zichtlijn.platform.events.recording import record, snapshot

from .actions.dataset_steps import take_step
from .actions.datasets import TOLD
from .actions.figures import save_figure
from .actions.preparing import finish_preparing, finish_reading
from .choosing import choose_mapping
from .dataset_agreements import take_in_agreement
from .dataset_computing import prepare_into
from .dataset_folders import new_folder_name
from .dataset_times import moment
from .figure_page import metric_title
from .models import AgreementKind, Dataset

if TYPE_CHECKING:
    from zichtlijn.analysis.chains.generation import ChainCode, Generated
    from zichtlijn.analysis.eventlogs.raw import RawLog

CASES, SEED = 3_000, 2024
KEPT_METRIC = "hand-overs"


@dataclass(frozen=True)
class Sample:
    """A generated registration: of which chain of the demo field, and what it is called."""

    code: ChainCode
    chain: str
    title: str


SAMPLES = (
    Sample("youth-protection", "chains/jeugdbescherming", gettext_noop("Youth protection, generated cases")),
    Sample("asylum", "chains/asiel", gettext_noop("Asylum, generated cases")),
    Sample("criminal-justice", "chains/strafrecht", gettext_noop("Criminal justice, generated cases")),
)


def load_demo_datasets(*, actor: Any, mapping: Values[str, models.Model], cases: int = CASES) -> list[Dataset]:
    """Generate, prepare and enter the demo datasets of the chains in ``mapping``; those that are there stay."""
    with transaction.atomic(), translation.override("nl"):
        return [_load(actor, sample, mapping.get(sample.chain), cases) for sample in SAMPLES]


def _load(actor: Any, sample: Sample, chain: Any, cases: int) -> Dataset:
    from zichtlijn.analysis.chains.generation import read_chain
    from zichtlijn.analysis.chains.generation.stated import stated

    known = Dataset.objects.filter(title=_(sample.title), is_demo=True).first()
    if known is not None:
        return known
    dataset = _enter(actor, sample, chain)
    raw, made = _generate(dataset, sample, cases)
    chosen = made.mapping
    proposed = {"mapping": chosen.as_json()}
    finish_reading(actor=actor, dataset=dataset, raw_folder=raw.folder.name, events=raw.events, proposed=proposed)
    dataset = _again(dataset)
    choose_mapping(actor=actor, dataset=dataset, mapping=chosen)
    dataset = take_step(_again(dataset), "prepare", actor=actor, action_name="sources.prepare_dataset")
    folder = new_folder_name("prepared")
    manifest = prepare_into(dataset.folder / folder, [raw], chosen, report=dataset.report, is_demo=True)
    finish_preparing(actor=actor, dataset=dataset, prepared_folder=folder, manifest=manifest)
    dataset = _again(dataset)
    title = f"{metric_title(KEPT_METRIC, 'nl')}: {dataset.title}"
    save_figure(actor=actor, dataset=dataset, metric=KEPT_METRIC, selection=(), title=title[:200])
    first_day = localtime(moment(manifest.first_us)).date()
    _hold_against(actor, dataset, made, stated(read_chain(sample.code), made.truth, first_day))
    return dataset


def _hold_against(actor: Any, dataset: Dataset, made: Generated, statements: Sequence[Statement]) -> None:
    """The agreed chain of the generation, and stated figures of which one is wrong on purpose."""
    model = json.dumps(made.model.as_json(), ensure_ascii=False, indent=1)
    given = (
        (AgreementKind.CHAIN_MODEL, "afgesproken-keten.json", model, _("Demo: made with the cases")),
        (
            AgreementKind.STATED_FIGURES,
            "opgaven.csv",
            _as_csv(statements),
            _("Demo: made from the truth, one is wrong"),
        ),
    )
    for kind, name, text, source in given:
        upload = BytesIO(text.encode())
        take_in_agreement(actor=actor, dataset=dataset, kind=kind, upload=upload, filename=name, source=source)


def _as_csv(statements: Sequence[Statement]) -> str:
    dutch = {what: word for word, what in DUTCH.items()}
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(["datum", "sinds", "organisatie", "wat", "waarde", "bron"])
    for each in statements:
        since = each.since.isoformat() if each.since else ""
        row = [each.on.isoformat(), since, each.organisation, dutch[each.what], f"{each.value:g}", each.source]
        writer.writerow(row)
    return file.getvalue()


def _enter(actor: Any, sample: Sample, chain: Any) -> Dataset:
    dataset = Dataset.objects.create(
        title=_(sample.title),
        chain=chain,
        publisher="Zichtlijn (demo)",
        origin=_("Made by the software with a fixed seed; the people and cases do not exist."),
        licence="EUPL-1.2",
        filename=f"{sample.code}-demo",
        is_demo=True,
    )
    record(actor=actor, action="sources.add_dataset", about=dataset, after=snapshot(dataset, fields=TOLD))
    return take_step(dataset, "read", actor=actor, action_name="sources.read_dataset")


def _generate(dataset: Dataset, sample: Sample, cases: int) -> tuple[RawLog, Generated]:
    from zichtlijn.analysis.chains.generation import generate
    from zichtlijn.analysis.eventlogs.raw import RawLog

    target = dataset.folder / new_folder_name("raw")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = generate(sample.code, cases=cases, seed=SEED, folder=Path(folder))
        shutil.move(made.path, target)
    raw = RawLog.open(target)
    dataset.sha256 = raw.sha256
    dataset.save(update_fields=["sha256"])
    return raw, made


def _again(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_related("chain").get(pk=dataset.pk)
