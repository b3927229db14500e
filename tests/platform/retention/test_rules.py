"""Which rule holds for what ended when; changing one leaves what was decided by the old one readable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate

from zichtlijn.platform.certainty import Certainty
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.retention.actions.ruling import add_rule, change_rule
from zichtlijn.platform.retention.due import due_of
from zichtlijn.platform.retention.models import DestructionList, RetentionRule
from zichtlijn.platform.retention.registry import kind_named
from zichtlijn.platform.retention.rules import DATA, Rulebook, load_rules

from .conftest import Jars

pytestmark = pytest.mark.django_db
VALUES = {"appraisal": "V", "amount": 10, "unit": "years", "source": "Selectielijst 2027", "certainty": "B"}


def rule(**values: Any) -> RetentionRule:
    given = {"kind": "toy.jar", "amount": 1, "unit": "years", "source": "Kelderboek", "certainty": "B"}
    return RetentionRule.objects.create(**{**given, **values})


def test_the_rule_of_an_outcome_goes_before_that_for_any_outcome() -> None:
    general, special = rule(), rule(outcome="sour", amount=2)
    later = rule(outcome="sour", amount=3, valid_from=date(2020, 1, 1))
    book = Rulebook()
    assert book.on("toy.jar", "sweet", date(2020, 1, 1)) == general
    assert book.on("toy.jar", "sour", date(2019, 12, 31)) == special
    assert book.on("toy.jar", "sour", date(2020, 1, 1)) == later
    assert book.on("toy.lid", "sour", date(2020, 1, 1)) is None
    periods = [(each.rule, each.first, each.last) for each in book.periods("toy.jar", "sour")]
    assert periods == [(special, None, date(2019, 12, 31)), (later, date(2020, 1, 1), None)]


def test_what_ended_before_a_new_rule_keeps_the_old_one(jars: Jars, dave: Any) -> None:
    old = RetentionRule.objects.get()
    jars.fill("before", years=3)
    jars.fill("since", years=2)
    day = localdate() - timedelta(days=366 * 2)
    new = change_rule(actor=dave, rule=old, values={**VALUES, "amount": 2, "valid_from": day})
    assert {(each.item.key, each.rule) for each in due_of(jars)} == {("before", old), ("since", new)}


def test_a_correction_leaves_the_row_that_lists_were_made_by(
    list_in: Callable[..., DestructionList], dave: Any
) -> None:
    line = list_in("draft").lines.order_by("pk")[0]
    new = change_rule(actor=dave, rule=line.rule, values={**VALUES, "valid_from": None})
    line.refresh_from_db()
    assert (line.rule.amount, line.rule.superseded_at is None) == (1, False)
    assert list(RetentionRule.objects.standing()) == [new]
    assert Event.objects.filter(action="retention.change_rule").count() == 2


def test_only_the_last_rule_is_changed_and_never_to_an_earlier_day(jars: Jars, dave: Any) -> None:
    first = RetentionRule.objects.get()
    last = change_rule(actor=dave, rule=first, values={**VALUES, "valid_from": date(2027, 1, 1)})
    for of, day in ((first, date(2028, 1, 1)), (last, date(2026, 1, 1)), (last, None)):
        with pytest.raises(ValidationError):
            change_rule(actor=dave, rule=of, values={**VALUES, "valid_from": day})
    assert RetentionRule.objects.count() == 2


def test_a_rule_is_added_once_and_only_by_the_administrator(jars: Jars, dave: Any, carol: Any) -> None:
    values = {**VALUES, "kind": "notices.notice", "outcome": "", "valid_from": None}
    with pytest.raises(PermissionDenied):
        add_rule(actor=carol, values=values)
    add_rule(actor=dave, values=values)
    for wrong in (values, {**values, "outcome": "sour"}, {**values, "kind": "toy.lid"}):
        with pytest.raises(ValidationError):
            add_rule(actor=dave, values=wrong)


def test_a_rule_that_destroys_has_a_term_and_one_that_keeps_has_none(jars: Jars, dave: Any) -> None:
    first = RetentionRule.objects.get()
    with pytest.raises(ValidationError):
        change_rule(actor=dave, rule=first, values={**VALUES, "amount": None, "valid_from": None})
    kept = change_rule(actor=dave, rule=first, values={**VALUES, "appraisal": "B", "valid_from": None})
    assert (kept.amount, kept.unit, kept.due_on(date(1999, 1, 1))) == (None, "", None)
    jars.fill("old", years=50)
    assert list(due_of(jars)) == []


def test_the_delivered_rules_name_kinds_that_exist_and_say_how_sure_they_are() -> None:
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))["rules"]
    for row in rows:
        kept = kind_named(row["kind"])
        assert kept is not None, row
        assert row.get("outcome", "") in ("", *kept.outcomes)
        assert row["certainty"] in Certainty.values
    signals = kind_named("signals.signal")
    assert signals is not None
    assert {row["outcome"] for row in rows if row["kind"] == "signals.signal"} == set(signals.outcomes)


def test_loading_leaves_what_was_changed_alone(dave: Any) -> None:
    assert load_rules() == len(yaml.safe_load(DATA.read_text(encoding="utf-8"))["rules"])
    sender = RetentionRule.objects.get(kind="signals.sender")
    change_rule(actor=dave, rule=sender, values={**VALUES, "valid_from": None})
    assert load_rules() == 0
    assert RetentionRule.objects.standing().get(kind="signals.sender").amount == 10
