"""The dated tables: loaded once, changed by new rows, kept by the administrator."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.signals.actions import reference as actions
from zichtlijn.supervision.signals.models import EqualDay, NotificationCategory, StandardText
from zichtlijn.supervision.signals.norms import NO_ACTION_GROUNDS
from zichtlijn.supervision.signals.reference import DATA, STREAMS, category_on, load_reference
from zichtlijn.supervision.signals.standard_texts import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def row(code: str) -> NotificationCategory:
    found = category_on(code, timezone.localdate())
    assert found is not None
    return found


def values_of(category: NotificationCategory, **more: Any) -> dict[str, Any]:
    names = ("stream", "name_nl", "name_en", "urgency", "phone_first", "term_amount", "term_unit", "closing_amount")
    names += ("closing_unit", "legal_basis", "source", "certainty", "valid_from", "valid_until")
    return {name: getattr(category, name) for name in names} | more


def test_loading_again_adds_nothing_and_keeps_what_was_changed(dave: Any) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    actions.change_category(
        actor=dave, category=row("overig"), values=values_of(row("overig"), urgency=2, valid_from=tomorrow)
    )
    before = NotificationCategory.objects.count()
    assert load_reference() == 0
    assert NotificationCategory.objects.count() == before


def test_what_is_delivered_is_whole() -> None:
    for category in NotificationCategory.objects.all():
        category.full_clean()
        assert category.stream in STREAMS
        others = NotificationCategory.objects.filter(code=category.code)
        category.refuse_overlap(others, "%(other)s")
    codes = set(StandardText.objects.values_list("code", flat=True))
    assert {f"no-action-{ground}" for ground in NO_ACTION_GROUNDS} < codes
    for code in codes:
        assert set(StandardText.objects.filter(code=code).values_list("language", flat=True)) == {"nl", "en"}


def test_every_standard_text_can_be_filled_in(came_in: Any) -> None:
    signal = came_in(organisation_as_told="het tehuis")
    for text in StandardText.objects.all():
        assert "{{" not in filled(text.body, signal)


def test_every_fact_names_its_source_and_how_sure_it_is() -> None:
    for given in yaml.safe_load((DATA / "categories.yaml").read_text(encoding="utf-8"))["categories"]:
        assert given["source"]
        assert given["certainty"] in "TBFMO"


def test_a_change_begins_a_new_row_and_ends_the_old_one(dave: Any) -> None:
    old = row("jeugd-geweld")
    first_day = timezone.localdate() + timedelta(days=10)
    new = actions.change_category(actor=dave, category=old, values=values_of(old, term_amount=2, valid_from=first_day))
    old.refresh_from_db()
    assert old.valid_until == first_day - timedelta(days=1)
    assert category_on("jeugd-geweld", first_day) == new
    before = category_on("jeugd-geweld", old.valid_until)
    assert before is not None
    assert before.term_amount == 3
    assert Event.objects.filter(action="signals.change_category").count() == 2


def test_the_same_first_day_corrects_the_row_itself(dave: Any) -> None:
    old = row("jeugd-geweld")
    same = actions.change_category(actor=dave, category=old, values=values_of(old, source="Leidraad, bladzijde 4"))
    assert same.pk == old.pk
    assert same.source == "Leidraad, bladzijde 4"
    count = Event.objects.count()
    actions.change_category(actor=dave, category=same, values=values_of(same))
    assert Event.objects.count() == count, "nothing differs, nothing is written"


def test_a_change_cannot_reach_back_or_change_what_is_over(dave: Any) -> None:
    old = row("jeugd-geweld")
    with pytest.raises(ValidationError) as refused:
        actions.change_category(actor=dave, category=old, values=values_of(old, valid_from=date(2017, 1, 1)))
    assert "valid_from" in refused.value.message_dict
    over = category_on("jeugd-geweld", date(2016, 1, 1))
    assert over is not None
    with pytest.raises(ValidationError):
        actions.change_category(actor=dave, category=over, values=values_of(over, valid_from=date(2017, 1, 1)))


@pytest.mark.parametrize("who", ["bob", "carol", "alice", "erin", "olga", "pia"])
def test_only_the_administrator_changes_them(who: str, request: pytest.FixtureRequest, client_of: Any) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        actions.change_category(actor=person, category=row("overig"), values={})
    client = client_of(person)
    for address in (
        reverse("signals:category-new"),
        reverse("signals:category-change", args=[row("overig").pk]),
        reverse("signals:text-new"),
        reverse("signals:equal-day-new"),
    ):
        assert client.get(address).status_code in (403, 404), address


def test_staff_read_the_page_and_outsiders_do_not(client_of: Any, bob: Any, erin: Any, olga: Any) -> None:
    page = client_of(bob).get(reverse("signals:reference"))
    assert page.status_code == 200
    assert "jeugd-calamiteit" in page.text
    assert reverse("signals:category-change", args=[row("overig").pk]) not in page.text
    assert client_of(erin).get(reverse("signals:reference")).status_code == 403
    assert client_of(olga).get(reverse("signals:reference")).status_code == 404


def test_the_administrator_changes_a_term_on_the_page(client_of: Any, dave: Any) -> None:
    client, old = client_of(dave), row("tbs-2")
    address = reverse("signals:category-change", args=[old.pk])
    shown = client.get(address).context["form"]
    given = {name: "" if value is None else value for name, value in shown.initial.items()}
    assert client.post(address, given | {"term_unit": ""}).status_code == 422
    answer = client.post(address, given | {"term_amount": 2})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert row("tbs-2").term_amount == 2
    old.refresh_from_db()
    assert old.term_amount == 1


def test_a_text_with_a_blank_nobody_fills_in_is_refused(client_of: Any, dave: Any) -> None:
    client, given = client_of(dave), {"code": "new", "language": "nl", "title": "Nieuw", "body": "Beste {{ naam }},"}
    refused = client.post(reverse("signals:text-new"), given)
    assert refused.status_code == 422
    assert "body" in refused.context["form"].errors
    client.post(reverse("signals:text-new"), given | {"body": "Over {{ reference }}."})
    text = StandardText.objects.get(code="new")
    change = reverse("signals:text-change", args=[text.pk])
    client.post(change, {"title": "Nieuw", "body": "Anders.", "valid_from": timezone.localdate().isoformat()})
    today = StandardText.objects.filter(code="new").holding(timezone.localdate())
    assert [row.body for row in today] == ["Anders."]


def test_days_on_a_par_are_added_once_and_taken_out(client_of: Any, dave: Any) -> None:
    client, given = client_of(dave), {"day": "2027-05-07", "source": "Besluit"}
    client.post(reverse("signals:equal-day-new"), given)
    assert client.post(reverse("signals:equal-day-new"), given).status_code == 422
    day = EqualDay.objects.get()
    client.post(reverse("signals:equal-day-remove", args=[day.pk]))
    assert not EqualDay.objects.exists()


def test_the_command_says_how_many_rows_are_new(capsys: pytest.CaptureFixture[str]) -> None:
    NotificationCategory.objects.filter(code="overig").delete()
    call_command("load_reference")
    assert "1" in capsys.readouterr().out
    assert row("overig").name_nl
