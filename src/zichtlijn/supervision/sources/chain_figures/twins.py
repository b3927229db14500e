"""The heads of a drawing's table in the language of the reader."""

from __future__ import annotations

from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import Twin

from ..chain_words import Words

FIXED = (
    gettext_noop("From"),
    gettext_noop("Name"),
    gettext_noop("Note"),
    gettext_noop("To"),
    gettext_noop("Uncertainty"),
    gettext_noop("Value"),
    gettext_noop("Verdict"),
)
"""Heads that the drawings themselves give; others came with the figure and are translated already."""


def translated(twin: Twin, words: Words) -> Twin:
    """The same table under translated heads."""
    return Twin(tuple(words.gettext(head) if head in FIXED else head for head in twin.heads), twin.rows)
