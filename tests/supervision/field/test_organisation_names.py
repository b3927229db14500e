from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Organisation, OrganisationName
from zichtlijn.supervision.field.queries import name_on

Make = Callable[..., Organisation]


def periods(organisation: Organisation) -> list[tuple[str, date | None, date | None]]:
    return [(name.name, name.valid_from, name.valid_until) for name in organisation.names.all()]


def test_registering_gives_the_organisation_its_first_name(organisation: Make) -> None:
    made = organisation("Centraal Orgaan", abbreviation="COA", valid_from=date(1994, 7, 1))
    assert periods(made) == [("Centraal Orgaan", date(1994, 7, 1), None)]
    assert (made.name, made.abbreviation) == ("Centraal Orgaan", "COA")


def test_registering_records_who_did_it(alice: object) -> None:
    made = actions.register_organisation(actor=alice, name="COA", reason="named in the programme")
    event = Event.objects.about(made).get()
    assert (event.action, event.actor, event.reason) == (
        "field.register_organisation",
        alice,
        "named in the programme",
    )
    assert event.after_values["name"] == "COA"


def test_the_same_name_is_registered_once(organisation: Make) -> None:
    organisation("COA")
    with pytest.raises(ValidationError, match=r"naam|name"):
        organisation("COA")
    assert Organisation.objects.count() == 1


def test_the_same_tooi_identifier_is_registered_once(organisation: Make) -> None:
    identifier = "https://identifier.overheid.nl/tooi/id/zbo/zb000210"
    organisation("COA", tooi_id=identifier)
    with pytest.raises(ValidationError):
        organisation("Centraal Orgaan", tooi_id=identifier)


@pytest.mark.parametrize(
    "wrong", ["zb000210", "http://identifier.overheid.nl/tooi/id/zbo/zb000210", "javascript:alert(1)"]
)
def test_what_is_no_tooi_identifier_is_refused(organisation: Make, wrong: str) -> None:
    with pytest.raises(ValidationError):
        organisation("COA", tooi_id=wrong)


def test_a_new_name_ends_the_former_one_the_day_before(organisation: Make) -> None:
    made = organisation("Inspectie SZW", valid_from=date(2012, 1, 1))
    made = actions.rename_organisation(
        actor=None,
        organisation=made,
        name="Nederlandse Arbeidsinspectie",
        abbreviation="NLA",
        valid_from=date(2022, 1, 1),
    )
    assert periods(made) == [
        ("Inspectie SZW", date(2012, 1, 1), date(2021, 12, 31)),
        ("Nederlandse Arbeidsinspectie", date(2022, 1, 1), None),
    ]
    assert (made.name, made.abbreviation) == ("Nederlandse Arbeidsinspectie", "NLA")
    assert name_on(made, date(2021, 12, 31)) == "Inspectie SZW"
    assert name_on(made, date(2022, 1, 1)) == "Nederlandse Arbeidsinspectie"


def test_a_name_in_the_past_is_put_between_the_others(organisation: Make) -> None:
    made = organisation("First")
    for name, year in (("Third", 2020), ("Second", 2010)):
        made = actions.rename_organisation(actor=None, organisation=made, name=name, valid_from=date(year, 1, 1))
    assert periods(made) == [
        ("First", None, date(2009, 12, 31)),
        ("Second", date(2010, 1, 1), date(2019, 12, 31)),
        ("Third", date(2020, 1, 1), None),
    ]
    assert made.name == "Third"


def test_a_name_before_the_first_known_day_holds_until_that_day(organisation: Make) -> None:
    made = organisation("Second", valid_from=date(2015, 5, 1))
    made = actions.rename_organisation(actor=None, organisation=made, name="First", valid_from=date(2000, 1, 1))
    assert periods(made)[0] == ("First", date(2000, 1, 1), date(2015, 4, 30))
    assert made.name == "Second"


def test_before_the_first_known_day_the_name_of_today_is_shown(organisation: Make) -> None:
    assert name_on(organisation("COA", valid_from=date(1994, 7, 1)), date(1990, 1, 1)) == "COA"


def test_the_same_new_name_twice_is_refused_and_changes_nothing(organisation: Make) -> None:
    made = organisation("Old")
    day = date(2020, 1, 1)
    actions.rename_organisation(actor=None, organisation=made, name="New", valid_from=day)
    for again in (day, day + timedelta(days=30)):
        with pytest.raises(ValidationError):
            actions.rename_organisation(actor=None, organisation=made, name="New", valid_from=again)
    assert len(periods(made)) == 2


def test_a_name_cannot_begin_tomorrow(organisation: Make) -> None:
    made = organisation("Old")
    tomorrow = localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.rename_organisation(actor=None, organisation=made, name="New", valid_from=tomorrow)
    assert periods(made) == [("Old", None, None)]


def test_a_name_can_begin_today(organisation: Make) -> None:
    made = organisation("Old")
    made = actions.rename_organisation(actor=None, organisation=made, name="New", valid_from=localdate())
    assert made.name == "New"


def test_a_name_of_another_organisation_is_refused_as_name_of_today(organisation: Make) -> None:
    organisation("COA")
    made = organisation("IND")
    with pytest.raises(ValidationError):
        actions.rename_organisation(actor=None, organisation=made, name="COA", valid_from=date(2020, 1, 1))
    assert periods(made) == [("IND", None, None)]


def test_correcting_a_name_may_not_make_two_names_overlap(organisation: Make) -> None:
    made = organisation("First")
    made = actions.rename_organisation(actor=None, organisation=made, name="Second", valid_from=date(2020, 1, 1))
    first = made.names.get(name="First")
    with pytest.raises(ValidationError, match="Second"):
        actions.correct_name(actor=None, organisation_name=first, name="First", valid_until=date(2020, 1, 1))
    made = actions.correct_name(actor=None, organisation_name=first, name="The first", valid_until=date(2019, 12, 31))
    assert periods(made)[0][0] == "The first"


def test_correcting_the_current_name_changes_the_name_in_lists(organisation: Make) -> None:
    made = organisation("COAA")
    actions.correct_name(actor=None, organisation_name=made.names.get(), name="COA", abbreviation="C")
    made.refresh_from_db()
    assert (made.name, made.abbreviation) == ("COA", "C")


def test_a_last_day_before_the_first_day_is_refused(organisation: Make) -> None:
    made = organisation("COA")
    with pytest.raises(ValidationError):
        actions.correct_name(
            actor=None,
            organisation_name=made.names.get(),
            name="COA",
            valid_from=date(2020, 1, 2),
            valid_until=date(2020, 1, 1),
        )


def test_the_database_itself_refuses_a_last_day_before_the_first(organisation: Make) -> None:
    made = organisation("COA")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationName.objects.filter(organisation=made).update(
            valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 1)
        )


def test_a_removed_name_gives_way_to_the_one_that_remains(organisation: Make) -> None:
    made = organisation("Old")
    made = actions.rename_organisation(actor=None, organisation=made, name="Mistake", valid_from=date(2020, 1, 1))
    made = actions.remove_name(actor=None, organisation_name=made.names.get(name="Mistake"))
    assert made.name == "Old"
    with pytest.raises(ValidationError):
        actions.remove_name(actor=None, organisation_name=made.names.get())


def test_renaming_records_all_names_before_and_after(organisation: Make, bob: object) -> None:
    made = organisation("Old")
    actions.rename_organisation(
        actor=bob, organisation=made, name="New", valid_from=date(2020, 1, 1), reason="decree of 2019"
    )
    event = Event.objects.about(made).first()
    assert event is not None
    assert event.before_values == {"name": "Old", "names_over_time": ["Old (… – …)"]}
    assert event.after_values == {
        "name": "New",
        "names_over_time": ["Old (… – 2019-12-31)", "New (2020-01-01 – …)"],
    }
    assert event.reason == "decree of 2019"


def test_editing_without_a_change_records_nothing(organisation: Make) -> None:
    made = organisation("COA")
    actions.edit_organisation(actor=None, organisation=made, kind=made.kind)
    assert Event.objects.about(made).count() == 1


def test_an_organisation_cannot_be_a_part_of_its_own_part(organisation: Make) -> None:
    whole = organisation("Whole")
    part = organisation("Part", part_of=whole)
    with pytest.raises(ValidationError):
        actions.edit_organisation(actor=None, organisation=whole, kind=whole.kind, part_of=part)


def test_a_reader_cannot_register_or_rename(organisation: Make, erin: object) -> None:
    made = organisation("COA")
    with pytest.raises(PermissionDenied):
        actions.register_organisation(actor=erin, name="IND")
    with pytest.raises(PermissionDenied):
        actions.rename_organisation(actor=erin, organisation=made, name="X", valid_from=date(2020, 1, 1))
    assert Organisation.objects.count() == 1
