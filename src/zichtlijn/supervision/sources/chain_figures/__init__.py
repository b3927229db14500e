"""What a chain dashboard and a report show of a prepared log, without Django.

``METRICS`` by name; ``compute`` gives plain JSON, ``figure_of`` shows it to a ``Reader``, ``cases_behind``
gives the cases.
"""

from ..chain_words import Words, words_in
from .agreed import AGREED, AgreedMetric, cached_agreed, compute_agreed
from .catalogue import METRICS
from .computing import cached, cases_behind, compute, compute_ahead, compute_at_once, figure_of, missing, result_table
from .figure import Figure, KeyFigure, Row, Table, is_wide
from .key_figures import key_figures
from .reader import SMALLEST, Reader
from .selecting import query_of, selection_of

__all__ = [
    "AGREED",
    "METRICS",
    "SMALLEST",
    "AgreedMetric",
    "Figure",
    "KeyFigure",
    "Reader",
    "Row",
    "Table",
    "Words",
    "cached",
    "cached_agreed",
    "cases_behind",
    "compute",
    "compute_agreed",
    "compute_ahead",
    "compute_at_once",
    "figure_of",
    "is_wide",
    "key_figures",
    "missing",
    "query_of",
    "result_table",
    "selection_of",
    "words_in",
]
