"""``zichtlijn chain report``: one page that stands on its own, and says only what may be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.supervision.sources.chain_command.writing import Page, Run, names_in
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.supervision.sources.chain_words import words_in


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


def test_a_report_is_not_written_over_a_folder(file: Path, run: Run, tmp_path: Path) -> None:
    code, _out, err = run("report", file, "--output", tmp_path)
    assert code == 1
    assert "is a folder; give the name of a file" in err


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


def test_events_of_an_added_file_that_were_there_already_are_told(run: Run, tmp_path: Path) -> None:
    from zichtlijn.analysis.eventlogs.prepare import append
    from zichtlijn.analysis.eventlogs.readers import read_log

    def file(name: str, cases: range) -> Path:
        rows = [f"Z{case};{step};2031-01-{case:02d} 0{step}:00" for case in cases for step in (1, 2, 3)]
        (tmp_path / name).write_text("\n".join(["zaaknummer;activiteit;tijdstip", *rows]), encoding="utf-8")
        return tmp_path / name

    assert run("prepare", file("first.csv", range(1, 13)), tmp_path / "log")[0] == 0
    later = read_log(file("later.csv", range(12, 20)), tmp_path / "raw")
    append(Prepared(tmp_path / "log"), later, tmp_path / "more")
    run("report", tmp_path / "more", "--output", tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "In the log already when this file was added</dt><dd>3 events; these now count twice" in text
