"""Jobs: started once, told about while they run, and never silently lost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.transitions import StepRefused
from zichtlijn.platform.tasks import progress as progress_module
from zichtlijn.platform.tasks import registry
from zichtlijn.platform.tasks.actions import restart_job
from zichtlijn.platform.tasks.interruption import mark_interrupted
from zichtlijn.platform.tasks.models import Job
from zichtlijn.platform.tasks.progress import Heartbeat, Progress
from zichtlijn.platform.tasks.queue import enqueue
from zichtlijn.platform.tasks.registry import job as register
from zichtlijn.platform.tasks.running import run_job, this_worker
from zichtlijn.platform.tasks.transitions import JOB, State

Captured = Callable[..., Any]


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))


@pytest.fixture
def seen() -> list[Any]:
    return []


@pytest.fixture
def counting(seen: list[Any]) -> str:
    @register("test.count", title=_("Documents"))
    def count(progress: Progress, *, until: int) -> str:
        for number in range(until):
            progress(_("Page %(number)s"), number / until, number=number)
            seen.append(number)
        return "/result/"

    return "test.count"


@pytest.fixture
def ran(django_capture_on_commit_callbacks: Captured) -> Callable[..., Job]:
    def enqueue_and_run(kind: str, actor: Any, **payload: Any) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            job = enqueue(kind, actor=actor, payload=payload)
        job.refresh_from_db()
        return job

    return enqueue_and_run


def running_job(owner: Any, **values: Any) -> Job:
    values = {"heartbeat": timezone.now(), "worker": this_worker(), **values}
    return Job.objects.create(
        kind="test.count", owner=owner, payload={"until": 1}, key="k", state=State.RUNNING, **values
    )


def test_a_job_runs_with_its_payload_and_tells_where_the_result_is(
    alice: Any, counting: str, seen: list[Any], ran: Callable[..., Job]
) -> None:
    job = ran(counting, alice, until=3)
    assert seen == [0, 1, 2]
    assert (job.state, job.fraction, job.result_url) == (State.DONE, 1.0, "/result/")
    assert job.started_at is not None
    assert job.finished_at is not None


def test_a_job_starts_only_when_the_transaction_commits(
    alice: Any, counting: str, seen: list[Any], django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        enqueue(counting, actor=alice, payload={"until": 1})
    assert seen == []
    assert len(callbacks) == 1


def test_pressing_twice_does_not_start_two(
    alice: Any, counting: str, seen: list[Any], django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = enqueue(counting, actor=alice, payload={"until": 1})
        second = enqueue(counting, actor=alice, payload={"until": 1})
    assert first.pk == second.pk
    assert seen == [0]
    assert Event.objects.filter(action="tasks.enqueue").count() == 1


def test_the_same_work_can_be_asked_again_when_it_is_done(
    alice: Any, counting: str, seen: list[Any], ran: Callable[..., Job]
) -> None:
    assert ran(counting, alice, until=1).pk != ran(counting, alice, until=1).pk
    assert seen == [0, 0]


def test_two_people_each_get_their_own_job(alice: Any, bob: Any, counting: str) -> None:
    payload = {"until": 1}
    assert enqueue(counting, actor=alice, payload=payload) != enqueue(counting, actor=bob, payload=payload)


def test_other_work_is_another_job_and_a_given_key_decides(alice: Any, counting: str) -> None:
    first = enqueue(counting, actor=alice, payload={"until": 1})
    assert enqueue(counting, actor=alice, payload={"until": 2}) != first
    keyed = enqueue(counting, actor=alice, payload={"until": 3}, key="digest")
    assert enqueue(counting, actor=alice, payload={"until": 4}, key="digest") == keyed


def test_an_unknown_kind_is_refused(alice: Any) -> None:
    with pytest.raises(KeyError):
        enqueue("test.unknown", actor=alice, payload={})
    assert not Job.objects.exists()


def test_two_kinds_cannot_share_a_name(counting: str) -> None:
    with pytest.raises(ValueError, match=counting):
        register(counting)(lambda _progress: None)


def test_what_the_user_can_mend_is_read_in_the_language_of_the_reader(alice: Any, ran: Callable[..., Job]) -> None:
    @register("test.refuse")
    def refuse(progress: Progress) -> None:
        # A message that Django itself has in every language.
        message = _("Ensure this value is less than or equal to %(limit_value)s.")
        raise ValidationError(message, params={"limit_value": 5})

    job = ran("test.refuse", alice)
    assert job.state == State.FAILED
    with translation.override("en"):
        assert job.error_texts == ["Ensure this value is less than or equal to 5."]
    with translation.override("nl"):
        assert job.error_texts == ["Zorg ervoor dat deze waarde hoogstens 5 is."]


def test_a_validation_error_per_field_keeps_all_its_messages(alice: Any, ran: Callable[..., Job]) -> None:
    @register("test.fields")
    def refuse(progress: Progress) -> None:
        raise ValidationError({"title": ["one", "two"], "year": [ValidationError("%(n)s", params={"n": 100})]})

    assert ran("test.fields", alice).error_texts == ["one", "two", "100"]


def test_a_message_with_a_percent_sign_and_no_parameters_is_shown_as_it_is(alice: Any, ran: Callable[..., Job]) -> None:
    @register("test.percent")
    def refuse(progress: Progress) -> None:
        raise ValidationError("50% is unreadable")

    assert ran("test.percent", alice).error_texts == ["50% is unreadable"]


def test_an_error_of_the_software_is_logged_and_told_without_details(
    alice: Any, ran: Callable[..., Job], caplog: pytest.LogCaptureFixture
) -> None:
    @register("test.break")
    def break_down(progress: Progress) -> None:
        raise RuntimeError("secret detail")

    job = ran("test.break", alice)
    assert job.state == State.FAILED
    assert str(job.pk) in job.error_texts[0]
    assert "secret detail" not in job.error_texts[0]
    assert "secret detail" in caplog.text


def test_progress_never_goes_back_and_never_beyond_the_end(alice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "BETWEEN_REPORTS", 0)
    job = running_job(alice)
    progress = Progress(job)
    for fraction, expected in ((0.5, 0.5), (0.2, 0.5), (7, 1.0)):
        progress("step", fraction)
        job.refresh_from_db()
        assert job.fraction == expected


def test_progress_is_written_at_most_twice_a_second(alice: Any, django_assert_num_queries: Captured) -> None:
    progress = Progress(running_job(alice))
    with django_assert_num_queries(1):
        for number in range(100):
            progress("step", number / 100)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_while_the_work_goes_on(alice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def look() -> None:
        job = Job.objects.get()
        seen.append((job.state, job.fraction, job.step_text))
        connection.close()

    @register("test.look")
    def work(progress: Progress) -> None:
        progress("Page %(page)s", 0.25, page=7)
        other = threading.Thread(target=look)
        other.start()
        other.join()

    enqueue("test.look", actor=alice, payload={})
    assert seen == [(State.RUNNING, 0.25, "Page 7")]
    assert Job.objects.get().state == State.DONE


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_goes_on_while_the_work_says_nothing(alice: Any) -> None:
    job = running_job(alice, heartbeat=timezone.now() - timedelta(hours=1))
    with Heartbeat(job, seconds=0.05):
        for _attempt in range(100):
            threading.Event().wait(0.05)
            job.refresh_from_db()
            if timezone.now() - job.heartbeat < timedelta(minutes=1):
                return
    pytest.fail("no heartbeat")


def test_a_job_whose_process_is_gone_is_interrupted_and_says_so(alice: Any) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    job = running_job(alice, worker=f"{socket.gethostname()}:{gone.pid}")
    assert mark_interrupted(Job.objects.all()) == [job]
    job.refresh_from_db()
    assert job.state == State.INTERRUPTED
    assert job.error_texts
    assert Event.objects.get(action="tasks.lose").actor is None


def test_a_job_without_heartbeat_on_another_machine_is_interrupted(alice: Any) -> None:
    silent = running_job(alice, worker="elsewhere:1", heartbeat=timezone.now() - timedelta(minutes=4))
    assert mark_interrupted(Job.objects.all()) == [silent]


HERE = f"{socket.gethostname()}:{os.getpid()}"


@pytest.mark.parametrize("worker", [HERE, "elsewhere:999999", "unreadable"], ids=["here", "elsewhere", "unreadable"])
def test_a_job_with_a_fresh_heartbeat_is_left_alone(alice: Any, worker: str) -> None:
    running_job(alice, worker=worker)
    assert mark_interrupted(Job.objects.all()) == []


def test_an_interrupted_job_can_be_started_again_and_finishes(
    alice: Any, counting: str, seen: list[Any], django_capture_on_commit_callbacks: Captured
) -> None:
    job = running_job(alice, heartbeat=None)
    mark_interrupted(Job.objects.all())
    with django_capture_on_commit_callbacks(execute=True):
        restart_job(actor=alice, job=job)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.error, seen) == (State.DONE, 2, [], [0])


def test_asking_again_after_a_killed_worker_starts_a_new_job(
    alice: Any, counting: str, ran: Callable[..., Job]
) -> None:
    first = enqueue(counting, actor=alice, payload={"until": 1})
    Job.objects.filter(pk=first.pk).update(state=State.RUNNING, heartbeat=None)
    second = ran(counting, alice, until=1)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.INTERRUPTED, State.DONE)


def test_a_worker_that_comes_back_late_may_still_finish_but_not_over_a_new_attempt(alice: Any, counting: str) -> None:
    late = running_job(alice, heartbeat=None)
    Job.objects.filter(pk=late.pk).update(state=State.WAITING, attempt=2)
    run_job.call(late.pk, 1)
    late.refresh_from_db()
    assert late.state == State.WAITING


def test_two_workers_do_not_take_the_same_job(alice: Any, counting: str, seen: list[Any]) -> None:
    job = enqueue(counting, actor=alice, payload={"until": 1})
    run_job.call(job.pk, 1)
    run_job.call(job.pk, 1)
    assert seen == [0]


def test_a_second_run_of_the_same_work_cannot_be_started_beside_the_first(alice: Any, counting: str) -> None:
    old = enqueue(counting, actor=alice, payload={"until": 1})
    Job.objects.filter(pk=old.pk).update(state=State.FAILED)
    enqueue(counting, actor=alice, payload={"until": 1})
    with pytest.raises(ValidationError):
        restart_job(actor=alice, job=old)


@pytest.mark.parametrize("state", list(State))
def test_a_job_is_started_again_only_where_the_table_allows_it(alice: Any, state: State) -> None:
    job = running_job(alice)
    Job.objects.filter(pk=job.pk).update(state=state)
    if "restart" in JOB.allowed(state):
        assert restart_job(actor=alice, job=job).state == State.WAITING
    else:
        with pytest.raises(StepRefused):
            restart_job(actor=alice, job=job)


def test_only_the_owner_and_the_administrator_start_a_job_again(alice: Any, bob: Any, dave: Any) -> None:
    job = running_job(alice)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED)
    with pytest.raises(PermissionDenied):
        restart_job(actor=bob, job=job)
    assert restart_job(actor=dave, job=job).attempt == 2
