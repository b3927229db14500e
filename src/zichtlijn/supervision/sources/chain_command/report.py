"""``zichtlijn chain report``: a log in, one HTML file out."""

from __future__ import annotations

import argparse
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared

from ..chain_figures import METRICS, Figure, Reader, compute, figure_of, missing, query_of
from ..chain_words import Words
from .agreements import Agreements
from .choosing import reader_for, selection_for
from .engines import engine_of
from .loading import Loaded, is_prepared, load, open_log
from .report_page import Report, page
from .telling import CommandError, Progress


def run(order: argparse.Namespace, words: Words, progress: Progress) -> str:
    """Write the report; the name of its file is the answer."""
    output = order.output or Path(f"{_stem(order.file)}-report.html")
    _check_output(output, words)
    given = Agreements.of(order, words)
    with ExitStack() as stack:
        loaded = _loaded(order, words, progress, stack)
        selection = selection_for(order, loaded.log, words)
        reader = reader_for(order, words)
        with engine_of(order, loaded.log) as engine:
            figures, left_out = figures_of(engine, loaded.log, selection, reader, progress)
            figures += [each.show(each.result, reader) for each in given.held(engine, selection).values()]
        progress.show("writing")
        chosen = query_of(loaded.log, selection)
        text = page(Report(loaded.log, loaded.report, loaded.proposed, figures, left_out, chosen), reader)
        write_whole(output, text)
    return words.gettext("The report is in %(name)s", name=output) + "\n"


def figures_of(
    engine: Engine, log: Prepared, selection: Selection, reader: Reader, progress: Progress
) -> tuple[list[Figure], list[tuple[str, str]]]:
    """Every figure that this log allows, and of the others the title and why not."""
    figures, left_out = [], []
    for name, metric in METRICS.items():
        title = reader.words.gettext(metric.definition.title)
        reasons = missing(name, log)
        if reasons:
            left_out.append((title, " ".join(reader.words.gettext(reason) for reason in reasons)))
            continue
        progress.show("computing", title)
        figures.append(figure_of(name, compute(name, log, selection, engine=engine), reader))
    return figures, left_out


def _loaded(order: argparse.Namespace, words: Words, progress: Progress, stack: ExitStack) -> Loaded:
    if is_prepared(order.file):
        log = open_log(order.file, words)
        return Loaded(log, dict(log.manifest.report), proposed=False)
    work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zichtlijn-")))
    return load(order, work / "prepared", words, progress)


def _stem(file: Path) -> str:
    """The name of a log without what says its format."""
    return file.name.partition(".")[0] or "chain"


def _check_output(output: Path, words: Words) -> None:
    """Said before the work is done, not after it."""
    if output.is_dir():
        raise CommandError(words.gettext("%(name)s is a folder; give the name of a file.", name=output))
    if not output.absolute().parent.is_dir():
        raise CommandError(words.gettext("There is no folder %(name)s.", name=output.parent))


def write_whole(path: Path, text: str) -> None:
    """All of a file or none of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
