"""Asking every request as one person, and finding in the answers what that person may not know.

Two ways. A word: every text field of every thing holds a word of its own, which may stand in no answer to who may not
read it, and neither may the key or reference of a thing of which he may know nothing. And a difference: every page that
opens is asked again in a world without the things that are hidden from this person; a count, a choice of a filter, an
empty row or a longer page betrays them by being different, whatever it says.
"""

from __future__ import annotations

import difflib
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import transaction

from zichtlijn.platform.events.models import Event

from .matrix_people import Person
from .matrix_requests import Request, calendar_of, is_elsewhere, of_examples, of_thing, plain, routes
from .matrix_world import BESIDE_LABELS, CASE_FILE_LABELS, Thing, World

FINE = {200, 204, 302, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 428, 429}
CLOSED = {301, 302, 400, 401, 403, 404, 405, 406, 415, 422}
METHODS = ("head", "put", "patch", "delete")
WORD = re.compile(rb"kanarie[a-z]+")
KEY = re.compile(rb"70[0-9]00(?![0-9])")
# What is new in every answer; the patterns that are found quickest come first, and the others are often not needed.
CHANGING = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": *"[^"]*"'),
    re.compile(rb'nonce="[^"]*"|nonce-[^\' ;]*'),
    re.compile(rb'name="(?:submission|token|key)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="submission"'),
    re.compile(rb"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|DTSTAMP:[0-9TZ]*"),
)
# Pages with something new at every visit; their words are looked at, their sameness is not.
NEVER_THE_SAME = {"accounts:set-up-second-factor": "a new secret each time"}
# Who may see that a thing is there (its reference, never a word of it), and where.
KNOWN_OF = {
    ("administrator", "casefiles:file-list"): "reference, owner and number of people of restricted files",
    ("administrator", "casefiles:replace-owner"): "of a restricted file whose owner is gone",
    ("administrator", "casefiles:readings"): "the read trail, by reference",
    ("administrator", "events:event-list"): "events name things by reference",
} | {
    (person, f"retention:{page}"): what
    for person in ("administrator", "programme manager", "inspector-general")
    for page, what in (
        ("holds", "who has a part in destroying reads the reference of what is held, and no reason of it"),
        ("figures", "and how many there are of each kind and outcome"),
    )
}
# The read trail says for which purpose somebody was let in.
PURPOSES = ("administrator", "casefiles:readings")


@dataclass
class Answer:
    """What came back: the status, and all bytes that can say something, headers and unpacked files included."""

    status: int
    body: bytes


@dataclass
class Findings:
    """What was asked, and what was wrong."""

    person: str
    routes: int = 0
    requests: int = 0
    checks: int = 0
    opened: int = 0
    wrong: list[str] = field(default_factory=list)

    def require(self, is_right: bool, request: Request, what: str) -> None:
        """Count a check; keep what is wrong."""
        self.checks += 1
        if not is_right:
            self.wrong.append(f"{self.person}: {request.route} {request.address}: {what}")


def ask(browser: Any, address: str, method: str = "get", data: Any = None) -> Answer:
    """One request."""
    if method in METHODS and data is not None:
        data = urlencode(data, doseq=True)
    answer = getattr(browser, method)(address, data)
    browser.cookies.pop("messages", None)  # what a redirect would say on the next page
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in sorted(packed.namelist()) if "docProps" not in name)
    if body[:15] == b"BEGIN:VCALENDAR":
        body = body.replace(b"\r\n ", b"")  # a long line goes on in the next one
    said = "\n".join(
        f"{name}: {value}" for name, value in answer.items() if name in ("Location", "Content-Disposition")
    )
    return Answer(answer.status_code, body + said.encode())


class Asking:
    """All that one person asks."""

    def __init__(self, world: World, person: Person, turn: int = 0) -> None:
        self.world, self.person, self.turn = world, person, turn
        self.browser = person.browser()
        self.found = Findings(person.name)
        self.hidden = world.hidden_from(person.name)
        self.words = _words_not_for(world, person.name)
        self.keys = {str(thing.key).encode(): thing for thing in self.hidden}

    def everything(self) -> Findings:
        """Read every address, read the open ones again without what is hidden, send forms, use other methods."""
        asked = routes()
        self.found.routes = len(asked)
        of_things = self._of_things(asked, self.world.things.values())
        without_thing = [*plain(asked, self.turn), *calendar_of(self.person), *of_examples(asked)]
        # The first signal of the register is one of the things: it is not read twice.
        addresses = {request.address for request in of_things}
        requests = [*(each for each in without_thing if each.address not in addresses), *of_things]
        opened = self.read(requests)
        self.compare(opened)
        self.write([*_bare(without_thing), *self._of_things(asked, self.hidden[self.turn % 2 :: 2])])
        self.use_other_methods(asked, [*without_thing, *of_things])
        return self.found

    def _of_things(self, asked: list[Any], things: Iterable[Thing]) -> list[Request]:
        return [
            request
            for number, thing in enumerate(things)
            for request in of_thing(asked, thing, self.turn * len(self.world.things) + number)
        ]

    def read(self, requests: Iterable[Request]) -> dict[Request, Answer]:
        """Ask each; keep those that opened."""
        opened = {}
        for request in requests:
            answer = self._asked(request)
            if answer.status == 200 and not self._is_about_hidden(request):
                opened[request] = answer
        self.found.opened = len(opened)
        return opened

    def _asked(self, request: Request) -> Answer:
        with transaction.atomic():  # what a page writes, it writes for itself
            answer = ask(self.browser, request.address)
            transaction.set_rollback(True)
        self._judge(request, answer)
        return answer

    def _judge(self, request: Request, answer: Answer, *, is_form: bool = False) -> None:
        self.found.requests += 1
        self.found.require(answer.status in FINE, request, f"answers {answer.status}")
        if self._is_about_hidden(request) and not self._is_known(request):
            self.found.require(answer.status in CLOSED, request, f"opens with {answer.status}")
        self._look(request, answer, is_form=is_form)

    def _look(self, request: Request, answer: Answer, *, is_form: bool = False) -> None:
        said = set(WORD.findall(answer.body.lower()))
        if (self.person.name, request.route) == PURPOSES:
            said = {word for word in said if not word.endswith(b"purpose")}
        self.found.require(not said & self.words, request, f"says {sorted(said & self.words)}")
        if is_form or self._is_known(request):  # a form that is refused says what was filled in
            return
        keys = {key for key in _keys_in(answer.body) if key in self.keys and key.decode() not in request.address}
        self.found.require(not keys, request, f"mentions {[self.keys[key].name for key in keys]}")

    def _is_about_hidden(self, request: Request) -> bool:
        return any(thing.name == request.thing for thing in self.hidden) and not _is_form(request)

    def _is_known(self, request: Request) -> bool:
        return (self.person.name, request.route) in KNOWN_OF

    def compare(self, opened: dict[Request, Answer]) -> None:
        """Ask what opened again, twice: as it is, and where what is hidden is not there. The two must be the same."""
        if not self.hidden:
            return
        with transaction.atomic():
            _take_away(self.hidden)
            for request, before in opened.items():
                if self._is_known(request) or request.route in NEVER_THE_SAME or self._is_for_others(request):
                    continue
                with transaction.atomic():
                    after = ask(self.browser, request.address)
                    transaction.set_rollback(True)
                self.found.requests += 1
                same = _is_same(before.body, after.body)
                self.found.require(same, request, "" if same else f"differs: {_difference(before, after)}")
            transaction.set_rollback(True)

    def _is_for_others(self, request: Request) -> bool:
        """Pages of apps that know nothing of case files are compared by some of the people, each page by several."""
        return is_elsewhere(request.route) and sum(request.address.encode()) % 4 != self.turn % 4

    def write(self, requests: Iterable[Request]) -> None:
        """Send a form with everything in it to each address: nothing that is hidden changes, or is told of."""
        with transaction.atomic():
            before, first = _state_of(self.hidden), _newest(Event)
            newest = first
            for request in requests:
                if self._is_known(request):
                    continue
                answer = ask(self.browser, request.address, "post", _form(self.hidden, request, self.turn))
                self.found.requests += 1
                self.found.require(answer.status in FINE, request, f"answers a form with {answer.status}")
                self._look(request, answer, is_form=True)
                told = Event.objects.filter(pk__gt=newest)
                about = {(event.object_type, event.object_id) for event in told}
                changed = about & {(label, str(thing.key)) for thing in self.hidden for label in thing.records}
                self.found.require(not changed, request, f"changed {changed}")
                newest = _newest(Event)
            self._found_unchanged(before, first, "a form")
            transaction.set_rollback(True)

    def use_other_methods(self, asked: list[Any], requests: list[Request]) -> None:
        """HEAD, PUT, PATCH or DELETE on every route, each in turn, about what is hidden where it takes an object."""
        keys = {thing.name for thing in self.hidden[self.turn % 3 :: 3] or self.hidden}
        about = {request.route: request for request in requests if not request.thing or request.thing in keys}
        with transaction.atomic():
            before, newest = _state_of(self.hidden), _newest(Event)
            for number, route in enumerate(asked):
                method = METHODS[(self.turn + number) % len(METHODS)]
                request = about.get(route.name)
                if request is None or self._is_known(request):
                    continue
                data = None if method == "head" else _form(self.hidden, request, self.turn)
                self._judge(request, ask(self.browser, request.address, method, data), is_form=True)
            self._found_unchanged(before, newest, f"one of {', '.join(METHODS)}")
            transaction.set_rollback(True)

    def _found_unchanged(self, before: list[Any], newest: int, how: str) -> None:
        """What is hidden is as it was, and no event about it, or with a word of any file, came since."""
        every = Request(how, "")
        self.found.require(before == _state_of(self.hidden), every, f"{how} changed what is hidden")
        told = list(Event.objects.filter(pk__gt=newest).values())
        hidden = {(label, str(thing.key)) for thing in self.hidden for label in thing.records}
        changed = {(event["object_type"], event["object_id"]) for event in told} & hidden
        self.found.require(not changed, every, f"{how} is told of {changed}")
        said = {word for event in told for word in words_in_event(event)}
        self.found.require(not said, every, f"{how} left {said} in the events")


def words_in_event(event: dict[str, Any]) -> set[bytes]:
    """The words of things that an event holds; events are for good, and so hold none."""
    return set(WORD.findall(json.dumps(event, default=str).lower().encode()))


def _is_form(request: Request) -> bool:
    """Routes that name no record by the key: a step of somebody's own, with the key in a place that means nothing."""
    return request.route in ("field:undo",)


def _bare(requests: Iterable[Request]) -> list[Request]:
    bare = [request for request in requests if not request.thing and "?" not in request.address]
    return [request for request in bare if not is_elsewhere(request.route)]


def _words_not_for(world: World, person: str) -> set[bytes]:
    words = set()
    for thing in world.things.values():
        layers = thing.layers_for(person)
        if layers is not None:
            words |= {thing.word(layer).encode() for layer in world.layers - layers}
    return words


def _take_away(things: list[Thing]) -> None:
    """The same world without these."""
    keys = [thing.key for thing in things]
    for label in (*BESIDE_LABELS, *CASE_FILE_LABELS):
        wanted = {"object_id__in": keys} if label in BESIDE_LABELS else {"pk__in": keys}
        apps.get_model(label)._base_manager.filter(**wanted).delete()
    files = [thing.file_key for thing in things]
    apps.get_model("casefiles.fileaccess")._base_manager.filter(file_key__in=files).delete()


def _keys_in(body: bytes) -> set[bytes]:
    """The numbers in it that can be the key of a thing, also with zeros before them, as in a reference."""
    found = set()
    for match in KEY.finditer(body):
        before = match.start() - 1
        while before >= 0 and body[before] == ord("0"):
            before -= 1
        if before < 0 or body[before] not in b"123456789.":
            found.add(match.group())
    return found


def _is_same(before: bytes, after: bytes) -> bool:
    for changing in CHANGING:
        if before == after:
            return True
        before, after = changing.sub(b"", before), changing.sub(b"", after)
    return before == after


def _still(body: bytes) -> bytes:
    for changing in CHANGING:
        body = changing.sub(b"", body)
    return body


def _difference(before: Answer, after: Answer) -> str:
    old, new = (
        re.sub(r">\s*<", ">\n<", _still(one.body).decode(errors="replace")).splitlines() for one in (before, after)
    )
    lines = [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if line[:3] not in ("---", "+++")]
    return " | ".join(lines[1:6])[:600]


def _newest(model: Any) -> int:
    return model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


def _state_of(things: list[Thing]) -> list[Any]:
    """Every row of these things."""
    return [
        (label, list(apps.get_model(label)._base_manager.filter(pk=thing.key).values()))
        for thing in things
        for label in sorted(thing.records)
    ]


def _form(hidden: list[Thing], request: Request, turn: int) -> dict[str, Any]:
    """A form with a plausible value for every field there is, and a hidden thing wherever one can be chosen."""
    about = [thing for thing in hidden if thing.name == request.thing] or hidden
    keys = [thing.key for thing in about]
    steps = ("take_up", "assign", "set_team", "bundle", "take_no_action")
    chosen = (
        "rows", "signal", "signals", "into", "other", "incident", "also_to", "chosen", "pk", "keys", "row", "select",
    )  # fmt: skip
    said = dict.fromkeys(("reason", "text", "title", "message", "question", "subject", "purpose", "name"), "Een woord")
    return (
        said
        | {name: keys for name in chosen if keys}
        | {"step": steps[turn % len(steps)], "confirmed": "1", "revision": "1", "ground": "known", "kind": "related"}
        | {"recipient": "Een ander", "next": "/", "score": "1", "language": "nl", "due_on": "2030-01-01"}
    )
