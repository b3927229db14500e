"""Kill the server in the middle of intake, many times, and look whether all that was acknowledged is there once.

    python -m tests.crash.killing --engine sqlite --rounds 50 [--seed 1]

The outcome goes into ``benchmarks/results/intake.json``.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.intake_server import Installation, Postgres
from benchmarks.measuring import write_part
from tests.crash.sending import Ledger, Sender, senders

PART = "crash"
SHORTEST, LONGEST = 0.05, 0.8  # seconds of load before a kill
OF_DATABASE = 10  # every so many rounds the database server is stopped at once before
PAUSE = 0.5
ORGANISATIONS = 4


@dataclass
class Outcome:
    """What came of all rounds."""

    engine: str
    rounds: int
    database_stops: int = 0
    sent: int = 0
    acknowledged: int = 0
    files: int = 0
    repeated: int = 0
    there_already: int = 0
    not_now: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    half_written: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    leftovers: int = 0
    verify: int = -1
    integrity: str = ""
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """True when nothing that was acknowledged is lost, doubled or changed, and nothing is half."""
        wrong = self.lost or self.doubled or self.changed or self.half_written or self.unexpected
        return not wrong and self.verify == 0 and self.integrity == "ok" and self.acknowledged == self.sent > 0


def prepared(installation: Installation) -> list[str]:
    """A database with its tables, and the tokens of the organisations."""
    return [each["token"] for each in installation.inside("prepare", str(ORGANISATIONS))]


def run(
    installation: Installation,
    tokens: list[str],
    *,
    rounds: int,
    seed: int,
    postgres: Postgres | None = None,
    say: Callable[[str], Any] = lambda _words: None,
) -> Outcome:
    """All rounds, and the look afterwards."""
    began, chance, ledger = time.monotonic(), random.Random(seed), Ledger()
    outcome = Outcome("postgres" if postgres else "sqlite", rounds)
    at_work = list(senders(installation.port, tokens, ledger, seed))
    for sender in at_work:
        sender.start()
    for number in range(1, rounds + 1):
        installation.start()
        _load_for(at_work, chance.uniform(SHORTEST, LONGEST))
        if postgres is not None and number % OF_DATABASE == 0:
            _without_database(postgres, at_work)
            outcome.database_stops += 1
        installation.kill()
        for sender in at_work:
            sender.open_.clear()
        say(f"round {number}: {len(ledger.acknowledged)} acknowledged, {ledger.repeated} repeated")
    _finish(installation, at_work)
    _look(installation, ledger, outcome)
    outcome.seconds = round(time.monotonic() - began, 1)
    return outcome


def _load_for(at_work: list[Sender], seconds: float) -> None:
    """Let the senders go; the time counts from when half of them got an answer, so that every round has load."""
    for sender in at_work:
        sender.has_called.clear()
        sender.open_.set()
    for sender in at_work[::2]:
        sender.has_called.wait(30)
    time.sleep(seconds)


def _without_database(postgres: Postgres, at_work: list[Sender]) -> None:
    """Stop the database at once under load, and go on when it is back: the web server finds it again by itself."""
    postgres.kill()
    time.sleep(PAUSE)
    postgres.start()
    _load_for(at_work, PAUSE)


def _finish(installation: Installation, at_work: list[Sender]) -> None:
    """Once more without a kill, until everything that was begun is acknowledged."""
    installation.start()
    for sender in at_work:
        sender.last.set()
        sender.open_.set()
    for sender in at_work:
        sender.join(60)
        if sender.is_alive():
            raise RuntimeError(f"{type(sender).__name__} still waits for an answer: {sender.ledger.unexpected[-1:]}")
    installation.stop()


def _look(installation: Installation, ledger: Ledger, outcome: Outcome) -> None:
    judge(installation.inside("look"), ledger, outcome)
    outcome.verify = installation.command("verify").returncode
    outcome.integrity = _integrity(installation) if outcome.engine == "sqlite" else "ok"


def judge(found: dict[str, Any], ledger: Ledger, outcome: Outcome) -> None:
    """Hold what is there against what was acknowledged."""
    outcome.sent, outcome.acknowledged = len(ledger.sent), len(ledger.acknowledged)
    outcome.repeated, outcome.there_already = ledger.repeated, ledger.there_already
    outcome.not_now, outcome.unexpected = ledger.not_now, [*ledger.unexpected, *ledger.differing]
    outcome.half_written, outcome.leftovers = found["wrong"], found["leftovers"]
    kept = {row["mark"]: row for row in [*found["signals"], *found["messages"]]}
    times = Counter(row["mark"] for row in [*found["signals"], *found["messages"]])
    outcome.doubled = [mark for mark, number in times.items() if number > 1]
    for mark, told in ledger.acknowledged.items():
        if mark not in kept:
            outcome.lost.append(mark)
            continue
        different = {name for name, value in told.items() if kept[mark].get(name) != value}
        if different:
            outcome.changed.append(f"{mark}: {', '.join(sorted(different))}")
        outcome.files += len(told["files"])
    outcome.changed += [f"{mark}: nobody sent this" for mark in kept.keys() - ledger.sent]


def _integrity(installation: Installation) -> str:
    """What SQLite says of its file and of the index of words in it."""
    with closing(sqlite3.connect(installation.folder / "zichtlijn.sqlite3")) as database:
        database.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
        return str(database.execute("PRAGMA integrity_check").fetchone()[0])


def as_row(outcome: Outcome, seed: int) -> dict[str, Any]:
    """The row of the table of results."""
    told = {name: len(value) if isinstance(value, list) else value for name, value in asdict(outcome).items()}
    return {
        "work": f"kill -9 in the middle of intake, {outcome.rounds} times, {outcome.engine}",
        "goal": "every acknowledged one is there once, none twice, files included, verify clean",
        "met": outcome.is_whole,
        "command": f"python -m tests.crash.killing --engine {outcome.engine} --rounds {outcome.rounds} --seed {seed}",
        **told,
    }


def main() -> None:
    """Run on one engine, print, and keep the outcome."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--discard", action="store_true", help="do not keep the outcome among the results")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zl-crash-") as name:
        folder = Path(name)
        postgres = Postgres(folder / "pg") if wanted.engine == "postgres" else None
        installation = Installation(folder, database=postgres.uri if postgres else "")
        try:
            tokens = prepared(installation)
            outcome = run(installation, tokens, rounds=wanted.rounds, seed=wanted.seed, postgres=postgres, say=_say)
        finally:
            installation.kill()
            if postgres:
                postgres.stop()
    for name, value in asdict(outcome).items():
        print(f"{name:>15}  {value}")
    if not wanted.discard:
        write_part("intake", PART, [as_row(outcome, wanted.seed)], same=("engine",))
    sys.exit(0 if outcome.is_whole else 1)


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
