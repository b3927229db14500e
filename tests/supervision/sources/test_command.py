"""``zichtlijn import-programme`` as people run it: a process of its own, its words, its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from zichtlijn.analysis.documents.reading_refusals import REFUSALS
from zichtlijn.supervision.sources.command.catalogue import LOCALE, Words

from .bad_files import BadFile, bad_files, many_pages
from .conftest import BRIDGES, FERRIES, LOCKS, STAFF, START, TEXT

LAYER = " ".join([BRIDGES, START, LOCKS, FERRIES, STAFF])
OTHER_LAYER = (
    "Iets heel anders dat in geen enkel werkplan voorkomt, over planten, sterren en muziek uit verre landen. " * 3
)
FINE, BAD_INPUT, WRONG_USAGE = 0, 1, 2


class Command:
    """The command with a data folder of its own, so that it makes its own database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME", "LANG") if name in os.environ}
        source = str(Path(__file__).resolve().parents[3] / "src")
        return kept | {
            "PYTHONPATH": source,
            "ZICHTLIJN_DATA": str(self.folder / "data"),
            "SECRET_KEY": "only-for-tests",
        }

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        line = [sys.executable, "-m", "zichtlijn", "import-programme", *map(str, arguments)]
        return subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment(), cwd=self.folder
        )

    def run(self, *arguments: object) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def django(self, code: str) -> str:
        """What a piece of Python says with the product loaded."""
        start = "import os,django;os.environ['DJANGO_SETTINGS_MODULE']='zichtlijn.project.settings';django.setup();"
        done = subprocess.run(
            [sys.executable, "-c", start + code],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def counts(self) -> list[int]:
        """Documents, passages, proposals, runs and events."""
        models = "Document,Passage,Proposal,ImportRun"
        code = (
            f"from zichtlijn.supervision.sources.models import {models};"
            "from zichtlijn.platform.events.models import Event;"
            f"print([m.objects.count() for m in ({models},Event)])"
        )
        return list(json.loads(self.django(code)))


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """The command in an empty folder."""
    return Command(tmp_path)


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """The small document as a file."""
    path = tmp_path / "werkplan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def _layer(folder: Path, text: str = LAYER) -> Path:
    path = folder / "laag.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dry_run_needs_no_database_and_leaves_nothing(command: Command, programme: Path) -> None:
    code, out, err = command.run(programme, "--page", f"3={_layer(command.folder)}", "--dry-run", "--json")
    assert (code, err) == (FINE, "")
    assert not (command.folder / "data").exists()
    result = json.loads(out)
    assert set(result) == {"document", "passages", "proposals"}
    assert result["passages"] > 5
    activity = next(one for one in result["proposals"] if one["type"] == "activity")
    assert activity["citations"][0]["page"] == 3
    assert {"title", "kind", "status", "year", "goals", "confidence", "reason"} <= set(activity)


def test_a_dry_run_does_not_load_django(command: Command, programme: Path) -> None:
    code = (
        "import sys;from zichtlijn.supervision.sources.command.running import main;"
        f"main([{str(programme)!r},'--dry-run','--json']);sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=command.environment(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_first_import_makes_the_database_and_says_what_it_stored(command: Command, programme: Path) -> None:
    code, out, _err = command.run(programme, "--json", "--title", "Ons werkplan", "--year", "2031")
    assert code == FINE
    result = json.loads(out)
    assert result["document"]["title"] == "Ons werkplan"
    assert result["import"]["outcome"] == "new"
    assert result["import"]["open"] == len(result["proposals"])
    before = command.counts()
    code, out, _err = command.run(programme)
    assert code == FINE
    assert "eerder" in out or "before" in out
    after = command.counts()
    assert after[:3] == before[:3]


def test_accepting_above_a_threshold_is_told(command: Command, programme: Path) -> None:
    code, out, err = command.run(programme, "--accept-above", "0.5", "--json")
    assert code == FINE, err
    told = json.loads(out)["import"]
    assert told["accept_above"] == 0.5
    assert told["accepted"] > 0


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("bad", bad_files(), ids=lambda bad: bad.code)
def test_a_bad_file_gives_one_clear_message(bad: BadFile, language: str, command: Command) -> None:
    path = command.folder / bad.name
    path.write_bytes(bad.data)
    code, out, err = command.run(path, "--language", language, "--dry-run", "--json")
    assert (code, out) == (BAD_INPUT, "")
    assert bad.name in err
    assert len(err.strip().splitlines()) == 1
    beginning = Words(language).gettext(REFUSALS[bad.code]).partition("%")[0]
    assert err.startswith(beginning)
    if language == "en":
        assert bad.english in err


@pytest.mark.parametrize("bad", bad_files(), ids=lambda bad: bad.code)
def test_every_refusal_is_said_in_dutch(bad: BadFile) -> None:
    dutch = {}
    for path in sorted((LOCALE / "nl").rglob("*.po"), reverse=True):
        with path.open("rb") as file:
            dutch |= {message.id: message.string for message in read_po(file) if message.id and message.string}
    assert bad.dutch in dutch[REFUSALS[bad.code]]


def test_a_bad_file_leaves_the_register_as_it_was(command: Command, programme: Path) -> None:
    command.run(programme)
    before = command.counts()
    for bad in bad_files():
        path = command.folder / bad.name
        path.write_bytes(bad.data)
        assert command.run(path)[0] == BAD_INPUT
    assert command.counts() == before


def test_too_many_pages_are_refused(command: Command) -> None:
    path = command.folder / "boek.pdf"
    path.write_bytes(many_pages())
    code, _out, err = command.run(path, "--dry-run", "--language", "en")
    assert code == BAD_INPUT
    assert "5001" in err


def test_a_file_above_the_limit_is_refused_before_it_is_read(command: Command) -> None:
    path = command.folder / "groot.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    started = time.monotonic()
    code, _out, err = command.run(path, "--dry-run", "--language", "en")
    assert code == BAD_INPUT
    assert "200 MB" in err
    assert time.monotonic() - started < 10


def test_a_layer_of_another_document_is_refused(command: Command, programme: Path) -> None:
    layer = _layer(command.folder, OTHER_LAYER)
    code, _out, err = command.run(programme, "--page", f"6={layer}", "--language", "en")
    assert code == BAD_INPUT
    assert "page 6" in err
    assert command.counts()[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["FILE", "--page", "6"],
        ["FILE", "--page", "0=x"],
        ["FILE", "--page", "1=a", "--page", "1=b"],
        ["FILE", "--accept-above", "2"],
        ["FILE", "--accept-above", "0.9", "--dry-run"],
        ["FILE", "--year", "x"],
        ["FILE", "--unknown"],
        ["FILE", "--language", "fr"],
    ],
)
def test_wrong_usage_has_its_own_exit_code(command: Command, programme: Path, arguments: list[str]) -> None:
    given = [str(programme) if argument == "FILE" else argument for argument in arguments]
    code, out, err = command.run(*given)
    assert (code, out) == (WRONG_USAGE, "")
    assert "usage" in err.casefold()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["niet-hier.pdf"], "niet-hier.pdf"),
        (["FILE", "--as", "niemand"], "niemand"),
        (["FILE", "--replaces", "9"], "9"),
    ],
)
def test_what_is_not_there_is_named(command: Command, programme: Path, arguments: list[str], words: str) -> None:
    code, _out, err = command.run(*[str(programme) if one == "FILE" else one for one in arguments])
    assert code == BAD_INPUT
    assert words in err


def test_a_killed_import_leaves_nothing_and_can_be_run_again(command: Command, programme: Path) -> None:
    other = command.folder / "ander.txt"
    other.write_text("# Ander plan\n\nDe inspectie volgt de havens.\n", encoding="utf-8")
    command.run(other)
    before = command.counts()
    code = (
        "import os,signal;from zichtlijn.supervision.sources.actions import importing;"
        "from zichtlijn.supervision.sources import actions;"
        "importing.store_proposals=lambda *a:os.kill(os.getpid(),signal.SIGKILL);"
        f"actions.import_document(actor=None,data=open({str(programme)!r},'rb').read(),filename='werkplan.txt')"
    )
    with pytest.raises(subprocess.CalledProcessError) as killed:
        command.django(code)
    assert killed.value.returncode < 0
    assert command.counts() == before
    assert command.run(programme)[0] == FINE
    assert command.counts()[0] == before[0] + 1


@pytest.mark.slow
def test_an_import_killed_at_any_moment_leaves_all_or_nothing(command: Command, programme: Path) -> None:
    command.run(programme, "--dry-run")
    command.django("from django.core.management import call_command;call_command('migrate',verbosity=0)")
    for number, seconds in enumerate((0.4, 0.7, 0.9)):
        path = command.folder / f"plan-{number}.txt"
        path.write_text(TEXT + f"\nBijlage nummer {number}.\n", encoding="utf-8")
        before = command.counts()
        process = command.start(path, "--title", f"Plan {number}")
        time.sleep(seconds)
        process.kill()
        process.communicate()
        documents, passages, _proposals, runs, _events = (
            now - then for now, then in zip(command.counts(), before, strict=True)
        )
        assert (documents, runs) in {(0, 0), (1, 1)}
        assert (passages > 0) == (documents > 0)
        assert command.run(path, "--title", f"Plan {number}")[0] == FINE
        assert command.counts()[0] == number + 1


@pytest.mark.needs_shared
def test_the_programme_of_2024_gives_its_proposals(command: Command, shared: Path) -> None:
    seeds = shared / "seeds"
    layers = {
        2: "002_647f1958f3604807",
        6: "000_7eb840b0171c920f",
        7: "004_770a13ed559f23a9",
        10: "003_c8aed63d108e7d82",
    }
    pages = [part for page, name in layers.items() for part in ("--page", f"{page}={seeds / name}.txt")]
    command.run(_small(command.folder))
    code, out, err = command.run(seeds / "001_53ca7ded7373938d.txt", *pages, "--json")
    assert (code, err) == (FINE, "")
    assert len(json.loads(out)["proposals"]) > 80


def _small(folder: Path) -> Path:
    path = folder / "klein.txt"
    path.write_text("De inspectie volgt de havens.\n", encoding="utf-8")
    return path


def test_a_reader_who_stops_reading_is_no_error(command: Command, programme: Path) -> None:
    process = command.start(programme, "--dry-run")
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
