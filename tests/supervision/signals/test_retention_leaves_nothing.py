"""Destroyed is destroyed: a word in every text field and in the files is afterwards nowhere, also not on the disk."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as kept_settings
from django.db import connection, transaction
from django.utils import timezone

from tests.project import matrix_world
from tests.project.matrix_world import Thing
from zichtlijn.platform.casefiles.models import FileAccess, Reading
from zichtlijn.platform.events.checks import problems_found
from zichtlijn.platform.events.guards import READINGS, lifted
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.files.models import StoredFile
from zichtlijn.platform.files.storing import path_of, store
from zichtlijn.platform.files.unused import erase
from zichtlijn.platform.notices.models import Notice
from zichtlijn.platform.retention import executing
from zichtlijn.platform.retention.actions.holding import lift_hold, place_hold
from zichtlijn.platform.retention.actions.listing import make_list, review_lines, take_step
from zichtlijn.platform.retention.executing import go_on
from zichtlijn.platform.retention.holds import running_hold
from zichtlijn.platform.retention.rules import load_rules
from zichtlijn.platform.search.indexing import index_records
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.signals.models import (
    IncidentFile,
    IncidentWeighing,
    OwnEvaluation,
    Signal,
    SignalAttachment,
)
from zichtlijn.supervision.signals.reference import load_reference

LONG_AGO = timedelta(days=365 * 25)
KINDS = ["signals.signal", "signals.incidentfile"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def things(team: Any, bob: Any, prison: Organisation, tmp_path: Path, settings: Any) -> list[Thing]:
    """A restricted signal and one of a team, each with all its parts and a word in every text field of them."""
    settings.ZICHTLIJN_FILES = tmp_path / "files"
    load_reference()
    load_rules()
    made = [Thing(name, 70_100 + 100 * number, uuid.uuid4()) for number, name in enumerate(("restricted", "team"))]
    for thing in made:
        with transaction.atomic():
            matrix_world._fill(thing, prison, team, bob)
            _said_about(thing, bob)
            _ended_long_ago(thing)
    matrix_world.rest_on(made[0], made[1])
    matrix_world.rest_on(made[1], made[0])
    return made


def _said_about(thing: Thing, bob: Any) -> None:
    """What the world of the matrix has no words for: a notice, a lifted hold; and readings as they are written."""
    signal = thing.records["signals.signal"]
    Notice.objects.create(user=bob, kind="x", key=str(thing.key), model_label="signals.signal", object_id=thing.key)
    if running_hold(signal) is None:
        place_hold(actor=None, record=signal, reason=f"{thing.word('inside')} hold")
    lift_hold(actor=None, record=signal, reason=f"{thing.word('inside')} lifted")
    with lifted(READINGS):
        Reading.objects.filter(file_key=thing.file_key).update(user_name="Bob", object_label=signal.reference)


def _ended_long_ago(thing: Thing) -> None:
    at = timezone.now() - LONG_AGO
    kept = Signal._base_manager.filter(pk=thing.key)
    kept.update(state="closed", outcome="no_action", closed_at=at, received_at=at)
    IncidentFile._base_manager.filter(pk=thing.key).update(state="closed", opened_at=at, closed_at=at)
    IncidentWeighing._base_manager.filter(pk=thing.key).update(state="no_investigation")
    OwnEvaluation._base_manager.filter(signal=thing.key, state="asked").update(state="withdrawn")
    index_records(kept)
    for digest in StoredFile.objects.values_list("sha256", flat=True):
        os.utime(path_of(digest), (at.timestamp(), at.timestamp()))


def destroy_all(dave: Any, carol: Any) -> None:
    """First the incident files, and then the signals that were in them."""
    for _round in range(2):
        found = make_list(actor=dave, kinds=KINDS)
        take_step(actor=dave, found=found, step="propose")
        lines = list(found.lines.values_list("pk", flat=True))
        review_lines(actor=carol, found=found, lines=lines, decision="keep", reason="kanarie van de beoordelaar")
        review_lines(actor=carol, found=found, lines=lines, decision="destroy")
        for step in ("approve", "destroy"):
            take_step(actor=carol, found=found, step=step)
        go_on()


def everything_kept() -> Iterator[tuple[str, str]]:
    """Every row of every table of the database, the tables of the search index among them; and every file."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        else:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table == "search_index":
                continue  # a view of the others
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, "|".join(_text(value) for value in row)
    for path in Path(kept_settings.ZICHTLIJN_FILES).rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes().decode("latin-1")


def _text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def found_words() -> list[str]:
    """Where a word still stands."""
    return [f"{where}: {said[:200]}" for where, said in everything_kept() if "kanarie" in said.lower()]


def test_of_what_was_destroyed_no_word_is_left_anywhere(things: list[Thing], dave: Any, carol: Any) -> None:
    assert found_words()
    destroy_all(dave, carol)
    assert not Signal._base_manager.exists()
    assert not IncidentFile._base_manager.exists()
    assert found_words() == []
    assert not Notice.objects.filter(kind="x").exists()
    assert not FileAccess.objects.exists()
    assert not StoredFile.objects.exists()
    assert Reading.objects.count() == len(things)  # who read it, when and how
    assert problems_found() == []
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        for path in (database, database.with_name(database.name + "-wal")):
            assert not path.exists() or b"kanarie" not in path.read_bytes().lower(), path.name


def test_a_file_that_another_record_shares_keeps_its_bytes(
    things: list[Thing], dave: Any, carol: Any, came_in: Any
) -> None:
    shared = store(f"{things[0].word('inside')} in the file".encode(), "text/plain")
    other = came_in()
    SignalAttachment.objects.create(signal=other, file=shared, name="x.txt", media_type="text/plain", size=10)
    destroy_all(dave, carol)
    assert list(StoredFile.objects.all()) == [shared]
    assert [path for path in Path(kept_settings.ZICHTLIJN_FILES).rglob("*") if path.is_file()] == [
        path_of(shared.sha256)
    ]


def test_bytes_that_a_failure_left_behind_go_when_the_list_comes_to_its_end(
    things: list[Thing], dave: Any, carol: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(digests: Any) -> int:
        return 0 if isinstance(digests, tuple) else erase(digests)  # the first, right after each record, is cut off

    monkeypatch.setattr(executing, "erase", fails)
    destroy_all(dave, carol)
    assert not [path for path in Path(kept_settings.ZICHTLIJN_FILES).rglob("*") if path.is_file()]


def test_the_history_says_that_it_went_and_by_which_list(things: list[Thing], dave: Any, carol: Any) -> None:
    destroy_all(dave, carol)
    for thing in things:
        event = Event.objects.filter(action="retention.destroyed", object_id=str(thing.key)).order_by("-pk")[0]
        assert event.after_values["list"]
