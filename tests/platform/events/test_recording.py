"""Events are written once, in the transaction of their action, and can be neither changed nor deleted."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from zichtlijn.platform.events.actions import ACTIONS, action
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.recording import Happening, record, record_many, snapshot
from zichtlijn.platform.events.sealing import seal_events, verify_events
from zichtlijn.platform.events.transitions import StepRefused, Transitions


def test_it_keeps_only_what_changed(alice):
    with transaction.atomic():
        event = record(
            actor=alice,
            action="test.rename",
            about=alice,
            before={"a": 1, "b": 2},
            after={"a": 1, "b": 3},
            reason="why",
        )
    assert event.before_values == {"b": 2}
    assert event.after_values == {"b": 3}
    assert (event.actor_name, event.reason, event.object_type) == ("Alice", "why", "accounts.user")


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_record_outside_a_transaction(alice):
    with pytest.raises(TransactionManagementError):
        record(actor=alice, action="test.rename", about=alice)


def test_snapshot_has_plain_values(alice):
    values = snapshot(alice, fields=["username", "date_joined", "groups"])
    assert values["username"] == "alice"
    assert values["groups"] == []
    assert isinstance(values["date_joined"], str)


@pytest.mark.parametrize("table", ["events_event", "events_seal", "events_sealedevent"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(alice, table, statement):
    with transaction.atomic():
        record(actor=alice, action="test.any", about=alice)
    seal_events()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_querysets_refuse_changes_before_the_database_has_to(alice):
    with pytest.raises(TypeError, match="append-only"):
        Event.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        Event.objects.update(reason="other")


@pytest.fixture
def greet():
    @action("test.greet", permission="test.nobody_has_this")
    def greet(*, actor, name):
        return f"hello {name}"

    yield greet
    del ACTIONS["test.greet"]


def test_an_action_asks_for_its_permission(alice, greet):
    with pytest.raises(PermissionDenied):
        greet(actor=alice, name="x")


def test_the_system_itself_may_act(db, greet):
    assert greet(actor=None, name="x") == "hello x"


def test_an_action_takes_keywords_with_the_actor_first():
    with pytest.raises(TypeError, match="keyword"):

        @action("test.positional", permission="x")
        def positional(actor, thing):
            return thing

    with pytest.raises(TypeError, match="actor first"):

        @action("test.nameless", permission="x")
        def nameless(*, thing):
            return thing


def test_a_failing_action_leaves_nothing(alice, monkeypatch):
    @action("test.fail", permission="x")
    def fail(*, actor):
        record(actor=alice, action="test.fail", about=alice)
        raise RuntimeError("halfway")

    try:
        with pytest.raises(RuntimeError):
            fail(actor=None)
    finally:
        del ACTIONS["test.fail"]
    assert not Event.objects.filter(action="test.fail").exists()


def test_a_transition_table_allows_only_what_it_says():
    table = Transitions({"draft": {"decide": "decided"}, "decided": {}})
    assert table.after("draft", "decide") == "decided"
    assert table.allowed("decided") == ()
    assert table.states == {"draft", "decided"}
    with pytest.raises(StepRefused):
        table.after("decided", "decide")


def test_many_events_are_written_at_once_and_hold_what_one_by_one_would(alice, django_assert_max_num_queries):
    happenings = [Happening("test.note", alice, {"n": 0}, {"n": n}, reason=f"r{n}") for n in range(1, 60)]
    with transaction.atomic(), django_assert_max_num_queries(3):
        assert record_many(actor=alice, happenings=happenings) == 59
    event = Event.objects.order_by("id").last()
    assert (event.actor, event.before_values, event.after_values, event.reason) == (alice, {"n": 0}, {"n": 59}, "r59")
    seal_events()
    assert verify_events().whole


def test_only_the_system_says_when_something_happened(alice):
    then = datetime(2024, 5, 1, 9, tzinfo=UTC)
    with transaction.atomic():
        record_many(actor=None, happenings=[Happening("test.note", alice, at=then)])
        assert Event.objects.get().at == then
        with pytest.raises(ValueError, match="only the system"):
            record_many(actor=alice, happenings=[Happening("test.note", alice, at=then)])


@pytest.mark.django_db(transaction=True)
def test_many_events_are_not_written_outside_a_transaction(alice):
    with pytest.raises(TransactionManagementError):
        record_many(actor=alice, happenings=[Happening("test.note", alice)])
