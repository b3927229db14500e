"""Metrics ask only what every engine answers alike; all that needs a window is worked out by the preparation."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pytest

from tests.analysis.chains.metrics import Expression, expressions, modules
from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection

TABLES = {"UnboundTable", "Field", "Project", "Filter", "Distinct", "Aggregate"}
JOINS = {"JoinChain", "JoinLink", "JoinReference"}
VALUES = {
    *("Literal", "Cast", "Add", "Subtract", "Multiply", "Negate", "FloorDivide", "Modulus", "Coalesce", "IfElse"),
    *("SearchedCase", "Greatest", "Least"),
}
CONDITIONS = {
    *("Equals", "NotEquals", "Less", "LessEqual", "Greater", "GreaterEqual", "InValues", "IsNull", "NotNull"),
    *("And", "Or", "Not"),
}
COUNTS = {"Count", "CountStar", "Sum", "Min", "Max"}
ALLOWED = TABLES | JOINS | VALUES | CONDITIONS | COUNTS
PART = Selection(from_us=0, until_us=1, organisations=(0,), regions=(0, 1), groups=(0,), citizen_groups=(0,))
# They put the findings of other metrics together and ask nothing themselves.
ASK_OTHERS = {"parallels", "phenomena", "phenomena.finding", "self_monitoring"}


def refused(expression: ir.Table) -> Iterator[str]:
    """What is not allowed in an expression."""
    for node in expression.op().find(ops.Node):
        name = type(node).__name__
        if name not in ALLOWED:
            yield name
        elif isinstance(node, ops.JoinLink) and not _is_join_of_keys(node):
            yield f"{node.how} join on {node.predicates}"
        elif isinstance(node, ops.Cast) and node.to.is_floating():
            yield "a fraction"
        elif isinstance(node, ops.Sum | ops.Min | ops.Max) and not (
            node.arg.dtype.is_integer() or node.arg.dtype.is_boolean()
        ):
            yield f"{name} of {node.arg.dtype}"


def _is_join_of_keys(link: ops.JoinLink) -> bool:
    equal = all(
        isinstance(each, ops.Equals) and isinstance(each.left, ops.Field) and isinstance(each.right, ops.Field)
        for each in link.predicates
    )
    return equal and bool(link.predicates) and link.how in ("inner", "left", "semi", "anti")


@pytest.mark.parametrize(
    ("name", "expression"), list(expressions()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_metric_asks_only_what_every_engine_answers(name: str, expression: Expression) -> None:
    for selection in (EVERYTHING, PART):
        asked = expression(selection)
        assert list(refused(asked)) == []
        assert ibis.to_sql(asked, dialect="duckdb")
        assert ibis.to_sql(asked, dialect="pyspark")


def test_every_metric_says_what_it_asks() -> None:
    metrics = [module for module in modules() if hasattr(module, "DEFINITION")]
    names = {
        module.__name__.removeprefix("zichtlijn.analysis.chains."): hasattr(module, "EXPRESSIONS") for module in metrics
    }
    assert {name for name, asks in names.items() if not asks} <= ASK_OTHERS
    assert len(names) > 12


def test_tables_are_those_of_the_layout() -> None:
    for name, expression in expressions():
        for table in expression(PART).op().find(ops.UnboundTable):
            assert table.name in ("events", "cases", "stays"), name
            assert table.schema == tables.__dict__[table.name].schema(), name


events = tables.events


@pytest.mark.parametrize(
    "asked",
    [
        events.mutate(before=events.at_us.lag()),
        events.group_by("case_no").agg(kinds=events.activity.nunique()),
        events.agg(middle=events.at_us.quantile(0.5)),
        events.agg(mean=events.at_us.mean()),
        events.agg(total=(events.at_us / 2).sum()),
        events.agg(total=events.at_us.cast("float64").sum()),
        events.order_by("at_us"),
        events.limit(3),
        events.mutate(day=events.at_us.as_timestamp("us")),
        events.join(tables.cases, events.at_us < tables.cases.end_us),
        events.cross_join(tables.cases),
        events.union(events),
    ],
    ids=lambda each: type(each.op()).__name__,
)
def test_what_engines_answer_differently_or_slowly_is_refused(asked: ir.Table) -> None:
    assert list(refused(asked))
