"""Who is told, once, of what may be seen, and never anything of what a case says."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from zichtlijn.platform.accounts.models import Team
from zichtlijn.platform.notices.models import Notice, NoticeSetting, OutgoingMail, Rhythm
from zichtlijn.platform.notices.registry import register_kinds
from zichtlijn.platform.notices.telling import tell_people
from zichtlijn.platform.notices.wording import mail_about, text_of

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


@pytest.fixture
def matter(team):
    """Something that staff sees, and nobody else; its page is elsewhere."""
    return team


def tell(people, about, **more) -> int:
    return tell_people(people, "notices.term_near", about=about, url="/accounts/me", **{"day": DAY} | more)


def test_people_are_told_only_of_what_they_may_see(matter, bob, alice, erin, olga):
    assert tell([bob, alice, erin, olga], matter) == 2
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"bob", "alice"}


def test_whoever_did_it_and_who_is_gone_are_not_told(matter, bob, alice, bart):
    bart.is_active = False
    bart.save()
    assert tell([bob, alice, bart, None], matter, actor=alice) == 1
    assert Notice.objects.get().user == bob


def test_the_same_key_is_told_once_to_each(matter, bob, alice):
    assert tell([bob], matter, key="once") == 1
    assert tell([bob, alice], matter, key="once") == 1
    assert tell([bob], matter) == 1
    assert Notice.objects.count() == 3


@pytest.mark.parametrize(("kind", "more"), [("notices.unheard_of", {"day": DAY}), ("notices.term_near", {})])
def test_a_sentence_that_cannot_be_read_is_refused_when_it_is_told(kind, more, matter, bob):
    with pytest.raises(KeyError):
        tell_people([bob], kind, about=matter, **more)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nobody_is_told(matter, bob):
    with pytest.raises(TransactionManagementError):
        tell([bob], matter)


def test_a_cause_that_is_undone_was_never_told(matter, bob, mailed_at_once):
    mailed_at_once(bob)
    with transaction.atomic():
        assert tell([bob], matter) == 1
        assert OutgoingMail.objects.exists()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(("rhythm", "mails"), [(Rhythm.AT_ONCE, 1), (Rhythm.DAILY, 0), (Rhythm.NEVER, 0)])
def test_only_who_wants_mail_at_once_is_mailed_at_once(rhythm, mails, matter, bob, mailed_at_once):
    mailed_at_once(bob)
    NoticeSetting.objects.update(rhythm=rhythm)
    tell([bob], matter)
    assert OutgoingMail.objects.count() == mails
    assert (Notice.objects.get().mailed_at is not None) == bool(mails)


def test_who_has_no_address_is_told_in_the_product_only(matter, bob):
    NoticeSetting.objects.create(user=bob, rhythm=Rhythm.AT_ONCE)
    assert tell([bob], matter) == 1
    assert not OutgoingMail.objects.exists()


def test_a_notice_is_read_in_the_language_of_the_reader(matter, bob, settings):
    from django.utils import translation

    tell([bob], matter, day=DAY)
    notice = Notice.objects.get()
    with translation.override("en"):
        assert text_of(notice) == "A term of Sanctietoepassing ends on March 1, 2024."


def test_without_an_address_of_the_product_a_mail_has_no_link(matter, bob, settings):
    tell([bob], matter)
    settings.PUBLIC_ADDRESS = ""
    assert "/accounts/me" not in mail_about([Notice.objects.get()])[1]
    settings.PUBLIC_ADDRESS = "https://zichtlijn.example"
    assert "https://zichtlijn.example/accounts/me" in mail_about([Notice.objects.get()])[1]


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match=r"notices\.term_near"):
        register_kinds({"notices.term_near": "again"})
    assert not Team.objects.filter(name="again")
