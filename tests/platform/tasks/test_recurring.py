"""What runs every so often: when it is due, by one process at a time, and again after it failed or was cut off."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from zichtlijn.platform.tasks import recurring as module
from zichtlijn.platform.tasks.models import RecurringRun
from zichtlijn.platform.tasks.recurring import overdue, recurring, run_due
from zichtlijn.platform.tasks.running import this_worker

EVERY = timedelta(minutes=10)


@pytest.fixture
def declared(monkeypatch):
    """Nothing recurs but what the test declares."""
    monkeypatch.setattr(module, "_recurring", {})


@pytest.fixture
def counted(declared):
    """Something that recurs every ten minutes, and how often it ran."""
    times = []
    recurring("test.count", every=EVERY)(lambda: times.append(timezone.now()))
    return times


def test_it_runs_at_once_and_then_when_its_time_has_passed(db, counted):
    now = timezone.now()
    assert run_due(now) == ["test.count"]
    assert run_due(now + EVERY - timedelta(seconds=1)) == []
    assert run_due(now + EVERY) == ["test.count"]
    assert len(counted) == 2


def test_what_fails_says_so_keeps_nobody_else_from_running_and_is_tried_again(db, counted):
    @recurring("test.broken", every=EVERY)
    def broken() -> None:
        raise OSError("the disk is full")

    now = timezone.now()
    assert run_due(now) == ["test.broken", "test.count"]
    assert RecurringRun.objects.get(name="test.broken").last_error == "OSError: the disk is full"
    assert len(counted) == 1
    assert "test.broken" in run_due(now + EVERY)


def test_what_another_process_is_doing_is_left_to_it(db, counted):
    now = timezone.now()
    RecurringRun.objects.create(name="test.count", last_started=now - EVERY, worker=this_worker())
    assert run_due(now) == []
    assert run_due(now + module.LOST_AFTER) == ["test.count"]


def test_what_a_process_that_is_gone_was_doing_is_done_again_when_due(db, counted):
    gone = this_worker().rpartition(":")[0] + ":999999"
    now = timezone.now()
    RecurringRun.objects.create(name="test.count", last_started=now - EVERY, worker=gone)
    assert run_due(now) == ["test.count"]


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_at_once_one_runs_it(declared):
    times, go = [], threading.Barrier(8)
    recurring("test.count", every=EVERY)(lambda: times.append(1))

    def look() -> None:
        go.wait()
        try:
            run_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert times == [1]


def test_what_did_not_run_for_long_is_overdue(db, counted):
    assert [run.name for run in overdue()] == ["test.count"]
    run_due()
    assert overdue() == []
    assert [run.name for run in overdue(timezone.now() + 4 * EVERY)] == ["test.count"]


def test_two_of_the_same_name_are_refused(declared):
    recurring("test.count", every=EVERY)(print)
    with pytest.raises(ValueError, match=r"test\.count"):
        recurring("test.count", every=EVERY)(print)


def test_the_command_does_what_is_due_once(db, counted, capsys):
    call_command("tick")
    call_command("tick")
    assert capsys.readouterr().out.split() == ["test.count"]
    assert len(counted) == 1
