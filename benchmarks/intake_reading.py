"""How long the server works on the pages of intake, and how that grows with what came in.

    python benchmarks/intake_reading.py --scratch FOLDER [--signals 10000 1000000] [--engines postgres sqlite]

Every page is asked over HTTP of the web server as ``zichtlijn run`` starts it, first a few times uncounted. The time
is that of the server, from the request to the last byte of the answer (``intake_wsgi.py``). The installations are those
of ``intake_filling.py``. Ends with an error when a page asks more statements for more rows, or for other rights.
Results: the rows ``reading`` of ``benchmarks/results/intake.json``.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import intake_installation
from intake_filling import ADMINISTRATOR, MARKER, RESTRICTED
from intake_texts import COMMON, RARE, TWO
from measuring import in_process, row, write_part

GOAL_MS = 100.0
SIZES = (10_000, 1_000_000)
DETAILS = 20
LONGEST_SECONDS, LEAST_REQUESTS = 20, 20
"""A page that is so slow that it cannot be asked often enough in this time is asked less often."""
TIMING = re.compile(r'app;dur=([\d.]+), cpu;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+)"')
PEOPLE = {ADMINISTRATOR: "administrator", RESTRICTED: "restricted user"}
Figures = dict[str, Any]


def main() -> None:
    """Measure every installation in a process of its own, print a table, keep the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", type=Path, required=True, help="folder with the installations")
    parser.add_argument("--signals", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=intake_installation.ENGINES, default=["postgres", "sqlite"])
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--warm-up", type=int, default=20)
    parser.add_argument("--pages", nargs="+", default=[], help="only these, by their name")
    parser.add_argument("--one", action="store_true", help="measure one installation and print its figures as JSON")
    wanted = parser.parse_args()
    if wanted.one:
        engine, signals = wanted.engines[0], wanted.signals[0]
        print(json.dumps(measured(wanted, engine, signals)))
        return
    found = {
        (engine, signals): in_process(sys.executable, Path(__file__).resolve(), *_words(wanted, engine, signals))
        for engine in wanted.engines
        for signals in wanted.signals
    }
    problems = different_statements(found)
    rows = [_row(found, engine, page, wanted) for engine in wanted.engines for page in found[engine, wanted.signals[0]]]
    write_part("intake", "reading", rows, same=("engine", "page", "person"))
    _print_table(rows)
    if problems:
        sys.exit("\n".join(problems))


def _words(wanted: argparse.Namespace, engine: str, signals: int) -> list[object]:
    counted = ["--requests", wanted.requests, "--warm-up", wanted.warm_up]
    only = ["--pages", *wanted.pages] if wanted.pages else []
    return ["--one", "--scratch", wanted.scratch, "--engines", engine, "--signals", signals, *counted, *only]


def measured(wanted: argparse.Namespace, engine: str, signals: int) -> dict[str, Figures]:
    """The figures of one installation, by page and person."""
    folder = intake_installation.folder_of(wanted.scratch, engine, signals)
    if not (folder / MARKER).exists():
        sys.exit(f"{folder} is not filled: run intake_filling.py first")
    _server = intake_installation.choose(folder, engine)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    found: dict[str, Figures] = {}
    with intake_installation.running_server() as address:
        for username, person in PEOPLE.items():
            cookie = _signed_in(username)
            for page, addresses in pages(username).items():
                if not wanted.pages or page in wanted.pages:
                    found[f"{page}, {person}"] = ask(address, cookie, addresses, wanted.requests, wanted.warm_up)
    return found


def pages(username: str) -> dict[str, list[str]]:
    """The addresses of each page; more than one where every request asks another one."""
    from django.urls import reverse

    from zichtlijn.platform.accounts.models import Team

    work_list, search = reverse("signals:work-list"), reverse("search")
    team = Team.objects.get(name="Team 1").pk
    return {
        "start page": [reverse("start")],
        "work list": [work_list],
        "work list, page 20": [f"{work_list}?page=20&whose=all"],
        "work list, one team": [f"{work_list}?team={team}"],
        "work list, too late": [f"{work_list}?term=late"],
        "signal": [reverse("signals:signal", args=[key]) for key in _details(username)],
        "search, rare word": [f"{search}?q={quote(RARE)}"],
        "search, common word": [f"{search}?q={quote(COMMON)}"],
        "search, two words": [f"{search}?q={quote(TWO)}"],
    }


def _details(username: str) -> list[int]:
    """Signals of one shape, so that the statements can be compared: taken up, about an organisation, open to staff."""
    from zichtlijn.platform.accounts.models import User
    from zichtlijn.supervision.signals.models import Signal

    seen = Signal.objects.visible_to(User.objects.get(username=username))
    alike = seen.filter(state="in_triage", kind="signal", access="open", is_demo=False)
    alike = alike.filter(organisation__isnull=False, team__isnull=False)
    tied = alike.filter(links_up__isnull=True, links_down__isnull=True, merged__isnull=True, evaluations__isnull=True)
    return list(tied.order_by("-pk").values_list("pk", flat=True)[:DETAILS])


def _signed_in(username: str) -> str:
    """The cookie of a session."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from zichtlijn.platform.accounts.models import User

    user = User.objects.get(username=username)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "zichtlijn.platform.accounts.backends.LocalAccounts"
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def ask(address: str, cookie: str, addresses: Sequence[str], requests: int, warm_up: int) -> Figures:
    """Ask these pages in turn, one request at a time; the times of the server in milliseconds."""
    whole, worked, database, statements = [], [], [], set()
    end = time.monotonic() + LONGEST_SECONDS
    for number in range(warm_up + requests):
        if time.monotonic() > end and len(whole) >= LEAST_REQUESTS:
            break
        timing = _ask_once(address, cookie, addresses[number % len(addresses)])
        if number >= warm_up:
            whole.append(timing[0])
            worked.append(timing[1])
            database.append(timing[2])
            statements.add(int(timing[3]))
    return {
        "requests": len(whole),
        "p50_ms": round(statistics.median(whole), 1),
        "p95_ms": round(statistics.quantiles(whole, n=20)[-1], 1),
        "worked_p50_ms": round(statistics.median(worked), 1),
        "worked_p95_ms": round(statistics.quantiles(worked, n=20)[-1], 1),
        "database_p50_ms": round(statistics.median(database), 1),
        "statements": sorted(statements),
    }


def _ask_once(address: str, cookie: str, path: str) -> tuple[float, ...]:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)
    try:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "nl"})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    timing = TIMING.match(answer.getheader("Server-Timing", ""))
    if answer.status != 200 or timing is None:
        sys.exit(f"{path}: status {answer.status}, timing {answer.getheader('Server-Timing')}")
    return tuple(map(float, timing.groups()))


def different_statements(found: dict[tuple[str, int], dict[str, Figures]]) -> list[str]:
    """The pages on which the number of statements depends on the rows or on the rights."""
    numbers: dict[tuple[str, str], dict[str, list[int]]] = {}
    for (engine, signals), figures in found.items():
        for page, each in figures.items():
            name, _comma, person = page.rpartition(", ")
            numbers.setdefault((engine, name), {})[f"{person} at {signals}"] = each["statements"]
    return [
        f"{engine}: {page}: the number of statements differs: {given}"
        for (engine, page), given in numbers.items()
        if len({tuple(each) for each in given.values()}) > 1 or any(len(each) > 1 for each in given.values())
    ]


def _row(
    found: dict[tuple[str, int], dict[str, Figures]], engine: str, page: str, wanted: argparse.Namespace
) -> Figures:
    smallest, largest = min(wanted.signals), max(wanted.signals)
    small, large = found[engine, smallest][page], found[engine, largest][page]
    judged = engine == "postgres"
    name, _comma, person = page.rpartition(", ")
    return row(
        f"{engine}: {page}",
        engine=engine,
        page=name,
        person=person,
        goal=f"p95 <= {GOAL_MS:.0f} ms" if judged else "",
        met=large["p95_ms"] <= GOAL_MS if judged else None,
        ours_s=large["p95_ms"] / 1000,
        note="requests one after the other, time within the server",
        signals=largest,
        **large,
        signals_small=smallest,
        p95_ms_small=small["p95_ms"],
        growth=round(large["p50_ms"] / small["p50_ms"], 2),
        command=f'make bench-intake SIGNALS="{smallest} {largest}"',
    )


def _print_table(rows: Sequence[Figures]) -> None:
    print(f"{'page':<52}{'p50 ms':>8}{'p95 ms':>8}{'worked':>8}{'database':>10}{'statements':>12}{'growth':>8}  goal")
    for each in rows:
        figures = f"{each['p50_ms']:>8}{each['p95_ms']:>8}{each['worked_p50_ms']:>8}{each['database_p50_ms']:>10}"
        counted = "/".join(map(str, each["statements"]))
        verdict = {True: "met", False: "NOT met", None: ""}[each["met"]]
        print(f"{each['work']:<52}{figures}{counted:>12}{each['growth']:>8}  {verdict}")


if __name__ == "__main__":
    main()
