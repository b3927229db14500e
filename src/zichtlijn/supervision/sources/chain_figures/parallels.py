"""The phenomena of a chain in other chains: where each occurs too, and what differs where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from zichtlijn.analysis.chains import parallels
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.parallels import Examined, Measure, Parallel
from zichtlijn.analysis.chains.phenomena import Phenomenon
from zichtlijn.analysis.eventlogs.prepared import Prepared

from .figure import Figure, Row, Table
from .phenomena import sentence
from .reader import Reader

DEFINITION = parallels.DEFINITION
LISTED = 40
MOST_EXAMINED = 24


@lru_cache(maxsize=MOST_EXAMINED)
def _examined(digest: str, folder: str, chain: str) -> Examined:
    with Embedded(Prepared(Path(folder))) as engine:
        return Examined(chain, engine)


def examined(chain: str, log: Prepared) -> Examined:
    """The log of a chain with all that was examined in it; from memory when this process did so before."""
    return _examined(log.manifest.digest, str(log.folder), chain)


def parallels_of(own: Examined, others: Sequence[Examined]) -> list[dict[str, Any]]:
    """Where what was found in one chain occurs in the others too, or was shown not to; plain JSON."""
    found = [each for each in own.phenomena if each.found]
    return [parallel_json(each) for each in parallels.all_parallels(found, own, others)]


def parallel_json(each: Parallel) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        "chain": each.chain,
        "occurs": each.occurs,
        "similarity": each.similarity,
        "same_role": each.same_role,
        "same_organisation": each.same_organisation,
        "here": _phenomenon(each.here),
        "there": _phenomenon(each.there),
        "differences": [
            {
                "name": one.name,
                "measure": one.measure,
                "here": one.here,
                "there": one.there,
                "counts_here": list(one.counts_here),
                "counts_there": list(one.counts_there),
            }
            for one in each.differences
        ],
    }


def _phenomenon(each: Phenomenon) -> dict[str, Any]:
    return each.as_json() | {"title": each.title, "text": each.text}


def parallels_figure(found: Sequence[dict[str, Any]], reader: Reader) -> Figure:
    """Two tables: where it occurs too, and where it was shown not to."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    occurs = [each for each in found if each["occurs"]]
    absent = [each for each in found if not each["occurs"]]
    if not found:
        return Figure(
            about, gettext("Nothing of what was found here was seen or excluded in another chain."), behind=None
        )
    chains = list(dict.fromkeys(each["chain"] for each in occurs))
    verdict = gettext("What was found here occurs in no other chain that was examined.")
    if chains:
        verdict = gettext("What was found here occurs too in: %(names)s.", names=reader.words.either(chains))
    return Figure(
        about,
        verdict,
        tables=tuple(table for table in (_occurs(occurs, reader), _absent(absent, reader)) if table.rows),
        behind=None,
        wide=True,
    )


def _occurs(found: list[dict[str, Any]], reader: Reader) -> Table:
    gettext = reader.words.gettext
    rows = tuple(
        Row(
            (
                sentence(each["here"], reader),
                each["chain"],
                sentence(each["there"], reader),
                reader.words.share(each["similarity"]),
            )
        )
        for each in found[:LISTED]
    )
    heads = (gettext("Here"), gettext("Other chain"), gettext("There"), gettext("Alike"))
    left_out = reader.left_out(len(found) - LISTED)
    return Table(gettext("Where it occurs too"), reader.heads(*heads, numeric_from=3), rows, left_out)


def _absent(found: list[dict[str, Any]], reader: Reader) -> Table:
    gettext = reader.words.gettext
    rows = tuple(
        Row((sentence(each["here"], reader), each["chain"], _place(each["there"], reader), _differences(each, reader)))
        for each in found[:LISTED]
    )
    heads = (
        gettext("Here"),
        gettext("Other chain"),
        gettext("Where it was not found"),
        gettext("What differs (here, there)"),
    )
    left_out = reader.left_out(len(found) - LISTED)
    return Table(gettext("Where it was shown not to occur"), reader.heads(*heads, numeric_from=4), rows, left_out)


def _place(there: dict[str, Any], reader: Reader) -> str:
    where = there["where"]
    names = [where[name] for name in ("organisation", "to_organisation", "region") if where[name]]
    return " → ".join(names) or reader.words.gettext("the chain as a whole")


def _differences(each: dict[str, Any], reader: Reader) -> str:
    gettext = reader.words.gettext
    return "; ".join(
        f"{gettext(one['name'])}: {_measured(one['here'], one['counts_here'], one['measure'], reader)}, "
        f"{_measured(one['there'], one['counts_there'], one['measure'], reader)}"
        for one in each["differences"]
    )


def _measured(value: float, counts: Sequence[int], measure: Measure, reader: Reader) -> str:
    """A value in its measure; not where who knows how many there were would find a few cases with it."""
    words = reader.words
    if any(reader.of_events.hides(count) for count in counts):
        return reader.unsaid()
    if measure == "share":
        return words.fine_share(value)
    if measure == "days":
        return words.days(value)
    if measure == "per week":
        return words.gettext("%(number)s a week", number=words.number(value, 1))
    return words.number(value, 2 if measure == "times" else 0)
