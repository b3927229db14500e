"""The dictionaries and weights that the proposals rest on, read from YAML files that an inspectorate can extend.

The files stand in ``data/``: organisations, chains, acts, groups, domains, activity_words, weights. A directory of
one's own may hold files of the same names and form; an entry with a known name replaces ours, others are added.
A mistake is reported as :class:`DictionaryError` with file, line and entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import yaml

from zichtlijn.analysis.documents.dictionaries_conjugation import Tense, forms_of
from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus

DATA = Path(__file__).parent / "data"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = (*get_args(ActivityKind), "none")
STATUSES = get_args(ActivityStatus)
NAME_FIELDS = {"name", "abbreviations", "certain", "aliases", "domain", "kind", "identifier", "heads"}
VERB_FIELDS = {"verb", "kind", "status", "with", "noun", "stem", "present", "past", "participle", "weight"}

EXPRESSIONS = ("activity_headings", "background_headings", "result_headings", "staff_headings", "coming_time")

# From this length on a word counts as the head of a compound: themaonderzoek is an onderzoek.
SHORTEST_HEAD = 5

Row = dict[str, Any]
T = TypeVar("T")


class DictionaryError(ValueError):
    """A dictionary file that cannot be used; the message names the file, the line and what is wrong."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        where = f"{path.name}:{line}" if line else path.name
        super().__init__(f"{where}: {problem}")
        self.path, self.line, self.problem = path, line, problem


@dataclass(frozen=True, slots=True)
class Name:
    """Something with a name: an organisation, a chain, an act or a group. ``certain`` are short abbreviations
    that count without being explained; ``identifier`` is a TOOI address, BWB number or CELEX number."""

    name: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    certain: tuple[str, ...] = ()
    domain: str | None = None
    kind: str | None = None
    identifier: str | None = None
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Domain:
    """A field of supervision with the beginnings of words that point to it."""

    name: str
    words: tuple[str, ...]

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The words with the space before them."""
        return tuple(f" {word}" for word in self.words)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of supervision. ``particle`` is the part that comes loose; ``kind`` is None for a verb of seeing or
    meaning; ``companions`` are words of which one must stand in the sentence; ``weight`` is added to the score."""

    infinitive: str
    particle: str
    kind: ActivityKind | None
    status: ActivityStatus | None
    companions: frozenset[str]
    long_companions: tuple[str, ...]
    noun: str | None
    weight: float
    forms: tuple[tuple[str, Tense], ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """A phrase that announces an activity without the inspectorate as subject.

    ``signs``: text in small letters one of which must be there, or the phrase cannot be: quicker to ask first.
    """

    words: re.Pattern[str]
    signs: tuple[str, ...]
    kind: ActivityKind
    status: ActivityStatus | None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """How inspectorates say what they will do. ``by_form`` maps a word form to the verbs it can be, with tense."""

    verbs: tuple[Verb, ...]
    by_form: dict[str, tuple[tuple[Verb, Tense], ...]]
    pronouns: frozenset[str]
    nouns: frozenset[str]
    own: frozenset[str]
    activity_nouns: frozenset[str]
    activity_noun_verbs: frozenset[str]
    helpers: dict[str, str]
    fillers: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    determiners: frozenset[str]
    continuations: tuple[tuple[str, ...], ...]
    announcements: tuple[Announcement, ...]
    statuses: tuple[tuple[ActivityStatus, re.Pattern[str]], ...]
    expressions: dict[str, re.Pattern[str]]
    signs: tuple[tuple[str, re.Pattern[str]], ...]
    columns: tuple[tuple[str, re.Pattern[str]], ...]
    noun_kinds: dict[str, ActivityKind]
    long_activity_nouns: tuple[str, ...]

    def is_activity_noun(self, low: str) -> bool:
        """Whether a word is one, or a compound of one: tussenrapport is a rapport."""
        return low in self.activity_nouns or low.endswith(self.long_activity_nouns)


@dataclass(frozen=True)
class Dictionaries:
    """All dictionaries together; see the YAML files for what each holds. Load once, use often."""

    organisations: tuple[Name, ...] = ()
    chains: tuple[Name, ...] = ()
    acts: tuple[Name, ...] = ()
    groups: tuple[Name, ...] = ()
    domains: tuple[Domain, ...] = ()
    words: ActivityWords = field(default_factory=lambda: _activity_words([], {}))
    weights: dict[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, extra: Path | None = None) -> Dictionaries:
        """Our dictionaries, with those of the directory ``extra`` added. Raises :class:`DictionaryError`."""
        return _load_default() if extra is None else _load(extra)

    @cached_property
    def cache(self) -> dict[str, object]:
        """What other modules compile from these dictionaries (name indexes), kept with them."""
        return {}


def compiled(dictionaries: Dictionaries, key: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for these dictionaries."""
    if key not in dictionaries.cache:
        dictionaries.cache[key] = make()
    return cast("T", dictionaries.cache[key])


@lru_cache(maxsize=1)
def _load_default() -> Dictionaries:
    return _load(None)


def _load(extra: Path | None) -> Dictionaries:
    if extra is not None and not extra.is_dir():
        raise DictionaryError(extra, None, "is not a directory")
    words = _mapping("activity_words.yaml", extra)
    return Dictionaries(
        organisations=_names("organisations", extra),
        chains=_names("chains", extra),
        acts=_names("acts", extra),
        groups=_names("groups", extra),
        domains=tuple(
            Domain(row["name"], _strings(row, "words")) for row in _rows("domains", extra, {"name", "words"})
        ),
        words=_activity_words(_verb_rows(extra), words),
        weights=_weights(extra),
    )


def _read(path: Path) -> Row:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader, in C or not
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise DictionaryError(path, mark.line + 1 if mark else None, f"is not valid YAML: {problem}") from error
    if not isinstance(content, dict):
        raise DictionaryError(path, 1, "must hold a mapping at the top")
    return content


def _paths(filename: str, extra: Path | None) -> list[Path]:
    own = [extra / filename] if extra is not None and (extra / filename).is_file() else []
    return [DATA / filename, *own]


def _line_of(path: Path, key: str, position: int) -> int | None:
    """The line of the entry at ``position`` of the list ``key``: read again with line numbers, for an error only."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    for name, value in node.value if node is not None else []:
        if name.value == key and isinstance(value, yaml.SequenceNode) and position < len(value.value):
            return int(value.value[position].start_mark.line) + 1
    return None


def _checked_rows(path: Path, key: str, id_field: str, allowed: set[str]) -> Iterable[Row]:
    rows = _read(path).get(key, [])
    if not isinstance(rows, list):
        raise DictionaryError(path, None, f"{key} must be a list")
    for position, row in enumerate(rows):
        problem = _problem(row, id_field, allowed)
        if problem:
            raise DictionaryError(path, _line_of(path, key, position), f"{key}[{position + 1}]: {problem}")
        yield row


def _problem(row: object, id_field: str, allowed: set[str]) -> str | None:
    if not isinstance(row, dict):
        return "must be a mapping"
    if not isinstance(row.get(id_field), str) or not row[id_field].strip():
        return f"needs {id_field}, a text"
    unknown = sorted(str(key) for key in row if key not in allowed)
    if unknown:
        return f"{row[id_field]}: unknown field {', '.join(unknown)}"
    for key in ("abbreviations", "aliases", "certain", "heads", "words", "with", "present", "past"):
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return f"{row[id_field]}: {key} must be a list of texts"
    if id_field == "verb":
        return _verb_problem(row)
    return None


def _verb_problem(row: Row) -> str | None:
    if row.get("kind") not in KINDS:
        return f"{row['verb']}: kind must be one of {', '.join(KINDS)}"
    if row.get("status") is not None and row["status"] not in STATUSES:
        return f"{row['verb']}: status must be one of {', '.join(STATUSES)}"
    if not isinstance(row.get("weight", 0), int | float):
        return f"{row['verb']}: weight must be a number"
    return None


def _rows(key: str, extra: Path | None, allowed: set[str]) -> list[Row]:
    merged: dict[str, Row] = {}
    for path in _paths(f"{key}.yaml", extra):
        for row in _checked_rows(path, key, "name", allowed):
            merged[row["name"].casefold()] = row
    return list(merged.values())


def _strings(row: Row, key: str) -> tuple[str, ...]:
    return tuple(row.get(key) or ())


def _names(key: str, extra: Path | None) -> tuple[Name, ...]:
    return tuple(
        Name(
            name=row["name"],
            abbreviations=_strings(row, "abbreviations"),
            aliases=_strings(row, "aliases"),
            certain=_strings(row, "certain"),
            domain=row.get("domain"),
            kind=row.get("kind"),
            identifier=row.get("identifier"),
            heads=_strings(row, "heads"),
        )
        for row in _rows(key, extra, NAME_FIELDS)
    )


def _mapping(filename: str, extra: Path | None) -> Row:
    """The lists and expressions of the file apart from the verbs; one's own lists are added, expressions replaced."""
    merged: Row = {}
    for path in _paths(filename, extra):
        for key, value in _read(path).items():
            if isinstance(value, dict):
                known = merged.get(key, {})
                merged[key] = known | {name: _joined(known.get(name), items) for name, items in value.items()}
            elif isinstance(value, list) and key != "verbs":
                merged[key] = [*merged.get(key, []), *value]
            elif isinstance(value, str):
                merged[key] = _expression(path, key, value)
    return merged


def _joined(known: list[str] | str | None, more: list[str] | str) -> list[str] | str:
    return [*known, *more] if isinstance(known, list) and isinstance(more, list) else more


def _expression(path: Path, key: str, value: str) -> re.Pattern[str]:
    try:
        return re.compile(value, re.IGNORECASE)
    except re.error as error:
        raise DictionaryError(path, None, f"{key}: is not a regular expression: {error}") from error


def _verb_rows(extra: Path | None) -> list[Row]:
    # One's own verbs go first, so that a more specific line wins over ours.
    paths = reversed(_paths("activity_words.yaml", extra))
    return [row for path in paths for row in _checked_rows(path, "verbs", "verb", VERB_FIELDS)]


def _verb(row: Row) -> Verb:
    past = tuple(row["past"]) if "past" in row else None
    forms = forms_of(
        row["verb"], stem=row.get("stem"), present=_strings(row, "present"), past=past, participle=row.get("participle")
    )
    kind = row["kind"]
    return Verb(
        infinitive=row["verb"].replace("|", ""),
        particle=row["verb"].rpartition("|")[0],
        kind=None if kind == "none" else kind,
        status=row.get("status"),
        companions=frozenset(word.lower() for word in row.get("with", ())),
        long_companions=tuple(word.lower() for word in row.get("with", ()) if len(word) >= SHORTEST_HEAD),
        noun=row.get("noun"),
        weight=float(row.get("weight", 0.0)),
        forms=forms,
    )


def _activity_words(rows: list[Row], lists: Row) -> ActivityWords:
    verbs = tuple(_verb(row) for row in rows)
    by_form: dict[str, list[tuple[Verb, Tense]]] = {}
    for verb in verbs:
        for form, tense in verb.forms:
            by_form.setdefault(form, []).append((verb, tense))
    own = lists.get("self", {})
    path = DATA / "activity_words.yaml"
    announced = lists.get("announcements", ())
    return ActivityWords(
        verbs=verbs,
        by_form={form: tuple(found) for form, found in by_form.items()},
        pronouns=frozenset(own.get("pronouns", ())),
        nouns=frozenset(own.get("nouns", ())),
        own=frozenset(own.get("own", ())),
        activity_nouns=frozenset(lists.get("activity_nouns", ())),
        activity_noun_verbs=frozenset(lists.get("activity_noun_verbs", ())),
        helpers={word: role for role, words in lists.get("helpers", {}).items() for word in words},
        fillers=frozenset(lists.get("fillers", ())),
        prepositions=frozenset(lists.get("prepositions", ())),
        subordinators=frozenset(lists.get("subordinators", ())),
        determiners=frozenset(lists.get("determiners", ())),
        continuations=tuple(tuple(phrase.lower().split()) for phrase in lists.get("continuations", ())),
        announcements=tuple(
            Announcement(
                _expression(path, "announcements", row["words"]),
                tuple(row.get("with", ("",))),
                row["kind"],
                row.get("status"),
                row.get("weight", 0.0),
            )
            for row in announced
        ),
        statuses=tuple(
            (row["status"], _expression(path, "statuses", row["words"])) for row in lists.get("statuses", ())
        ),
        expressions={key: lists[key] for key in EXPRESSIONS if key in lists},
        long_activity_nouns=tuple(noun for noun in lists.get("activity_nouns", ()) if len(noun) > SHORTEST_HEAD),
        noun_kinds={noun: kind for kind, nouns in lists.get("noun_kinds", {}).items() for noun in nouns},
        signs=tuple((name, _expression(path, name, words)) for name, words in lists.get("signs", {}).items()),
        columns=tuple((name, _expression(path, name, words)) for name, words in lists.get("columns", {}).items()),
    )


def _weights(extra: Path | None) -> dict[str, float]:
    weights: dict[str, float] = {}
    for path in _paths("weights.yaml", extra):
        for name, value in _read(path).get("weights", {}).items():
            if not isinstance(value, int | float) or isinstance(value, bool):
                raise DictionaryError(path, None, f"weights: {name} must be a number")
            weights[name] = float(value)
    return weights
