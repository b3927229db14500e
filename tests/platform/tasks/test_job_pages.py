"""Pages of jobs: one's own, kept up to date, usable without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from zichtlijn.platform.tasks import registry
from zichtlijn.platform.tasks.models import Job
from zichtlijn.platform.tasks.registry import job as register
from zichtlijn.platform.tasks.running import this_worker
from zichtlijn.platform.tasks.transitions import JOB, State

ClientOf = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    register("test.pages", title="Reading pages")(lambda _progress: None)


def job_of(owner: Any, key: str = "k", **values: Any) -> Job:
    values = {"state": State.RUNNING, "heartbeat": timezone.now(), "worker": this_worker(), **values}
    return Job.objects.create(kind="test.pages", owner=owner, key=key, **values)


def test_the_page_shows_the_step_and_how_far_it_is(alice: Any, client_of: ClientOf) -> None:
    job = job_of(alice, fraction=0.42, step=[{"message": "Page %(n)s", "params": {"n": 7}}])
    page = client_of(alice).get(job.get_absolute_url()).content.decode()
    assert "Reading pages" in page
    assert "Page 7" in page
    assert 'value="42"' in page


def test_the_fragment_asks_for_itself_until_the_job_is_over(alice: Any, client_of: ClientOf) -> None:
    job = job_of(alice)
    address = f"/tasks/{job.pk}/status"
    running = client_of(alice).get(address).content.decode()
    assert f'hx-get="{address}"' in running
    Job.objects.update(state=State.DONE, result_url="/result/")
    over = client_of(alice).get(address).content.decode()
    assert "hx-get" not in over
    assert 'href="/result/"' in over
    assert "<html" not in over


def test_without_script_there_is_a_link_to_look_again(alice: Any, client_of: ClientOf) -> None:
    job = job_of(alice)
    assert f'href="{job.get_absolute_url()}"' in client_of(alice).get(job.get_absolute_url()).content.decode()


def test_progress_is_never_cached(alice: Any, client_of: ClientOf) -> None:
    job = job_of(alice)
    assert "no-store" in client_of(alice).get(job.get_absolute_url())["Cache-Control"]


@pytest.mark.parametrize("suffix", ["", "status", "restart"])
def test_the_job_of_somebody_else_does_not_exist_for_you(
    alice: Any, bob: Any, client_of: ClientOf, suffix: str
) -> None:
    job = job_of(alice, state=State.FAILED)
    client = client_of(bob)
    answer = client.post if suffix == "restart" else client.get
    assert answer(f"/tasks/{job.pk}/{suffix}").status_code == 404


def test_the_administrator_sees_every_job(alice: Any, dave: Any, client_of: ClientOf) -> None:
    assert client_of(dave).get(job_of(alice).get_absolute_url()).status_code == 200


def test_looking_at_a_job_of_a_dead_worker_shows_that_it_was_cut_off(alice: Any, client_of: ClientOf) -> None:
    job = job_of(alice, heartbeat=timezone.now() - timedelta(minutes=10), worker="elsewhere:1")
    page = client_of(alice).get(job.get_absolute_url()).content.decode()
    job.refresh_from_db()
    assert job.state == State.INTERRUPTED
    assert f"/tasks/{job.pk}/restart" in page


def test_a_job_that_nobody_takes_says_that_a_worker_may_be_missing(alice: Any, client_of: ClientOf) -> None:
    fresh = job_of(alice, key="1", state=State.WAITING)
    old = job_of(alice, key="2", state=State.WAITING, asked_at=timezone.now() - timedelta(minutes=2))
    client = client_of(alice)
    assert client.get(fresh.get_absolute_url()).context["waits_long"] is False
    answer = client.get(old.get_absolute_url())
    assert answer.context["waits_long"] is True
    assert f"/tasks/{old.pk}/restart" in answer.content.decode()


@pytest.mark.parametrize("state", list(State))
def test_the_button_to_start_again_obeys_the_table(alice: Any, client_of: ClientOf, state: State) -> None:
    job = job_of(alice, state=state)
    answer = client_of(alice).post(f"/tasks/{job.pk}/restart")
    assert answer.status_code == 302
    job.refresh_from_db()
    assert job.attempt == (2 if "restart" in JOB.allowed(state) else 1)


def test_starting_again_takes_a_post(alice: Any, client_of: ClientOf) -> None:
    assert client_of(alice).get(f"/tasks/{job_of(alice).pk}/restart").status_code == 405


def test_the_list_holds_your_own_jobs(alice: Any, bob: Any, client_of: ClientOf) -> None:
    mine, other = job_of(alice, key="1"), job_of(bob, key="2")
    page = client_of(alice).get("/tasks/").content.decode()
    assert mine.get_absolute_url() in page
    assert other.get_absolute_url() not in page


def test_the_list_takes_as_many_queries_for_one_job_as_for_five(
    alice: Any, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(alice)
    job_of(alice, key="0")
    client.get("/tasks/")
    with django_assert_max_num_queries(20) as one:
        client.get("/tasks/")
    for number in range(1, 5):
        job_of(alice, key=str(number))
    with django_assert_max_num_queries(20) as five:
        client.get("/tasks/")
    assert len(one) == len(five)
