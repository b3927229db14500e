"""``zichtlijn chain analyse``: figures of a prepared log, as text or JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.prepared import Prepared

from ..chain_figures import METRICS, compute, compute_at_once, figure_of, missing, query_of
from ..chain_words import Words
from .agreements import Agreements, Held
from .choosing import reader_for, selection_for
from .engines import engine_of
from .loading import arranged, open_log
from .plain_text import figure_text
from .telling import CommandError, Progress


def run(order: argparse.Namespace, words: Words, progress: Progress) -> str:
    """The figures that were asked for, or all that the log allows."""
    if order.log.is_file():
        return first_look(order, words, progress)
    log = open_log(order.log, words)
    if order.mapping or order.object_type or order.cut_off:
        raise CommandError(words.gettext("What the columns mean was said when this log was prepared."))
    names = metric_names(order, log, words)
    given = Agreements.of(order, words)
    selection = selection_for(order, log, words)
    reader = reader_for(order, words)
    with engine_of(order, log) as engine:
        results = _results(engine, log, selection, names, words=words, progress=progress)
        held = given.held(engine, selection)
    if order.json:
        return figures_json(log, selection, results, held)
    figures = [figure_of(name, result, reader) for name, result in results.items()]
    figures += [each.show(each.result, reader) for each in held.values()]
    return "\n".join(figure_text(figure, words) for figure in figures)


def first_look(order: argparse.Namespace, words: Words, progress: Progress) -> str:
    """Figures straight from a file, in memory: those that need no prepared log."""
    if order.engine != "duckdb" or order.model or order.statements:
        raise CommandError(words.gettext("For this the file must be prepared first: zichtlijn chain prepare."))
    log = arranged(order, words, progress)
    asked = metric_names(order, log, words)
    names = [name for name in asked if METRICS[name].at_once]
    if left := [name for name in order.metric if name not in names]:
        said = words.gettext("%(name)s needs a prepared log: zichtlijn chain prepare.", name=", ".join(left))
        raise CommandError(said)
    selection, reader, instant = selection_for(order, log, words), reader_for(order, words), Instant(log)
    results = {}
    for name in names:
        progress.show("computing", words.gettext(METRICS[name].definition.title))
        results[name] = compute_at_once(name, instant, selection)
    if order.json:
        return figures_json(log, selection, results, {})
    return "\n".join(figure_text(figure_of(name, result, reader), words) for name, result in results.items())


def metric_names(order: argparse.Namespace, log: DescribedLog, words: Words) -> list[str]:
    """Those that were asked for, or all that this log allows."""
    unknown = [name for name in order.metric if name not in METRICS]
    if unknown:
        terms = {"name": ", ".join(unknown), "names": ", ".join(METRICS)}
        raise CommandError(words.gettext("There is no figure %(name)s; choose from %(names)s.", **terms))
    return list(dict.fromkeys(order.metric)) or [name for name in METRICS if not missing(name, log)]


def _results(
    engine: Engine, log: Prepared, selection: Selection, names: list[str], *, words: Words, progress: Progress
) -> dict[str, dict[str, Any]]:
    found = {}
    for name in names:
        progress.show("computing", words.gettext(METRICS[name].definition.title))
        found[name] = compute(name, log, selection, engine=engine)
    return found


def figures_json(
    log: DescribedLog, selection: Selection, results: dict[str, dict[str, Any]], held: dict[str, Held]
) -> str:
    """Everything computed, also small counts: for other programs of who has the log. Documented in the guide."""
    values = {
        "digest": log.manifest.digest,
        "selection": query_of(log, selection),
        "definitions": {name: _about(METRICS[name].definition) for name in results}
        | {name: _about(each.definition) for name, each in held.items()},
        "figures": results | {name: each.result for name, each in held.items()},
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _about(about: Definition) -> dict[str, str]:
    return {"title": about.title, "text": about.text, "unit": about.unit, "source": about.source}
