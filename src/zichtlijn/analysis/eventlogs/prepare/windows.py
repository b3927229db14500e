"""The SQL of the preparation: from the rows of one bucket, in codes, to its events, cases and stays.

The same SQL runs on DuckDB and on Spark. All numbers are whole, so the order in which an engine adds does not matter.
"""

from __future__ import annotations

from zichtlijn.analysis.eventlogs.prepare.dialects import Dialect
from zichtlijn.analysis.eventlogs.prepared import MOST_VALUES

_CODES = MOST_VALUES + 1
# Odd multipliers without structure, from the fractional digits of pi. Those of 31 bits meet the high half of a number,
# which has 32, those of 32 bits the low half, which has 31: no product passes 63 bits.
_SPREAD, _LOW, _HIGH, _LOW_2, _HIGH_2 = 0x243F6A89, 0x85A308D3, 0x13198A2F, 0xA4093823, 0x299F31D1
_HALF = 0x7FFFFFFF


def placed_sql(rows: str, dialect: Dialect, *, with_stays: bool) -> str:
    """Rows of whole cases, each with its ``position``, what comes next, and ``known`` and ``known_before``: the
    organisation where the case is at that event and where it was just before."""
    columns = [
        "row_number() OVER within - 1 AS position",
        "lead(activity) OVER within AS next_activity",
        "lead(organisation) OVER within AS next_organisation",
        "lead(at_us) OVER within - at_us AS to_next_us",
    ]
    if with_stays:
        known = dialect.last_known("organisation")
        order = "PARTITION BY case_no ORDER BY at_us, sequence, source ROWS BETWEEN UNBOUNDED PRECEDING AND"
        columns += [
            f"{known} OVER ({order} CURRENT ROW) AS known",
            f"{known} OVER ({order} 1 PRECEDING) AS known_before",
        ]
    window = "WINDOW within AS (PARTITION BY case_no ORDER BY at_us, sequence, source)"
    return f"SELECT *, {', '.join(columns)} FROM {rows} {window}"  # noqa: S608


def events_sql(placed: str, dialect: Dialect) -> str:
    """The events, in the columns of ``EVENTS`` and then those of ``KEPT``."""
    group = dialect.quoted("group")
    return (
        f"SELECT case_no, cast(position AS int) AS position, activity, at_us, complete_us, organisation, region, {group},"  # noqa: S608
        " citizen_group, next_activity, next_organisation, to_next_us,"
        " coalesce(organisation <> next_organisation, false) AS hand_over,"
        f" sequence AS {dialect.quoted('.sequence')}, source AS {dialect.quoted('.source')},"
        f" outcome AS {dialect.quoted('.outcome')}, term_us AS {dialect.quoted('.term_us')},"
        f" filled AS {dialect.quoted('.filled')} FROM {placed}"
    )


def first_known(column: str) -> str:
    """Of a group of events the first code that is known: the place and the code packed in one number."""
    packed = f"min(CASE WHEN {column} IS NOT NULL THEN position * {_CODES} + {column} END)"
    return f"cast({packed} % {_CODES} AS smallint)"


def last_known(column: str) -> str:
    """Of a group of events the last code that is known."""
    packed = f"max(CASE WHEN {column} IS NOT NULL THEN position * {_CODES} + {column} END)"
    return f"cast({packed} % {_CODES} AS smallint)"


def _contributions(placed: str, activities: str, dialect: Dialect) -> str:
    """The placed events with ``mixed``: 63 bits out of the text of the activity and its place.

    The variant is the exclusive or of those of a case, as positions on a board are hashed (Zobrist 1970): it follows
    the order of the activities, and neither codes nor buckets. Two rounds of multiplication spread the bits.
    """

    def product(number: str, low: int, high: int) -> str:
        return dialect.xor(f"({number} & {_HALF}) * {low}", f"({number} >> 31) * {high}")

    seed = dialect.xor("text_number", f"position * {_SPREAD}")
    first = f"SELECT p.*, {seed} AS seed FROM {placed} p JOIN {activities} a ON p.activity = a.code"  # noqa: S608
    second = f"SELECT *, {product('seed', _LOW, _HIGH)} AS once FROM ({first})"  # noqa: S608
    third = f"SELECT *, {dialect.xor('once', '(once >> 32)')} AS folded FROM ({second})"  # noqa: S608
    fourth = f"SELECT *, {product('folded', _LOW_2, _HIGH_2)} AS twice FROM ({third})"  # noqa: S608
    return f"SELECT *, {dialect.xor('twice', '(twice >> 32)')} AS mixed FROM ({fourth})"  # noqa: S608


def cases_sql(placed: str, activities: str, keys: str, closing: str, term_days: int | None, dialect: Dialect) -> str:
    """The cases, in the columns of ``CASES``.

    ``activities``: table of ``code`` and ``text_number``. ``keys``: table of ``case_no`` and ``case_key``.
    ``closing``: condition on an event that closes its case; empty when every case ends at its last event.
    """
    group = dialect.quoted("group")
    first_close = f"min(CASE WHEN {closing} THEN at_us END)" if closing else "max(at_us)"
    is_closed = f"max(CASE WHEN {closing} THEN 1 ELSE 0 END) = 1" if closing else "true"
    term = "max_by(term_us, CASE WHEN term_us IS NOT NULL THEN position END)"
    if term_days is not None:
        term = f"coalesce({term}, min(at_us) + {term_days * 86_400_000_000})"
    return (
        "SELECT g.case_no, k.case_key, start_us, end_us, events, activities, self_loops, hand_overs, variant,"  # noqa: S608
        " first_activity, last_activity, first_organisation, last_organisation,"
        f" region, {group}, citizen_group, outcome, term_us, closed FROM ("
        f"SELECT case_no, min(at_us) AS start_us, coalesce({first_close}, max(at_us)) AS end_us,"
        " cast(count(*) AS int) AS events, cast(count(DISTINCT activity) AS int) AS activities,"
        " cast(sum(CASE WHEN activity = next_activity THEN 1 ELSE 0 END) AS int) AS self_loops,"
        " cast(sum(CASE WHEN organisation <> next_organisation THEN 1 ELSE 0 END) AS int) AS hand_overs,"
        " bit_xor(mixed) AS variant,"
        f" {first_known('activity')} AS first_activity, {last_known('activity')} AS last_activity,"
        f" {first_known('organisation')} AS first_organisation, {last_known('organisation')} AS last_organisation,"
        f" {first_known('region')} AS region, {first_known(group)} AS {group},"
        f" {first_known('citizen_group')} AS citizen_group, {last_known('outcome')} AS outcome,"
        f" {term} AS term_us, {is_closed} AS closed"
        f" FROM ({_contributions(placed, activities, dialect)}) GROUP BY case_no) g JOIN {keys} k ON g.case_no = k.case_no"
    )


def stays_sql(placed: str, cases: str, sending: str, serving: str, dialect: Dialect) -> str:
    """The stays, in the columns of ``STAYS``.

    ``sending``: SQL of the code of the organisation that an event sends its case to, null when it does not.
    ``serving``: condition on an event with which the waiting ends.
    """
    group = dialect.quoted("group")
    numbered = (
        "SELECT *, sum(CASE WHEN known_before IS NULL OR known <> known_before THEN 1 ELSE 0 END)"  # noqa: S608
        " OVER (PARTITION BY case_no ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - 1 AS stay,"
        f" {sending} AS sends FROM {placed} WHERE known IS NOT NULL"
    )
    sent_first = f"max(CASE WHEN sends IS NOT NULL THEN position * {_CODES} + sends END)"
    grouped = (
        "SELECT case_no, stay, min(known) AS organisation,"  # noqa: S608
        f" {first_known('region')} AS region, {first_known(group)} AS {group},"
        f" {first_known('citizen_group')} AS citizen_group,"
        f" min(at_us) AS from_us, min(CASE WHEN {serving} THEN at_us END) AS served_us, max(at_us) AS last_us,"
        f" count(*) AS events, cast({sent_first} % {_CODES} AS smallint) AS sent_to,"
        " max(CASE WHEN sends IS NOT NULL THEN at_us END) AS sent_us,"
        f" cast(min(CASE WHEN filled IS NOT NULL THEN position * {_CODES} + filled END) % {_CODES} AS smallint) AS filled"
        f" FROM ({numbered}) GROUP BY case_no, stay"
    )
    linked = (
        "SELECT *, lead(from_us) OVER w AS next_us, lag(organisation) OVER w AS previous_organisation,"  # noqa: S608
        f" lead(organisation) OVER w AS next_organisation FROM ({grouped})"
        " WINDOW w AS (PARTITION BY case_no ORDER BY stay)"
    )
    arrived = (
        "SELECT s.case_no, s.stay, min(l.from_us) AS arrived_us FROM linked s JOIN linked l"
        " ON s.case_no = l.case_no AND s.sent_to = l.organisation AND l.stay > s.stay GROUP BY s.case_no, s.stay"
    )
    ends = "CASE WHEN c.end_us >= s.from_us THEN c.end_us ELSE s.last_us END"
    return (
        f"WITH linked AS ({linked}), arrived AS ({arrived})"  # noqa: S608
        " SELECT s.case_no, cast(s.stay AS int) AS stay, s.organisation, coalesce(s.region, c.region) AS region,"
        f" coalesce(s.{group}, c.{group}) AS {group}, coalesce(s.citizen_group, c.citizen_group) AS citizen_group,"
        f" s.from_us, s.served_us, s.last_us, coalesce(s.next_us, CASE WHEN c.closed THEN {ends} END) AS until_us,"
        " cast(s.events AS int) AS events, s.previous_organisation, s.next_organisation, s.sent_to, s.sent_us,"
        " a.arrived_us, s.filled FROM linked s"
        f" JOIN {cases} c ON s.case_no = c.case_no"
        " LEFT JOIN arrived a ON s.case_no = a.case_no AND s.stay = a.stay"
    )
