"""The commands of ``zichtlijn chain``: what they write, and what they refuse without leaving anything behind."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.supervision.sources.chain_command import running
from zichtlijn.supervision.sources.chain_words import words_in

ENGLISH = ["--language", "en"]


class Page(HTMLParser):
    """The tags, ids and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.addresses += [values[name] or "" for name in ("href", "src", "action") if name in values]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated log as a file, with its mapping beside it."""
    folder = tmp_path_factory.mktemp("generated") / "youth"
    order = ["generate", "youth-protection", "--cases", "600", "--seed", "3", "--output", str(folder)]
    assert running.main([*order, *ENGLISH]) == 0
    return folder


@pytest.fixture(scope="session")
def file(made: Path) -> Path:
    return made / "youth-protection.parquet"


@pytest.fixture(scope="session")
def prepared(made: Path, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the prepared log."""
    folder = tmp_path_factory.mktemp("prepared") / "log"
    assert running.main(["prepare", str(file), str(folder), "--mapping", str(made / "mapping.json"), *ENGLISH]) == 0
    return folder


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("analyse", folder)`` gives the exit code and what was written to both outputs, in English."""

    def ran(*words: object, language: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = running.main([*map(str, words), "--language", language])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_generated_log_is_the_same_for_the_same_seed(made: Path, file: Path, run: Run, tmp_path: Path) -> None:
    for seed in (3, 4):
        run("generate", "youth-protection", "--cases", 600, "--seed", seed, "--output", tmp_path / str(seed))
    first, other = (tmp_path / seed / file.name for seed in ("3", "4"))
    assert first.read_bytes() == file.read_bytes()
    assert other.read_bytes() != file.read_bytes()
    assert names_in(made) == ["mapping.json", "model.json", "truth.json", "youth-protection.parquet"]


def test_a_prepared_log_holds_every_case(prepared: Path, made: Path) -> None:
    truth = json.loads((made / "truth.json").read_text(encoding="utf-8"))
    assert Prepared(prepared).manifest.cases == 600
    assert truth


def test_preparing_says_how_much_was_prepared(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run("prepare", file, tmp_path / "log", "--mapping", made / "mapping.json", "--buckets", 3)
    assert (code, err) == (0, "")
    assert "600 cases are prepared in" in out
    assert Prepared(tmp_path / "log").manifest.digest in out
    assert names_in(tmp_path) == ["log"]


def test_case_numbers_are_replaced_with_the_key_of_a_file(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a key of more than sixteen bytes\n", encoding="utf-8")
    mapping = made / "mapping.json"
    code, _out, err = run(
        "prepare", file, tmp_path / "log", "--mapping", mapping, "--pseudonym-key-file", tmp_path / "key"
    )
    assert (code, err) == (0, "")
    assert Prepared(tmp_path / "log").manifest.pseudonymised


def test_a_report_is_one_file_that_asks_nothing_of_a_network(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    code, out, _err = run("report", file, "--mapping", made / "mapping.json", "--output", output)
    assert code == 0
    assert str(output) in out
    text = output.read_text(encoding="utf-8")
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert all(address.startswith("#") for address in page.addresses)
    assert "url(" not in text
    assert "@import" not in text
    assert names_in(tmp_path) == ["report.html"]


def test_every_line_of_contents_leads_to_a_part_of_the_report(prepared: Path, run: Run, tmp_path: Path) -> None:
    run("report", prepared, "--output", tmp_path / "report.html")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert len(page.ids) == len(set(page.ids))
    assert {address[1:] for address in page.addresses} <= set(page.ids)
    assert page.tags.count("h1") == 1
    assert page.tags.count("svg") > 5


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_report_is_in_the_language_that_was_asked(prepared: Path, run: Run, tmp_path: Path, language: str) -> None:
    run("report", prepared, "--output", tmp_path / "report.html", language=language)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in text
    assert words_in(language).gettext("Chain report: %(name)s", name="youth") in text


def test_a_report_is_the_same_bytes_every_time(prepared: Path, run: Run, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        run("report", prepared, "--output", tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_small_counts_are_not_in_a_report_unless_asked_for(prepared: Path, run: Run, tmp_path: Path) -> None:
    selection = ["--from", "2021-01-04", "--until", "2021-01-04"]
    run("report", prepared, "--output", tmp_path / "hidden.html", *selection)
    run("report", prepared, "--output", tmp_path / "said.html", *selection, "--minimum", 1)
    assert "fewer than 5" in (tmp_path / "hidden.html").read_text(encoding="utf-8")
    assert "fewer than 5" not in (tmp_path / "said.html").read_text(encoding="utf-8")


def test_the_selection_is_said_in_the_report(prepared: Path, run: Run, tmp_path: Path) -> None:
    run("report", prepared, "--output", tmp_path / "report.html", "--region", "Groningen", "--from", "2022-01-01")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "started from: 2022-01-01; region: Groningen" in text


def test_a_figure_is_written_for_people(prepared: Path, run: Run) -> None:
    code, out, _err = run("analyse", prepared, "--metric", "summary")
    assert code == 0
    assert re.search(r"Cases +600\n", out)


def test_figures_are_written_for_programs(prepared: Path, run: Run) -> None:
    code, out, _err = run("analyse", prepared, "--metric", "summary", "--metric", "rework", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["digest"] == Prepared(prepared).manifest.digest
    assert found["figures"]["summary"]["cases"] == 600
    assert set(found["definitions"]) == {"summary", "rework"}


def test_without_a_name_every_possible_figure_is_computed(prepared: Path, run: Run) -> None:
    _code, out, _err = run("analyse", prepared, "--json")
    assert {"summary", "hand-overs", "waiting-lists", "equality", "terms"} <= set(json.loads(out)["figures"])


def test_a_selection_leaves_cases_out(prepared: Path, run: Run) -> None:
    def cases(*words: str) -> int:
        found: int = json.loads(run("analyse", prepared, "--metric", "summary", "--json", *words)[1])["figures"][
            "summary"
        ]["cases"]
        return found

    regions = Prepared(prepared).values("region")
    assert cases() == 600
    assert sum(cases("--region", region) for region in regions) == 600
    assert cases("--until", "2021-12-31") + cases("--from", "2022-01-01") == 600


def test_what_stands_out_is_looked_up_in_the_other_logs(
    prepared: Path, file: Path, made: Path, run: Run, tmp_path: Path
) -> None:
    mapping = made / "mapping.json"
    assert run("prepare", file, tmp_path / "other", "--mapping", mapping, "--cut-off", "2022-06-30")[0] == 0
    code, out, _err = run("compare", prepared, tmp_path / "other", "--json")
    found = json.loads(out)
    assert code == 0
    assert [log["name"] for log in found["logs"]] == ["youth-protection.parquet", "youth-protection.parquet (2)"]
    for pairs in found["parallels"].values():
        assert all(each["similarity"] <= 1 for each in pairs)


def broken(folder: Path) -> dict[str, list[Any]]:
    """Bad input by name: the words of the command, and last what it says."""
    (folder / "empty.csv").write_bytes(b"")
    (folder / "broken.xes.gz").write_bytes(gzip.compress(b"<log><trace>")[:-4])
    (folder / "text.bin").write_bytes(bytes(range(256)) * 4)
    (folder / "not.json").write_text("{", encoding="utf-8")
    (folder / "list.json").write_text("[]", encoding="utf-8")
    (folder / "role.json").write_text('{"roles": {"king": "x"}}', encoding="utf-8")
    (folder / "few.json").write_text('{"roles": {"case": "zaaknummer"}}', encoding="utf-8")
    (folder / "odd.json").write_text('{"roles": 3}', encoding="utf-8")
    (folder / "other.json").write_text(
        '{"roles": {"case": "nothing", "activity": "activiteit", "time": "tijdstip"}}', encoding="utf-8"
    )
    (folder / "key").write_text("short", encoding="utf-8")
    (folder / "folder").mkdir()
    return {
        "no file": ["FILE:nothing.csv", "There is no file"],
        "an empty file": ["FILE:empty.csv", ""],
        "a broken file": ["FILE:broken.xes.gz", ""],
        "a file of no kind": ["FILE:text.bin", ""],
        "a folder without a log": ["FILE:folder", "is a folder"],
        "a mapping that is not there": ["--mapping", "FILE:nothing.json", "There is no file"],
        "a mapping that is no JSON": ["--mapping", "FILE:not.json", "is not a JSON file"],
        "a mapping that is a list": ["--mapping", "FILE:list.json", "holds no mapping"],
        "a mapping of another shape": ["--mapping", "FILE:odd.json", "roles should give a column for each role"],
        "a role that does not exist": ["--mapping", "FILE:role.json", "There is no role king"],
        "a role without a column": ["--mapping", "FILE:few.json", "No column is chosen for: activity, time"],
        "a column that does not exist": ["--mapping", "FILE:other.json", "nothing"],
        "a key that is too short": ["--pseudonym-key-file", "FILE:key", "too short"],
        "a key that is not there": ["--pseudonym-key-file", "FILE:nothing", "There is no file"],
    }


BROKEN = ["no file", "an empty file", "a broken file", "a file of no kind", "a folder without a log",
          "a mapping that is not there", "a mapping that is no JSON", "a mapping that is a list",
          "a mapping of another shape", "a role that does not exist", "a role without a column",
          "a column that does not exist", "a key that is too short", "a key that is not there"]  # fmt: skip


@pytest.mark.parametrize("command", ["report", "prepare"])
@pytest.mark.parametrize("name", BROKEN)
def test_bad_input_is_told_and_nothing_is_left(command: str, name: str, file: Path, run: Run, tmp_path: Path) -> None:
    inputs, outputs = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    outputs.mkdir()
    *words, said = broken(inputs)[name]
    words = [str(inputs / word[5:]) if word.startswith("FILE:") else word for word in words]
    given = [] if words[0].startswith("/") else [str(file)]
    target = ["--output", outputs / "r.html"] if command == "report" else [outputs / "log"]
    order = [*given, *words, *target] if command == "report" else [*given, *words[:1], *target, *words[1:]]
    if command == "prepare" and given:
        order = [*given, *target, *words]
    code, out, err = run(command, *order)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert names_in(outputs) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--region", "Atlantis"], "Atlantis does not occur in this log."),
        (["--organisation", "Nobody"], "Nobody does not occur in this log."),
        (["--from", "2022-01-02", "--until", "2022-01-01"], "The period ends before it begins."),
        (["--metric", "happiness"], "There is no figure happiness; choose from summary"),
    ],
)
def test_what_the_log_does_not_have_is_told(words: list[str], said: str, prepared: Path, run: Run) -> None:
    code, out, err = run("analyse", prepared, *words)
    assert (code, out) == (1, "")
    assert said in err


def test_a_figure_that_a_log_does_not_allow_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(
        "case;activity;timestamp\n"
        + "".join(f"{i};{step};2031-01-{i:02d}T0{step}:00\n" for i in range(1, 10) for step in (1, 2)),
        encoding="utf-8",
    )
    assert run("prepare", tmp_path / "log.csv", tmp_path / "log")[0] == 0
    code, _out, err = run("analyse", tmp_path / "log", "--metric", "hand-overs")
    assert code == 1
    assert err == "The registration does not say which organisation did what.\n"
    assert run("analyse", tmp_path / "log")[0] == 0


@pytest.mark.parametrize("command", ["analyse", "report"])
def test_a_folder_of_another_version_is_refused(command: str, prepared: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    manifest = json.loads((prepared / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "old/manifest.json").write_text(json.dumps({**manifest, "format": 0}), encoding="utf-8")
    code, _out, err = run(command, tmp_path / "old")
    assert code == 1
    assert "was prepared by another version" in err


def test_a_folder_that_is_not_there_or_no_log_is_refused(run: Run, tmp_path: Path) -> None:
    assert "There is no folder" in run("analyse", tmp_path / "nothing")[2]
    assert "is not a prepared log" in run("analyse", tmp_path)[2]
    assert "is not a prepared log" in run("compare", tmp_path, tmp_path)[2]


@pytest.mark.parametrize("command", ["prepare", "generate"])
def test_what_exists_is_not_written_over(command: str, file: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    words = [file, tmp_path / "there"] if command == "prepare" else ["asylum", "--output", tmp_path / "there"]
    code, _out, err = run(command, *words)
    assert code == 1
    assert "exists already" in err
    assert names_in(tmp_path / "there") == []


@pytest.mark.parametrize("command", ["prepare", "generate", "report"])
def test_a_place_that_does_not_exist_is_said_before_the_work(
    command: str, file: Path, run: Run, tmp_path: Path
) -> None:
    nowhere = tmp_path / "no" / "where"
    words = {
        "prepare": [file, nowhere],
        "generate": ["asylum", "--output", nowhere],
        "report": [file, "--output", nowhere],
    }
    code, _out, err = run(command, *words[command])
    assert code == 1
    assert "There is no folder" in err


def test_a_report_is_not_written_over_a_folder(file: Path, run: Run, tmp_path: Path) -> None:
    code, _out, err = run("report", file, "--output", tmp_path)
    assert code == 1
    assert "is a folder; give the name of a file" in err


def test_an_unknown_chain_is_refused(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("generate", "football", "--output", tmp_path / "x")
    assert code == 1
    assert "football" in err
    assert names_in(tmp_path) == []


def test_one_log_cannot_be_compared(prepared: Path, run: Run) -> None:
    code, _out, err = run("compare", prepared)
    assert code == 1
    assert "at least two" in err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["dance"],
        ["report"],
        ["prepare", "x"],
        ["prepare", "x", "y", "--buckets", "0"],
        ["prepare", "x", "y", "--buckets", "many"],
        ["prepare", "x", "y", "--memory-mib", "1"],
        ["prepare", "x", "y", "--engine", "abacus"],
        ["prepare", "x", "y", "--cut-off", "soon"],
        ["analyse", "x", "--from", "yesterday"],
        ["analyse", "x", "--until", "9999-12-31"],
        ["analyse", "x", "--from", "0001-01-01"],
        ["analyse", "x", "--minimum", "0"],
        ["generate", "asylum"],
        ["generate", "asylum", "--output", "x", "--cases", "-3"],
        ["generate", "asylum", "--output", "x", "--cases", "9" * 30],
    ],
)
def test_wrong_usage_has_its_own_exit_code(words: list[str], run: Run) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage:" in err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_help_is_in_both_languages(language: str, run: Run) -> None:
    code, out, _err = run("report", "--help", language=language)
    assert code == 0
    assert "--mapping" in out


def test_lang_is_a_short_name_for_language() -> None:
    from zichtlijn.supervision.sources.chain_command.arguments import chosen_language

    assert chosen_language(["report", "x", "--lang", "en"]) == "en"
    assert chosen_language(["report", "x", "--lang=en"]) == "en"
    assert chosen_language(["report", "x", "--language", "frisian"]) == "nl"


def test_stopping_leaves_nothing(file: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.analysis.eventlogs import report

    def stop(*_words: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "load_report", stop)
    code, _out, err = run("prepare", file, tmp_path / "log")
    assert code == 130
    assert "nothing was written" in err
    assert names_in(tmp_path) == []


def test_a_full_disk_is_told(prepared: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zichtlijn.supervision.sources.chain_command import report

    def full(*_words: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report.os, "fdopen", full)
    code, _out, err = run("report", prepared, "--output", tmp_path / "r.html")
    assert code == 1
    assert "No space left on device" in err
    assert names_in(tmp_path) == []


def test_the_command_needs_neither_settings_nor_django(prepared: Path) -> None:
    program = (
        "import sys; from zichtlijn.supervision.sources.chain_command.running import main\n"
        f"code = main(['analyse', {str(prepared)!r}, '--metric', 'summary', '--json'])\n"
        "sys.exit(code or ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, env={"PATH": ""})
    assert done.returncode == 0, done.stderr


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "receipt_CoSeLoG.xes.gz",
        "ocel20_example.jsonocel",
        "ocel20_example.sqlite",
        pytest.param("fairness_hospital_log_high.xes.gz", marks=pytest.mark.slow),
        pytest.param("bpic2013_incidents.xes.gz", marks=pytest.mark.slow),
        pytest.param("BPI2012_W_start_end.xes.gz", marks=pytest.mark.slow),
        pytest.param("BPI2020_PermitLog.xes.gz", marks=pytest.mark.slow),
        pytest.param("traffic_fines_full.parquet", marks=pytest.mark.slow),
    ],
)
def test_a_report_can_be_made_of_every_real_log(name: str, shared: Path, run: Run, tmp_path: Path) -> None:
    # The examples of OCEL hold so few cases that next to nothing may be said about them.
    minimum = ["--minimum", "1"] if name.startswith("ocel") else []
    code, _out, err = run("report", shared / "logs" / name, *minimum, "--output", tmp_path / "report.html")
    assert (code, err) == (0, "")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.tags.count("section") > 8
    assert page.tags.count("svg") >= 4


def test_the_agreed_chain_and_what_is_stated_are_held_against_the_log(
    prepared: Path, made: Path, run: Run, tmp_path: Path
) -> None:
    stated = {"datum": "2023-12-31", "organisatie": "Rechtspraak", "wat": "stand", "waarde": "9.999"}
    (tmp_path / "stated.json").write_text(json.dumps([stated]), encoding="utf-8")
    given = ["--model", made / "model.json", "--statements", tmp_path / "stated.json"]
    code, out, _err = run("analyse", prepared, "--metric", "summary", "--json", *given)
    found = json.loads(out)
    assert code == 0
    assert found["figures"]["conformance"]["cases"] == 600
    assert [each["verdict"] for each in found["figures"]["self-monitoring"]["checked"]] == ["differs"]
    code, out, _err = run("analyse", prepared, "--metric", "summary", *given)
    assert "Of 1 statements that can be checked, 0 agree with the log." in out
    code, out, _err = run("report", prepared, "--output", tmp_path / "r.html", *given)
    assert code == 0
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert {"conformance", "self-monitoring"} <= set(page.ids)


@pytest.mark.parametrize("option", ["--model", "--statements"])
@pytest.mark.parametrize("content", [None, "{", "3", '[{"datum": "nooit"}]'])
def test_an_agreement_that_cannot_be_read_is_told(
    option: str, content: str | None, prepared: Path, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "given.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    code, out, err = run("analyse", prepared, option, path)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_activities_of_the_mapping_that_do_not_occur_are_told(file: Path, made: Path, run: Run, tmp_path: Path) -> None:
    mapping = json.loads((made / "mapping.json").read_text(encoding="utf-8"))
    mapping["end_activities"] = ["Never done"]
    (tmp_path / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    code, _out, err = run("prepare", file, tmp_path / "log", "--mapping", tmp_path / "mapping.json")
    assert code == 0
    assert err == "No event of the log is “Never done”, which the mapping names.\n"


def test_a_log_is_not_compared_with_itself(prepared: Path, run: Run) -> None:
    code, out, err = run("compare", prepared, prepared)
    assert (code, out) == (1, "")
    assert err == "The same log is given twice; give logs that differ.\n"


@pytest.mark.parametrize(
    "error", [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Interrupted!")]
)
def test_stopping_during_a_query_is_stopping(
    error: Exception, prepared: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_words: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr(Embedded, "run", stop)
    monkeypatch.setattr("zichtlijn.supervision.sources.chain_command.analyse.compute", stop)
    code, out, err = run("analyse", prepared)
    assert (code, out) == (130, "")
    assert err == "Stopped; nothing was written.\n"


def test_another_error_of_a_program_is_not_taken_for_stopping(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: Any, **_more: Any) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr("zichtlijn.supervision.sources.chain_command.analyse.compute", fail)
    with pytest.raises(RuntimeError, match="something else"):
        running.main(["analyse", str(prepared)])
