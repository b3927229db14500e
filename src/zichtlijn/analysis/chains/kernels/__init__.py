"""The same figures as the expressions give, at once: compiled loops over columns of the prepared log in memory.

For a screen that must answer while someone moves a filter. The columns are read once; after that a figure of millions
of events takes some milliseconds. What does not fit in memory, or must run on several machines, goes through an engine.
"""

from zichtlijn.analysis.chains.kernels.columns import Columns, LogColumns, bytes_of
from zichtlijn.analysis.chains.kernels.instant import Instant

__all__ = ["Columns", "Instant", "LogColumns", "bytes_of"]
