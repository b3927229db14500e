"""``zichtlijn chain compare``: what stands out in one chain, looked up in others."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from typing import Any

from zichtlijn.analysis.chains.parallels import Examined, Parallel, all_parallels
from zichtlijn.analysis.eventlogs.prepared import Prepared

from ..chain_figures import SMALLEST, Reader
from ..chain_figures.parallels import parallel_json, parallels_figure
from ..chain_words import Words
from .engines import engine_of
from .loading import open_log
from .plain_text import figure_text
from .telling import CommandError, Progress


def run(order: argparse.Namespace, words: Words, progress: Progress) -> str:
    """Of every log in turn, what was found there and where it occurs in the others too."""
    if len(order.folders) < 2:
        raise CommandError(words.gettext("Give the folders of at least two prepared logs."))
    logs = [open_log(folder, words) for folder in order.folders]
    if len({log.manifest.digest for log in logs}) < len(logs):
        raise CommandError(words.gettext("The same log is given twice; give logs that differ."))
    names = _names(logs)
    examined = []
    with ExitStack() as stack:
        for name, log in zip(names, logs, strict=True):
            progress.show("computing", name)
            examined.append(Examined(name, stack.enter_context(engine_of(order, log))))
        found = {one.chain: _of(one, examined) for one in examined}
    if order.json:
        return json.dumps(_json(found, logs, names), ensure_ascii=False, indent=1) + "\n"
    reader = Reader(words, SMALLEST)
    figures = [parallels_figure([parallel_json(each) for each in pairs], reader) for pairs in found.values()]
    return "\n".join(
        f"{name}\n{'#' * len(name)}\n{figure_text(figure, words)}" for name, figure in zip(found, figures, strict=True)
    )


def _of(one: Examined, every: list[Examined]) -> list[Parallel]:
    found = [each for each in one.phenomena if each.found]
    return all_parallels(found, one, [other for other in every if other is not one])


def _names(logs: list[Prepared]) -> list[str]:
    """The files the logs came from; numbered where two have the same name."""
    names: list[str] = []
    for log in logs:
        name = ", ".join(source["name"] for source in log.manifest.sources)
        again = sum(known == name or known.startswith(f"{name} (") for known in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return names


def _json(found: dict[str, list[Parallel]], logs: list[Prepared], names: list[str]) -> dict[str, Any]:
    return {
        "logs": [{"name": name, "digest": log.manifest.digest} for name, log in zip(names, logs, strict=True)],
        "parallels": {name: [parallel_json(each) for each in pairs] for name, pairs in found.items()},
    }
