"""How long an import takes: whole processes, start to end, in a fresh installation each.

    python benchmarks/import_speed.py [--shared FOLDER] [--pages 1000] [--runs 5]

Work 1: a work programme with page layers, imported with ``--json`` into a fresh database: the one of our own in
``examples/demo_programme`` and, where the shared inputs are, that of 2024. Work 2: a made PDF of many two-column pages,
read, split, proposed and written. Beside it runs pypdf, which does only the first part of that work: taking the text
out of the pages. Both find their modules compiled, as in any installation that was used before.
Results: ``benchmarks/results/import_speed.json``.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks/results/import_speed.json"
DEMO = ROOT / "examples/demo_programme"
GOAL_SECONDS = 3.0
GOAL_PAGES_PER_SECOND = 100.0
PEER = "from pypdf import PdfReader; import sys; sum(len(page.extract_text()) for page in PdfReader(sys.argv[1]).pages)"
SEED = 2031
PARAGRAPHS, SENTENCES_EACH = 6, 6
ACTIVITIES_PER_PAGE = 3
SUBJECTS = ["aanvragen", "klachten", "bezwaren", "meldingen", "dossiers", "vergunningen", "keuringen", "leveringen"]
PLACES = ["Noord", "Oost", "Zuid", "West", "Midden", "Kust", "Rivierenland", "Hoogland", "Grensstreek", "Eilanden"]
BODIES = ["Dienst Proefbedrijf", "Raad voor de Oefening", "Bureau Voorbeeld", "Stichting Staal", "Kamer van Monsters"]
VERBS = ["onderzoekt", "volgt", "beoordeelt", "bespreekt", "controleert"]
BACKGROUND = (
    "De {body} had vorig jaar {n} {subject} te behandelen, o.a. in regio {place}.",
    "Volgens de {body} liep de wachttijd voor {subject} op tot {n} dagen (art. {n} van het reglement).",
    "In regio {place} werken {n} mensen aan {subject}, d.w.z. iets meer dan in het jaar ervoor.",
    "De minister heeft toegezegd dat de {body} hierover voor de zomer bericht.",
    "Een goede afhandeling van {subject} is voor de inwoners van {place} van groot belang.",
)
ACTIVITY = "In 2031 {verb} de inspectie hoe de {body} in regio {place} omgaat met {subject} van soort {n}."


def main() -> None:
    """Measure, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="folder with the shared inputs, to measure the 2024 programme too")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    rows = [programme_row("demo programme", *demo_inputs(), wanted.runs)]
    if wanted.shared and (wanted.shared / "seeds").is_dir():
        rows.append(programme_row("programme of 2024", *source_inputs(wanted.shared / "seeds"), wanted.runs))
    rows.append(pdf_row(wanted))
    for row in rows:
        verdict = "met" if row["met"] else "NOT met"
        print(f"{row['work']}: {row['ours_s']:.2f} s, {row['note']} (goal {row['goal']}: {verdict})")
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "system": platform.system()}
    RESULTS.parent.mkdir(exist_ok=True)
    measured = {"date": datetime.now(UTC).date().isoformat(), "machine": machine, "rows": rows}
    RESULTS.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def demo_inputs() -> tuple[Path, dict[int, Path]]:
    """The work programme of our own, as transcribed, and its page layers."""
    layers = {int(path.stem.split("-")[1]): path for path in (DEMO / "layers").glob("page-*.txt")}
    return DEMO / "programme-transcribed.md", layers


def source_inputs(seeds: Path) -> tuple[Path, dict[int, Path]]:
    """The 2024 programme and the layers of four of its pages; a layer ends with its page number."""
    texts = sorted(seeds.glob("*.txt"), key=lambda path: path.stat().st_size)
    layers = {int(path.read_text(encoding="utf-8").split()[-1]): path for path in texts[:-1]}
    return texts[-1], layers


def programme_row(name: str, source: Path, layers: dict[int, Path], runs: int) -> dict[str, Any]:
    """Work 1."""
    pages = [part for page, path in sorted(layers.items()) for part in ("--page", f"{page}={path}")]
    seconds, peak = repeat(lambda: import_once([str(source), *pages, "--json"]), runs)
    return {
        "work": f"import of the {name} with page layers, whole process",
        "peer": None,
        "peer_version": None,
        "ours_s": round(seconds, 3),
        "peer_s": None,
        "ratio": None,
        "goal": f"under {GOAL_SECONDS:g} s",
        "met": seconds < GOAL_SECONDS,
        "peak_mib": peak,
        "note": f"{source.stat().st_size // 1024} kB of text, {len(layers)} page layers, median of {runs}",
    }


def pdf_row(wanted: argparse.Namespace) -> dict[str, Any]:
    """Work 2; the peer, which takes longest, is measured half as often."""
    runs = wanted.runs
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many-pages.pdf"
        # In a process of its own: what typesetting takes of memory would be counted for the imports started from here.
        with ProcessPoolExecutor(1) as apart:
            pages = apart.submit(make_pdf, path, wanted.pages).result()
        ours, peak = repeat(lambda: import_once([str(path), "--json"]), runs)
        peer, _peak = repeat(
            lambda: timed([sys.executable, "-c", PEER, str(path)], environment_with()), max(1, runs // 2)
        )
    speed = pages / ours
    return {
        "work": f"import of a PDF of {pages} pages, whole process",
        "peer": "pypdf, text of the pages only",
        "peer_version": version("pypdf"),
        "ours_s": round(ours, 3),
        "peer_s": round(peer, 3),
        "ratio": round(peer / ours, 2),
        "goal": f"at least {GOAL_PAGES_PER_SECOND:g} pages/s",
        "met": speed >= GOAL_PAGES_PER_SECOND,
        "peak_mib": peak,
        "note": f"{speed:.0f} pages/s, median of {runs}; the peer took {peer:.2f} s for the text alone",
    }


def make_pdf(path: Path, wanted: int) -> int:
    """A two-column PDF with headings, running header and page numbers; returns how many pages it really has."""
    import typst
    from pypdf import PdfReader

    source_of_chance = random.Random(SEED)
    body = [f"= Hoofdstuk {number + 1}\n\n{_page_text(source_of_chance)}" for number in range(wanted)]
    head = (
        '#set page(paper: "a4", columns: 2, header: [Werkprogramma 2031 (demo)], numbering: "1")\n'
        '#set text(size: 10pt, lang: "nl")\n'
    )
    source = path.with_suffix(".typ")
    source.write_text(head + "\n#pagebreak(weak: true)\n".join(body), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return len(PdfReader(str(path)).pages)


def _page_text(chance: random.Random) -> str:
    """Paragraphs of background with a few activities among them."""
    count = PARAGRAPHS * SENTENCES_EACH
    active = set(chance.sample(range(count), ACTIVITIES_PER_PAGE))
    sentences = [
        _sentence(chance, ACTIVITY if place in active else chance.choice(BACKGROUND)) for place in range(count)
    ]
    parts = [sentences[start : start + SENTENCES_EACH] for start in range(0, count, SENTENCES_EACH)]
    return "\n\n".join(" ".join(part) for part in parts)


def _sentence(chance: random.Random, form: str) -> str:
    words = {"subject": SUBJECTS, "place": PLACES, "body": BODIES, "verb": VERBS}
    return form.format(n=chance.randint(2, 900), **{name: chance.choice(found) for name, found in words.items()})


def repeat(work: Callable[[], tuple[float, float]], runs: int) -> tuple[float, float]:
    """Median seconds over ``runs`` after one run that is not counted, and the most memory that a run took, in MiB."""
    work()
    measured = [work() for _number in range(runs)]
    return statistics.median(seconds for seconds, _peak in measured), round(max(peak for _seconds, peak in measured))


def import_once(words: list[str]) -> tuple[float, float]:
    """As ``timed``: ``zichtlijn import-programme`` in an installation that was just made; making it is not counted."""
    with tempfile.TemporaryDirectory() as data:
        shutil.copytree(new_installation(), data, dirs_exist_ok=True)
        command = [sys.executable, "-m", "zichtlijn", "import-programme", *words]
        return timed(command, environment_with(ZICHTLIJN_DATA=data))


@cache
def new_installation() -> Path:
    """An installation as it was just made, of which every run gets a copy."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    environment = environment_with(ZICHTLIJN_DATA=folder)
    subprocess.run([sys.executable, "-m", "zichtlijn", "migrate", "-v0"], env=environment, check=True)
    return Path(folder)


def environment_with(**more: str) -> dict[str, str]:
    """This environment with more in it, in which Python keeps the modules that it compiles."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | more


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and peak memory in MiB of a whole process; raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
