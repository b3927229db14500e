"""The windows of the preparation as SQL for Spark: from the rows of one bucket to its events, cases and stays.

It gives what ``event_table``, ``case_table`` and ``stay_table`` give. A code and the position of its event are packed
in one number where the first or last one known is asked for.
"""

from __future__ import annotations

from zichtlijn.analysis.eventlogs.prepare.codes_of_mapping import MappedCodes
from zichtlijn.analysis.eventlogs.prepare.variant import HALF, ROUNDS, SPREAD
from zichtlijn.analysis.eventlogs.prepared import EVENTS, KEPT, MOST_VALUES, STAYS
from zichtlijn.analysis.eventlogs.time_scale import DAY_US, STEPS
from zichtlijn.analysis.eventlogs.time_zones import changes

_CODES = MOST_VALUES + 1
_UP_TO_HERE = "PARTITION BY case_no ORDER BY at_us, sequence ROWS BETWEEN UNBOUNDED PRECEDING AND"


def placed_sql(rows: str) -> str:
    """The rows with ``position``, what comes next, and ``known`` and ``known_before``: the organisation where the case
    is at that event, and where it was just before."""
    window = (
        "WINDOW within AS (PARTITION BY case_no ORDER BY at_us, sequence),"
        " alike AS (PARTITION BY case_no, activity ORDER BY at_us, sequence)"
    )
    return (
        "SELECT *, cast(row_number() OVER within AS bigint) - 1 AS position,"  # noqa: S608
        " cast(row_number() OVER alike AS int) - 1 AS done_before,"
        " lead(activity) OVER within AS next_activity,"
        " lead(organisation) OVER within AS next_organisation, lead(at_us) OVER (within) - at_us AS to_next_us,"
        f" last_value(organisation, true) OVER ({_UP_TO_HERE} CURRENT ROW) AS known,"
        f" last_value(organisation, true) OVER ({_UP_TO_HERE} 1 PRECEDING) AS known_before FROM {rows} {window}"
    )


def events_sql(codes: MappedCodes) -> str:
    """From ``placed``: the columns of ``EVENTS`` and ``KEPT``."""
    made = {
        "position": "cast(position AS int)",
        "hand_over": "coalesce(known <> next_organisation, false)",
        "day": _day_sql("at_us", codes),
        "to_next_step": _step_sql("to_next_us"),
    }
    columns = [f"{made.get(name, f'`{name}`')} AS `{name}`" for name in EVENTS.names]
    columns += [f"`{name[1:]}` AS `{name}`" for name in KEPT.names]
    return f"SELECT {', '.join(columns)} FROM placed"  # noqa: S608


def cases_sql(codes: MappedCodes) -> str:
    """From ``placed`` and ``activities`` (``code``, ``text_number``): the columns of ``CASES``."""
    closing = None if codes.closing is None else _among(codes.closing.nonzero()[0].tolist())
    end_us = "max(at_us)" if closing is None else f"coalesce(min(CASE WHEN {closing} THEN at_us END), max(at_us))"
    closed = "true" if closing is None else f"coalesce(bool_or({closing}), false)"
    grouped = (
        f"SELECT case_no, min(case_key) AS case_key, min(at_us) AS start_us, {end_us} AS end_us,"  # noqa: S608
        " cast(count(*) AS int) AS events, cast(count(DISTINCT activity) AS int) AS activities,"
        " cast(count_if(activity = next_activity) AS int) AS self_loops,"
        " cast(count_if(known <> next_organisation) AS int) AS hand_overs, bit_xor(mixed) AS variant,"
        f" {_first_known('activity')} AS first_activity, {_last_known('activity')} AS last_activity,"
        f" {_first_known('organisation')} AS first_organisation, {_last_known('organisation')} AS last_organisation,"
        f" {_first_known('region')} AS region, {_first_known('`group`')} AS `group`,"
        f" {_first_known('citizen_group')} AS citizen_group, {_last_known('outcome')} AS outcome,"
        " max_by(term_us, CASE WHEN term_us IS NOT NULL THEN position END) AS given_us,"
        f" {closed} AS closed FROM ({_mixed_sql()}) GROUP BY case_no"
    )
    return (
        "SELECT case_no, case_key, start_us, end_us, events, activities, self_loops, hand_overs, variant,"  # noqa: S608
        " first_activity, last_activity, first_organisation, last_organisation, region, `group`, citizen_group,"
        f" outcome, term_us, closed, {_day_sql('start_us', codes)} AS start_day,"
        f" {_day_sql('end_us', codes)} AS end_day, {_step_sql('end_us - start_us')} AS duration_step"
        f" FROM ({_terms_sql(grouped, codes)})"
    )


def same_numbers_sql() -> str:
    """From ``placed``: two cases that have the same number."""
    return (
        "SELECT min(case_key) AS first, max(case_key) AS second FROM placed GROUP BY case_no"
        " HAVING min(case_key) <> max(case_key) LIMIT 1"
    )


def stays_sql(codes: MappedCodes) -> str:
    """From ``placed`` and ``cases_made``: the columns of ``STAYS``."""
    linked = (
        "SELECT *, lead(from_us) OVER w AS next_us, lag(organisation) OVER w AS previous_organisation,"  # noqa: S608
        f" lead(organisation) OVER w AS next_organisation FROM ({_stays_grouped_sql(codes)})"
        " WINDOW w AS (PARTITION BY case_no ORDER BY stay)"
    )
    arrived = (
        "SELECT s.case_no, s.stay, min(l.from_us) AS arrived_us FROM linked s JOIN linked l"
        " ON s.case_no = l.case_no AND s.sent_to = l.organisation AND l.stay > s.stay GROUP BY s.case_no, s.stay"
    )
    ended = "greatest(s.from_us, least(s.next_us, c.end_us))"  # least passes over null
    until = f"CASE WHEN c.closed THEN {ended} ELSE s.next_us END"
    made = (
        "SELECT s.case_no, cast(s.stay AS int) AS stay, s.organisation, coalesce(s.region, c.region) AS region,"  # noqa: S608
        " coalesce(s.`group`, c.`group`) AS `group`, coalesce(s.citizen_group, c.citizen_group) AS citizen_group,"
        f" s.from_us, CASE WHEN s.served_us > {until} THEN NULL ELSE s.served_us END AS served_us, s.last_us,"
        f" {until} AS until_us, s.next_us - s.last_us AS to_next_us, s.next_us,"
        " cast(s.events AS int) AS events, s.previous_organisation, s.next_organisation, s.sent_to, s.sent_us,"
        " a.arrived_us, s.filled FROM linked s JOIN cases_made c ON s.case_no = c.case_no"
        " LEFT JOIN arrived a ON s.case_no = a.case_no AND s.stay = a.stay"
    )
    days = ", ".join(
        f"{_day_sql(f'{name}_us', codes)} AS {name}_day" for name in ("from", "served", "last", "until", "next")
    )
    step = f"{_step_sql('to_next_us')} AS to_next_step"
    dated = f"SELECT *, {days}, {step} FROM ({made})"  # noqa: S608
    columns = ", ".join(f"`{name}`" for name in STAYS.names)
    return f"WITH linked AS ({linked}), arrived AS ({arrived}) SELECT {columns} FROM ({dated})"  # noqa: S608


def _stays_grouped_sql(codes: MappedCodes) -> str:
    serving = _among(codes.serving.nonzero()[0].tolist())
    sends = [f"WHEN {code} THEN {codes.sending[code]}" for code in (codes.sending >= 0).nonzero()[0].tolist()]
    sending = f"CASE activity {' '.join(sends)} END" if sends else "cast(NULL AS int)"
    numbered = (
        "SELECT *, sum(CASE WHEN known = known_before THEN 0 ELSE 1 END)"  # noqa: S608
        " OVER (PARTITION BY case_no ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - 1 AS stay,"
        f" {sending} AS sends FROM placed WHERE known IS NOT NULL"
    )
    return (
        f"SELECT case_no, stay, min(known) AS organisation, {_first_known('region')} AS region,"  # noqa: S608
        f" {_first_known('`group`')} AS `group`, {_first_known('citizen_group')} AS citizen_group,"
        f" min(at_us) AS from_us, min(CASE WHEN {serving} THEN at_us END) AS served_us, max(at_us) AS last_us,"
        f" count(*) AS events, {_last_known('sends')} AS sent_to,"
        f" max(CASE WHEN sends IS NOT NULL THEN at_us END) AS sent_us, {_first_known('filled')} AS filled"
        f" FROM ({numbered}) GROUP BY case_no, stay"
    )


def _mixed_sql() -> str:
    """``variant.mixed``, a step at a time."""
    sql = (
        f"SELECT p.*, a.text_number ^ (p.position * {SPREAD}) AS mixed"  # noqa: S608
        " FROM placed p JOIN activities a ON p.activity = a.code"
    )
    for low, high in ROUNDS:
        product = f"((mixed & {HALF}) * {low}) ^ (shiftright(mixed, 31) * {high})"
        sql = f"SELECT * EXCEPT (mixed), {product} AS mixed FROM ({sql})"  # noqa: S608
        sql = f"SELECT * EXCEPT (mixed), mixed ^ shiftright(mixed, 32) AS mixed FROM ({sql})"  # noqa: S608
    return sql


def _terms_sql(grouped: str, codes: MappedCodes) -> str:
    """``term_dates``, a step at a time."""
    first, found = changes(codes.time_zone)
    offsets = [first, *(each.after_us for each in found)]
    moments, walls = ([each.at_us for each in found], [each.until_us for each in found])
    days = "NULL" if codes.term_days is None else str(codes.term_days)
    start = f"start_us + {_offset_sql('start_us', moments, offsets)}"
    given = f"given_us + {_offset_sql('given_us', moments, offsets)}"
    sql = f"SELECT *, {given} AS given_wall, {start} + {days} * {DAY_US} AS start_wall FROM ({grouped})"  # noqa: S608
    wall = f"CASE WHEN given_us IS NULL THEN start_wall WHEN pmod(given_wall, {DAY_US}) = 0 THEN given_wall END"
    sql = f"SELECT *, {wall} AS wall FROM ({sql})"  # noqa: S608
    sql = f"SELECT *, wall - pmod(wall, {DAY_US}) + {DAY_US} AS day_end FROM ({sql})"  # noqa: S608
    term = f"coalesce(day_end - {_offset_sql('day_end', walls, offsets)} - 1, given_us)"
    return f"SELECT *, {term} AS term_us FROM ({sql})"  # noqa: S608


def _day_sql(moment: str, codes: MappedCodes) -> str:
    """``calendar_days`` of a column."""
    first, found = changes(codes.time_zone)
    offset = _offset_sql(moment, [each.at_us for each in found], [first, *(each.after_us for each in found)])
    wall = f"({moment} + {offset})"
    return f"cast(({wall} - pmod({wall}, {DAY_US})) div {DAY_US} AS int)"


def _step_sql(duration: str) -> str:
    """``time_bins`` of a column."""
    coarsest_first = [(step, step.bin - step.from_us // step.width_us) for step in reversed(STEPS)]
    branches = [
        f"WHEN {duration} >= {step.from_us} THEN ({duration}) div {step.width_us} + {shift}"
        for step, shift in coarsest_first
    ]
    return f"cast(CASE {' '.join(branches)} END AS int)"


def _offset_sql(column: str, bounds: list[int], offsets: list[int]) -> str:
    """The offset that counts at a moment: as many bounds as are not later have been passed."""
    passed = f"size(filter(array({_longs(bounds)}), bound -> bound <= {column}))" if bounds else "0"
    return f"array({_longs(offsets)})[{passed}]"


def _longs(numbers: list[int]) -> str:
    return ", ".join(f"{number}L" for number in numbers)


def _first_known(column: str) -> str:
    return _packed("min", column)


def _last_known(column: str) -> str:
    return _packed("max", column)


def _packed(which: str, column: str) -> str:
    packed = f"{which}(CASE WHEN {column} IS NOT NULL THEN position * {_CODES} + {column} END)"
    return f"cast({packed} % {_CODES} AS smallint)"


def _among(codes: list[int]) -> str:
    return f"activity IN ({', '.join(map(str, codes))})" if codes else "false"
