"""``zichtlijn verify`` proves that the record is whole, or names the event that is not."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from zichtlijn.platform.events import guards
from zichtlijn.platform.events.models import Event, Seal
from zichtlijn.platform.events.recording import record
from zichtlijn.platform.events.sealing import seal_events, verify_events


@pytest.fixture
def ten_events(alice):
    with transaction.atomic():
        return [record(actor=alice, action="test.note", about=alice, after={"n": n}, reason=f"r{n}") for n in range(10)]


def tamper(statement: str, *values: object) -> None:
    """What somebody with the database in hand can do: take the guards off and change a row."""
    with connection.cursor() as cursor:
        guards.remove(cursor.execute, connection.vendor)
        cursor.execute(statement, values)
        guards.install(cursor.execute, connection.vendor)


def test_an_untouched_record_is_whole(ten_events):
    seal_events()
    verdict = verify_events()
    assert verdict.whole
    assert (verdict.events, verdict.sealed, verdict.seals) == (10, 10, 1)
    assert verdict.root == Seal.objects.get().root


def test_sealing_twice_makes_a_chain_and_seals_nothing_twice(ten_events, alice):
    seal_events()
    assert seal_events() == []
    with transaction.atomic():
        record(actor=alice, action="test.note", about=alice)
    seal_events()
    first, second = Seal.objects.order_by("id")
    assert second.previous_root == first.root
    assert verify_events().whole


@pytest.mark.parametrize(
    "column", ["reason", "action", "object_label", "after", "before", "actor_name", "digest", "legal_basis"]
)
@pytest.mark.parametrize("sealed", [True, False])
def test_a_changed_event_is_named(ten_events, column, sealed):
    if sealed:
        seal_events()
    victim = ten_events[4]
    tamper(f"UPDATE events_event SET {column} = %s WHERE id = %s", "x", victim.pk)
    problems = verify_events().problems
    assert problems
    assert all(str(victim.pk) in problem for problem in problems)


def test_a_change_with_a_new_digest_is_found_after_sealing(ten_events):
    seal_events()
    victim = Event.objects.get(pk=ten_events[2].pk)
    forged = record_forged_digest(victim)
    tamper("UPDATE events_event SET reason = %s, digest = %s WHERE id = %s", "forged", forged, victim.pk)
    assert [p for p in verify_events().problems if str(victim.pk) in p]


def record_forged_digest(event: Event) -> str:
    from zichtlijn.platform.events.digests import event_digest
    from zichtlijn.platform.events.sealing import CONTENT

    content = {name: getattr(event, name) for name in CONTENT} | {"reason": "forged", "uid": str(event.uid)}
    return event_digest(**content)


def test_a_removed_event_is_named(ten_events):
    seal_events()
    tamper("DELETE FROM events_event WHERE id = %s", ten_events[7].pk)
    assert [p for p in verify_events().problems if str(ten_events[7].pk) in p]


def test_a_changed_seal_is_named(ten_events):
    seal_events()
    seal = Seal.objects.get()
    tamper("UPDATE events_seal SET root = %s WHERE id = %s", "0" * 64, seal.pk)
    assert not verify_events().whole


def test_the_command_fails_on_another_root_than_was_noted(ten_events):
    seal_events()
    root = verify_events().root
    call_command("verify", expect=root)
    with pytest.raises(CommandError):
        call_command("verify", expect="0" * 64)


@pytest.mark.slow
def test_one_flipped_byte_in_the_database_file_is_found(tmp_path: Path):
    """The whole way: a real installation, a byte changed in the file itself, and the command names the event."""
    environment = {"ZICHTLIJN_DATA": str(tmp_path), "PATH": "", "ZICHTLIJN_LANGUAGE": "en"}

    def zichtlijn(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "zichtlijn", *words], env=environment, capture_output=True, text=True, check=False
        )

    assert zichtlijn("migrate", "-v0").returncode == 0
    script = (
        "from django.db import transaction\n"
        "from django.contrib.auth import get_user_model\n"
        "from zichtlijn.platform.events.recording import record\n"
        "user = get_user_model().objects.create(username='x')\n"
        "with transaction.atomic():\n"
        "    for n in range(50): record(actor=None, action='test.note', about=user, reason='needle-%03d' % n)\n"
    )
    done = zichtlijn("shell", "-v0", "-c", script)
    assert done.returncode == 0, done.stderr
    assert zichtlijn("seal").returncode == 0
    whole = zichtlijn("verify")
    assert whole.returncode == 0
    assert "whole" in whole.stdout
    database = tmp_path / "zichtlijn.sqlite3"
    with sqlite3.connect(database) as direct:
        direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (number,) = direct.execute("SELECT id FROM events_event WHERE reason = 'needle-031'").fetchone()
    data = bytearray(database.read_bytes())
    data[data.index(b"needle-031") + 2] ^= 1
    database.write_bytes(data)
    broken = zichtlijn("verify")
    assert broken.returncode == 1
    assert f"event {number} was changed" in broken.stderr


def test_a_table_whose_guards_were_taken_off_is_named(ten_events):
    assert verify_events().whole
    with connection.cursor() as cursor:
        guards.remove(cursor.execute, connection.vendor)
    problems = verify_events().problems
    assert len(problems) == len(guards.GUARDED)
    assert all(any(table in problem for problem in problems) for table in guards.GUARDED)
