"""Making the prepared log: ``prepare`` makes one, ``append`` makes one out of another and new events."""

from zichtlijn.analysis.eventlogs.prepare.appending import append
from zichtlijn.analysis.eventlogs.prepare.preparing import prepare

__all__ = ["append", "prepare"]
