"""An approved list is carried out to the end, however often it is cut off, and nothing of it twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import DatabaseError

from zichtlijn.platform.casefiles.models import Reading
from zichtlijn.platform.events.guards import FIRST, READINGS, lifted
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.retention.checking import wrong_proofs
from zichtlijn.platform.retention.executing import carry_out, go_on
from zichtlijn.platform.retention.models import DestructionList, ListState, RetentionRule, Tally
from zichtlijn.platform.retention.proof import digest_of

from .conftest import Jars

ListIn = Callable[..., DestructionList]


@pytest.mark.django_db
def test_who_is_cut_off_in_the_middle_goes_on_where_it_was(jars: Jars, list_in: ListIn) -> None:
    found = list_in("destroying", ["a", "b", "c", "d"])
    jars.fails_at = "c"
    with pytest.raises(KeyboardInterrupt):
        go_on()
    assert sorted(jars.there) == ["c", "d"]
    assert sum(row.number for row in Tally.objects.all()) == 2
    jars.fails_at = ""
    assert go_on() == 1
    found.refresh_from_db()
    assert (found.state, jars.there) == (ListState.DESTROYED, {})
    assert set(jars.destroyed.values()) == {1}
    assert sum(row.number for row in Tally.objects.all()) == 4
    assert go_on() == 0
    assert Event.objects.filter(action="retention.finish").count() == 1
    assert wrong_proofs() == []


def test_a_list_that_fails_keeps_none_behind_it_waiting(jars: Jars, list_in: ListIn, monkeypatch: Any) -> None:
    first, second = list_in("destroying"), list_in("destroying", ("c", "d"))
    destroy = jars.destroy

    def failing(key: str) -> Any:
        if key == "a":
            raise OSError("no reading of the disk")
        return destroy(key)

    monkeypatch.setattr(jars, "destroy", failing)
    with pytest.raises(OSError, match="no reading"):
        go_on()
    assert set(jars.there) == {"a", "b"}
    assert [DestructionList.objects.get(pk=found.pk).state for found in (first, second)] == ["destroying", "destroyed"]
    monkeypatch.setattr(jars, "destroy", destroy)
    assert go_on() == 1
    assert not jars.there


@pytest.mark.django_db(transaction=True)
def test_two_that_carry_out_at_once_destroy_each_once(jars: Jars, list_in: ListIn) -> None:
    found = list_in("destroying", [f"{number:02}" for number in range(12)])
    failed: list[Exception] = []

    def work() -> None:
        try:
            carry_out(found)
        except Exception as error:  # noqa: BLE001 - what failed in a thread is looked at below
            failed.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=work) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert failed == []
    found.refresh_from_db()
    assert found.state == ListState.DESTROYED
    assert set(jars.destroyed.values()) == {1}
    assert sum(row.number for row in Tally.objects.all()) == 12
    assert json.loads(found.proof)["totals"]["destroyed"] == 12


@pytest.mark.django_db
def test_what_is_gone_stopped_or_not_due_any_more_is_said_and_the_rest_goes(jars: Jars, list_in: ListIn) -> None:
    found = list_in("destroying", ["a", "b", "c", "d"])
    del jars.there["a"]
    jars.stopped["b"] = "hold"
    jars.fill("c", years=0)
    go_on()
    found.refresh_from_db()
    said = json.loads(found.proof)
    assert {line["key"]: line["because"] for line in said["not_destroyed"]} == {"a": "gone", "b": "hold", "c": "rule"}
    assert [line["key"] for line in said["destroyed"]] == ["d"]
    assert said["rules"][said["destroyed"][0]["rule"]]["source"] == RetentionRule.objects.get().source


@pytest.mark.django_db
def test_something_that_another_record_protects_stays(
    jars: Jars, list_in: ListIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.models import ProtectedError

    def protected(_key: str) -> Any:
        raise ProtectedError("used", set())

    found = list_in("destroying")
    monkeypatch.setattr(jars, "destroy", protected)
    go_on()
    found.refresh_from_db()
    assert set(found.lines.values_list("stopped_by", flat=True)) == {"used"}
    assert len(jars.there) == 2


@pytest.mark.django_db
def test_verify_sees_a_proof_that_was_changed_replaced_or_removed(jars: Jars, list_in: ListIn) -> None:
    found = list_in("destroyed")
    assert wrong_proofs() == []
    kept = DestructionList.objects.filter(pk=found.pk)
    forged = found.proof.replace("jar a", "jar z")
    kept.update(proof=forged)
    assert "changed" in wrong_proofs()[0] or "gewijzigd" in wrong_proofs()[0]
    kept.update(proof=forged, proof_digest=digest_of(forged))
    assert len(wrong_proofs()) == 1
    kept.update(proof=found.proof, proof_digest=found.proof_digest)
    found.lines.filter(key="a").update(destroyed_at=None)
    assert len(wrong_proofs()) == 1
    found.lines.all().delete()
    kept.delete()
    assert len(wrong_proofs()) == 1


@pytest.mark.django_db
def test_verify_sees_what_came_back(jars: Jars, list_in: ListIn) -> None:
    list_in("destroyed")
    jars.fill("a")
    (problem,) = wrong_proofs()
    assert "toy.jar a" in problem


@pytest.mark.django_db
def test_the_proof_is_what_its_digest_says_and_names_who_did_what(
    jars: Jars, list_in: ListIn, client_of: Any, carol: Any
) -> None:
    found = list_in("destroyed")
    answer = client_of(carol).get(f"/retention/lists/{found.pk}/proof.json")
    assert digest_of(answer.content.decode()) == found.proof_digest
    said = answer.json()
    assert (said["made"]["by"], said["approved"]["by"]) == ("Dave", "Carol")
    assert {line["reviewed"]["by"] for line in said["destroyed"]} == {"Carol"}
    page = client_of(carol).get(f"/retention/lists/{found.pk}/proof")
    assert found.proof_digest in page.content.decode()


@pytest.mark.django_db
def test_guards_are_lifted_within_a_transaction_and_never_from_events(bob: Any) -> None:
    import uuid

    Reading.objects.create(
        user=bob, user_name="bob", kind="page", model_label="x.y", object_id=1, object_label="x", file_key=uuid.uuid4()
    )
    with pytest.raises(ValueError, match="for good"), lifted(FIRST):
        pass
    with lifted(READINGS):
        assert Reading.objects.all().delete()[0] == 1
    Reading.objects.create(
        user=bob, user_name="bob", kind="page", model_label="x.y", object_id=1, object_label="x", file_key=uuid.uuid4()
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_guards_are_not_lifted_outside_a_transaction() -> None:
    with pytest.raises(TransactionManagementError), lifted(READINGS):
        pass
