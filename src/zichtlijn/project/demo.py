"""The demo: the 2024 field and programme as facts in our own words, and a fictional programme to try the import on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from zichtlijn.platform.accounts.demo import load_people
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.recording import record
from zichtlijn.platform.events.sealing import seal_events
from zichtlijn.platform.retention.rules import load_rules
from zichtlijn.platform.search.indexing import indexing_later
from zichtlijn.supervision.signals.reference import load_reference

LOADED = "demo.load"


def examples_folder() -> Path:
    """The examples: in the package when installed from a wheel, else in the checkout."""
    packaged = Path(__file__).resolve().parent.parent / "examples"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "examples"


def is_loaded() -> bool:
    """True when the whole demo was loaded before."""
    return Event.objects.filter(action=LOADED).exists()


def load_demo(say: Callable[[str], None]) -> bool:
    """Load the demo once, all or nothing; returns False when it was there already."""
    from zichtlijn.supervision.field import demo as field
    from zichtlijn.supervision.mandate import demo as mandate
    from zichtlijn.supervision.programme import demo as programme
    from zichtlijn.supervision.signals import demo as signals
    from zichtlijn.supervision.signals import demo_cases as signals_cases
    from zichtlijn.supervision.signals import demo_retention as signals_retention
    from zichtlijn.supervision.sources import demo as sources
    from zichtlijn.supervision.sources import demo_datasets as datasets

    if is_loaded():
        return False
    folder = examples_folder()
    with transaction.atomic(), indexing_later():
        load_reference()
        load_rules()
        people = load_people()
        if is_loaded():  # by somebody who was just before us: making the people, we waited for each other
            return False
        say("field")
        mapping = field.load(actor=None, folder=folder / "programme_2024")
        mapping |= mandate.load(actor=None, folder=folder / "programme_2024")
        say("programme")
        mapping |= programme.load(actor=None, folder=folder / "programme_2024", field=mapping)
        say("sources")
        sources.load(actor=None, folder=folder / "programme_2024", mapping=mapping)
        sources.load_demo_programme(actor=None, folder=folder / "demo_programme")
        say("datasets")
        datasets.load_demo_datasets(actor=None, mapping=mapping)
        say("signals")
        activities = [record for code, record in mapping.items() if code.startswith("programme/A-")]
        signals.load(folder=folder / "demo_signals", activities=activities)
        signals_cases.load()
        signals_retention.load()
        about = people["administrator"]
        record(actor=None, action=LOADED, about=about, after={"folder": folder.name})
    seal_events()
    ContentType.objects.clear_cache()
    return True
