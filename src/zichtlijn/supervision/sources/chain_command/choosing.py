"""The selection and the reader that were ordered."""

from __future__ import annotations

import argparse

from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog

from ..chain_figures import SMALLEST, Reader, selection_of
from ..chain_words import Words
from .telling import CommandError


def selection_for(order: argparse.Namespace, log: DescribedLog, words: Words) -> Selection:
    """What was chosen of the log. A value that does not occur is an error here: a typing error would give no cases."""
    query = {
        "from": [order.from_ or ""],
        "until": [order.until or ""],
        "organisation": order.organisation,
        "region": order.region,
        "group": order.group,
        "citizen_group": order.citizen_group,
    }
    selection, unknown = selection_of(log, query)
    if unknown:
        raise CommandError(words.gettext("%(value)s does not occur in this log.", value=", ".join(unknown)))
    if None not in (selection.from_us, selection.until_us) and selection.from_us >= selection.until_us:  # type: ignore[operator]
        raise CommandError(words.gettext("The period ends before it begins."))
    return selection


def reader_for(order: argparse.Namespace, words: Words) -> Reader:
    """Small counts are hidden unless another number was given."""
    return Reader(words, order.minimum or SMALLEST)
