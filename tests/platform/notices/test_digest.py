"""One mail a day at seven, with what came together, and none when nothing did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from zichtlijn.platform.notices.digest import write_digests
from zichtlijn.platform.notices.models import Notice, NoticeSetting, OutgoingMail, Rhythm
from zichtlijn.platform.notices.telling import tell_people

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def bob_with_mail(bob):
    """Bob, who chose nothing: a mail a day."""
    bob.email = "bob@inspectie.example"
    bob.save()
    return bob


@pytest.fixture
def tell(team, bob_with_mail):
    """``tell(moment)`` tells Bob something at that moment."""

    def told(moment: datetime) -> Notice:
        tell_people([bob_with_mail], "notices.term_near", about=team, day=DAY, url="/accounts/me")
        notice = Notice.objects.latest("pk")
        Notice.objects.filter(pk=notice.pk).update(at=moment)
        return notice

    return told


def test_what_came_since_yesterday_goes_in_one_mail_after_seven(tell):
    tell(at(1, 15))
    tell(at(1, 16))
    assert write_digests(at(2, 6, 59)) == 0
    assert write_digests(at(2, 7)) == 1
    assert write_digests(at(2, 7, 10)) == 0
    mail = OutgoingMail.objects.get()
    assert "2" in mail.subject
    assert mail.body.count("Sanctietoepassing") == 2


def test_what_comes_after_seven_goes_the_next_day(tell):
    tell(at(2, 8))
    assert write_digests(at(2, 9)) == 0
    assert write_digests(at(3, 7, 5)) == 1


def test_without_notices_there_is_no_mail(bob_with_mail):
    assert write_digests(at(2, 8)) == 0
    assert not OutgoingMail.objects.exists()


def test_what_was_read_or_mailed_already_is_left_out(tell):
    read, mailed, unread = tell(at(1, 9)), tell(at(1, 10)), tell(at(1, 11))
    Notice.objects.filter(pk=read.pk).update(read_at=at(1, 12))
    Notice.objects.filter(pk=mailed.pk).update(mailed_at=at(1, 12))
    assert write_digests(at(2, 7)) == 1
    assert Notice.objects.get(pk=unread.pk).mailed_at == at(2, 7)
    assert OutgoingMail.objects.get().body.count("Sanctietoepassing") == 1


@pytest.mark.parametrize("rhythm", [Rhythm.NEVER, Rhythm.AT_ONCE])
def test_who_chose_otherwise_gets_no_mail_of_the_day(rhythm, tell, bob_with_mail):
    tell(at(1, 9))
    NoticeSetting.objects.create(user=bob_with_mail, rhythm=rhythm)
    assert write_digests(at(2, 8)) == 0


def test_a_long_list_is_cut_and_says_so(tell, settings):
    for _number in range(53):
        tell(at(1, 9))
    write_digests(at(2, 8))
    body = OutgoingMail.objects.get().body
    assert body.count("Sanctietoepassing") == 50
    assert "3" in body.split("--")[0].rsplit("\n\n", 2)[-2]


def test_the_number_of_queries_does_not_grow_with_the_notices(tell, django_assert_max_num_queries):
    for _number in range(30):
        tell(at(1, 9))
    with django_assert_max_num_queries(12):
        write_digests(at(2, 8))
    assert timedelta(0) <= timezone.now() - OutgoingMail.objects.get().made_at
