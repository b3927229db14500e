"""The agreed chain: who may hand cases to whom, within which term, and in what order. Data, kept as JSON.

::

    {"name": "Fines",
     "organisations": ["Police", "Court", "Collection"],
     "hand_overs": [{"from": "Police", "to": "Court", "within_days": 14, "counted_from": "arrival"},
                    {"from": "Court", "to": "Collection"}],
     "order": {"of": "organisation", "steps": ["Police", "Court", "Collection"], "may_be_skipped": ["Court"]}}
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Values
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.texts import gettext_noop

UNREADABLE = gettext_noop("The chain model cannot be read here: %(value)s.")
CountedFrom = Literal["arrival", "last_event"]
OrderOf = Literal["organisation", "activity"]
MOST = (200, 400, 50)
"""Organisations, hand-overs and steps of one model."""
MOST_DAYS, LONGEST = 36_500, 500
"""Of a term, and signs of a name."""


@dataclass(frozen=True, slots=True)
class AgreedHandOver:
    """A hand-over that is agreed. Its term is in calendar days, None without one, from the arrival at the sender or
    from the last event there, to the first event at the receiver."""

    sender: str
    receiver: str
    within_days: int | None = None
    counted_from: CountedFrom = "arrival"


@dataclass(frozen=True, slots=True)
class ChainModel:
    """``steps``: organisations or activities in the agreed order; empty when no order is agreed."""

    name: str
    organisations: tuple[str, ...] = ()
    hand_overs: tuple[AgreedHandOver, ...] = ()
    order_of: OrderOf = "organisation"
    steps: tuple[str, ...] = ()
    may_be_skipped: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; ``from_json`` gives the same model back."""
        return {
            "name": self.name,
            "organisations": list(self.organisations),
            "hand_overs": [_hand_over_json(each) for each in self.hand_overs],
            "order": {"of": self.order_of, "steps": list(self.steps), "may_be_skipped": list(self.may_be_skipped)},
        }

    @classmethod
    def from_json(cls, values: object) -> ChainModel:
        """Raises LogError that names what is wrong."""
        given = _object(values, "name", "organisations", "hand_overs", "order")
        order = _object(given.get("order", {}), "of", "steps", "may_be_skipped")
        model = cls(
            _text(given.get("name", "")),
            _texts(given.get("organisations", [])),
            tuple(_hand_over(each) for each in _list(given.get("hand_overs", []))),
            _one_of(order.get("of", "organisation"), get_args(OrderOf)),
            _texts(order.get("steps", [])),
            _texts(order.get("may_be_skipped", [])),
        )
        model.check()
        return model

    @classmethod
    def read(cls, path: Path, filename: str = "") -> ChainModel:
        """From a file. Raises LogError when it cannot be read or something in it is wrong."""
        try:
            text = path.read_text(encoding="utf-8-sig")
            values = json.loads(text)
        except json.JSONDecodeError as error:
            message = gettext_noop("%(path)s is not JSON.")
            raise LogError("model-json", message, line=error.lineno, path=filename or path.name) from error
        except (OSError, ValueError, RecursionError) as error:
            message = gettext_noop("%(path)s cannot be read.")
            raise LogError("model-file", message, path=filename or path.name) from error
        try:
            return cls.from_json(values)
        except LogError as error:
            error.line = _line_of(error, text)
            raise

    @property
    def _sizes(self) -> tuple[int, int, int]:
        return len(self.organisations), len(self.hand_overs), len(self.steps)

    def check(self) -> None:
        """Raises LogError when the parts of the model contradict each other."""
        if not self.hand_overs and not self.steps:
            raise LogError(
                "model-empty", gettext_noop("The chain model agrees on nothing: no hand-overs and no order.")
            )
        if any(size > most for size, most in zip(self._sizes, MOST, strict=True)):
            organisations, hand_overs, steps = MOST
            message = gettext_noop(
                "The chain model is too large: at most %(organisations)s organisations, %(hand_overs)s hand-overs and "
                "%(steps)s steps can be held against a log."
            )
            raise LogError("model-large", message, organisations=organisations, hand_overs=hand_overs, steps=steps)
        pairs = [(each.sender, each.receiver) for each in self.hand_overs]
        known = set(self.organisations)
        named = {name for pair in pairs for name in pair} | (
            set(self.steps) if self.order_of == "organisation" else set()
        )
        _none_of(
            named - known,
            "model-organisation",
            gettext_noop("Not among the organisations of the chain model: %(names)s."),
        )
        _none_of(
            set(self.may_be_skipped) - set(self.steps), "model-skipped", gettext_noop("Not among the steps: %(names)s.")
        )
        _none_of(
            {" → ".join(pair) for pair in pairs if pairs.count(pair) > 1},
            "model-twice",
            gettext_noop("Agreed more than once: %(names)s."),
        )
        _none_of(
            {step for step in self.steps if self.steps.count(step) > 1},
            "model-twice",
            gettext_noop("More than once: %(names)s."),
        )
        _none_of(
            {one for one, other in pairs if one == other},
            "model-itself",
            gettext_noop("Hands over to itself: %(names)s."),
        )


def _line_of(error: LogError, text: str) -> int | None:
    """The first line with what the error names, as JSON writes it; None when the error is about the whole."""
    told = error.params.get("names", error.params.get("value"))
    if isinstance(told, str):
        written = [json.dumps(name, ensure_ascii=False) for part in told.split(", ") for name in part.split(" → ")]
        patterns = [re.escape(each) for each in written]
    elif isinstance(told, int | float):
        patterns = [rf":\s*{re.escape(json.dumps(told))}\s*(?:[,}}]|$)"]
    else:
        return None
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if any(re.search(each, line) for each in patterns)), None)


def _hand_over_json(each: AgreedHandOver) -> dict[str, Any]:
    values: dict[str, Any] = {"from": each.sender, "to": each.receiver}
    term = {"within_days": each.within_days, "counted_from": each.counted_from}
    return values | (term if each.within_days is not None else {})


def _hand_over(value: object) -> AgreedHandOver:
    given = _object(value, "from", "to", "within_days", "counted_from")
    days = given.get("within_days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS):
        raise LogError("model-term", gettext_noop("A term must be a whole number of days: %(value)s."), value=days)
    counted_from = _one_of(given.get("counted_from", "arrival"), get_args(CountedFrom))
    return AgreedHandOver(_text(given.get("from")), _text(given.get("to")), days, counted_from)


def _object(value: object, *fields: str) -> Values[str, Any]:
    if not isinstance(value, dict):
        raise LogError("model-form", UNREADABLE, value=value)
    _none_of(set(value) - set(fields), "model-field", gettext_noop("The chain model has an unknown field: %(names)s."))
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise LogError("model-form", UNREADABLE, value=value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST or not value.isprintable():
        raise LogError(
            "model-name",
            gettext_noop("A name is missing in the chain model, or is not a text: %(value)s."),
            value=value,
        )
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value))


def _one_of(value: object, known: tuple[Any, ...]) -> Any:
    if value not in known:
        message = gettext_noop("%(value)s is not one of: %(known)s.")
        raise LogError("model-choice", message, value=value, known=", ".join(known))
    return value


def _none_of(names: set[str], code: str, message: str) -> None:
    if names:
        raise LogError(code, message, names=", ".join(sorted(map(str, names))))
