"""Comments: by those who see the record, changed by their author, never silently gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from zichtlijn.platform.comments import registry
from zichtlijn.platform.comments.actions import add_comment, edit_comment, restore_comment, withdraw_comment
from zichtlijn.platform.comments.models import Comment
from zichtlijn.platform.comments.panels import comments_panel
from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.tasks.models import Job

ClientOf = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def commentable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job is seen by its owner and by an administrator: alice and dave, not bob."""
    monkeypatch.setattr(registry, "_commentable", {"tasks.job"})


@pytest.fixture
def record(alice: Any) -> Job:
    return Job.objects.create(kind="test.comments", owner=alice, key="k")


@pytest.fixture
def comment(alice: Any, record: Job) -> Comment:
    return add_comment(actor=alice, about=record, text="Eerste opmerking")


def panel(user: Any, record: Job) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return str(comments_panel(request, record) or "")


def test_a_comment_keeps_who_said_what_about_which_record(alice: Any, record: Job, comment: Comment) -> None:
    assert (comment.author, comment.about, comment.text) == (alice, record, "Eerste opmerking")
    event = Event.objects.about(comment).get()
    assert (event.action, event.actor, event.after_values["text"]) == ("comments.add", alice, "Eerste opmerking")


def test_who_does_not_see_the_record_sees_no_comment_and_adds_none(bob: Any, record: Job, comment: Comment) -> None:
    assert not Comment.objects.visible_to(bob).exists()
    with pytest.raises(PermissionDenied):
        add_comment(actor=bob, about=record, text="Mag niet")


def test_who_sees_the_record_sees_all_its_comments(dave: Any, comment: Comment) -> None:
    assert list(Comment.objects.visible_to(dave)) == [comment]


def test_a_reader_reads_and_does_not_comment(erin: Any) -> None:
    own = Job.objects.create(kind="test.comments", owner=erin, key="e")
    with pytest.raises(PermissionDenied):
        add_comment(actor=erin, about=own, text="Mag niet")
    assert "<form" not in panel(erin, own)


def test_a_model_that_did_not_opt_in_takes_no_comments(
    alice: Any, record: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_commentable", set())
    with pytest.raises(PermissionDenied):
        add_comment(actor=alice, about=record, text="Mag niet")
    assert panel(alice, record) == ""
    register_commentable("tasks.Job")
    assert add_comment(actor=alice, about=record, text="Mag wel").pk


@pytest.mark.parametrize("text", ["", "  \r\n ", "x" * 5001])
def test_a_comment_says_something_of_bounded_length(alice: Any, record: Job, text: str) -> None:
    with pytest.raises(ValidationError):
        add_comment(actor=alice, about=record, text=text)


def test_only_the_author_changes_a_comment_and_the_change_is_recorded(alice: Any, dave: Any, comment: Comment) -> None:
    with pytest.raises(PermissionDenied):
        edit_comment(actor=dave, comment=comment, text="Anders")
    edit_comment(actor=alice, comment=comment, text="Beter")
    event = Event.objects.get(action="comments.edit")
    assert (event.before_values["text"], event.after_values["text"]) == ("Eerste opmerking", "Beter")
    assert comment.edited_at is not None


def test_saving_the_same_text_is_no_change(alice: Any, comment: Comment) -> None:
    edit_comment(actor=alice, comment=comment, text=" Eerste opmerking ")
    assert comment.edited_at is None
    assert not Event.objects.filter(action="comments.edit").exists()


def test_a_withdrawn_comment_keeps_its_place_without_its_text(alice: Any, record: Job, comment: Comment) -> None:
    withdraw_comment(actor=alice, comment=comment)
    shown = panel(alice, record)
    assert "Eerste opmerking" not in shown
    assert f'id="comment-{comment.pk}"' in shown
    assert "/edit" not in shown


def test_an_administrator_may_withdraw_and_anybody_else_may_not(bob: Any, dave: Any, comment: Comment) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_comment(actor=bob, comment=comment)
    assert withdraw_comment(actor=dave, comment=comment).withdrawn_at is not None


def test_a_withdrawn_comment_is_changed_or_withdrawn_no_more_until_it_is_back(alice: Any, comment: Comment) -> None:
    with pytest.raises(ValidationError):
        restore_comment(actor=alice, comment=comment)
    withdraw_comment(actor=alice, comment=comment)
    for attempt in (
        lambda: edit_comment(actor=alice, comment=comment, text="x"),
        lambda: withdraw_comment(actor=alice, comment=comment),
    ):
        with pytest.raises(ValidationError):
            attempt()
    assert restore_comment(actor=alice, comment=comment).withdrawn_at is None


def test_the_panel_shows_comments_in_order_and_escaped(alice: Any, record: Job, comment: Comment) -> None:
    add_comment(actor=alice, about=record, text="<script>alert(1)</script>\n\ntweede")
    shown = panel(alice, record)
    assert "<script>" not in shown
    assert shown.index("Eerste opmerking") < shown.index("tweede")


def test_the_panel_offers_changes_only_to_those_who_may(alice: Any, dave: Any, record: Job, comment: Comment) -> None:
    assert f"/comments/{comment.pk}/edit" in panel(alice, record)
    of_the_administrator = panel(dave, record)
    assert "/edit" not in of_the_administrator
    assert f"/comments/{comment.pk}/withdraw" in of_the_administrator


def test_many_comments_take_as_many_queries_as_one(alice: Any, record: Job, comment: Comment) -> None:
    with CaptureQueriesContext(connection) as one:
        panel(alice, record)
    for number in range(4):
        add_comment(actor=alice, about=record, text=f"nummer {number}")
    with CaptureQueriesContext(connection) as five:
        panel(alice, record)
    assert len(one) == len(five)


def test_a_comment_is_added_through_the_page(alice: Any, record: Job, client_of: ClientOf) -> None:
    answer = client_of(alice).post(f"/comments/on/tasks.job/{record.pk}/", {"text": " Via de pagina "})
    comment = Comment.objects.get()
    assert comment.text == "Via de pagina"
    assert answer["Location"] == f"{record.get_absolute_url()}#comment-{comment.pk}"


def test_an_empty_comment_comes_back_with_the_form(alice: Any, record: Job, client_of: ClientOf) -> None:
    answer = client_of(alice).post(f"/comments/on/tasks.job/{record.pk}/", {"text": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors


@pytest.mark.parametrize("label", ["tasks.job", "accounts.user", "no.such", "nonsense", "tasks.job.x"])
def test_a_record_that_is_not_there_for_you_is_not_found(
    bob: Any, record: Job, client_of: ClientOf, label: str
) -> None:
    assert client_of(bob).post(f"/comments/on/{label}/{record.pk}/", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("step", ["edit", "withdraw", "restore"])
def test_comments_on_what_you_do_not_see_do_not_exist(
    bob: Any, comment: Comment, client_of: ClientOf, step: str
) -> None:
    assert client_of(bob).post(f"/comments/{comment.pk}/{step}", {"text": "x"}).status_code == 404


def test_changing_and_withdrawing_through_the_pages(alice: Any, comment: Comment, client_of: ClientOf) -> None:
    client = client_of(alice)
    assert "Eerste opmerking" in client.get(f"/comments/{comment.pk}/edit").content.decode()
    client.post(f"/comments/{comment.pk}/edit", {"text": "Gewijzigd"})
    client.post(f"/comments/{comment.pk}/withdraw")
    comment.refresh_from_db()
    assert comment.text == "Gewijzigd"
    assert comment.withdrawn_at is not None
    client.post(f"/comments/{comment.pk}/restore")
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


def test_the_page_to_change_is_for_the_author(dave: Any, comment: Comment, client_of: ClientOf) -> None:
    assert client_of(dave).get(f"/comments/{comment.pk}/edit").status_code == 403


@pytest.mark.parametrize("step", ["withdraw", "restore"])
def test_nothing_changes_by_following_a_link(alice: Any, comment: Comment, client_of: ClientOf, step: str) -> None:
    assert client_of(alice).get(f"/comments/{comment.pk}/{step}").status_code == 405


def test_withdrawing_twice_is_told_and_not_an_error(alice: Any, comment: Comment, client_of: ClientOf) -> None:
    client = client_of(alice)
    assert client.post(f"/comments/{comment.pk}/withdraw").status_code == 302
    assert client.post(f"/comments/{comment.pk}/withdraw").status_code == 302
    assert Event.objects.filter(action="comments.withdraw").count() == 1


def test_the_text_of_a_withdrawn_comment_is_found_nowhere_by_others(
    alice: Any, bob: Any, dave: Any, comment: Comment, client_of: ClientOf
) -> None:
    Job.objects.update(owner=bob)
    history = f"/events/comments.comment/{comment.pk}"
    assert client_of(bob).get(history).status_code == 200
    withdraw_comment(actor=alice, comment=comment)
    assert not Comment.objects.visible_to(bob).exists()
    assert client_of(bob).get(history).status_code == 404
    assert b"Eerste opmerking" not in client_of(bob).get("/").content
    assert list(Comment.objects.visible_to(dave)) == [comment]
