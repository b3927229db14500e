"""Drawings as SVG, made on the server in plain Python: networks, chains, bars, periods, and charts with two axes.

A drawing is a frozen description with ``svg(id)`` (markup whose colours are classes of the style sheet) and ``twin()``
(the same in a table). Same description, same bytes.
"""

from .bars import Bar, Bars
from .chain_flow import ChainFlow, Flow, Station
from .funnel import Dot, Funnel, Limits
from .histogram import Bin, Histogram
from .intervals import Interval, Intervals
from .network import Edge, Network, Vertex
from .periods import Period, Periods
from .step_curve import Curve, StepCurve
from .time_series import Line, TimeSeries, TurningPoint
from .twin import Twin

__all__ = [
    "Bar",
    "Bars",
    "Bin",
    "ChainFlow",
    "Curve",
    "Dot",
    "Edge",
    "Flow",
    "Funnel",
    "Histogram",
    "Interval",
    "Intervals",
    "Limits",
    "Line",
    "Network",
    "Period",
    "Periods",
    "Station",
    "StepCurve",
    "TimeSeries",
    "TurningPoint",
    "Twin",
    "Vertex",
]
