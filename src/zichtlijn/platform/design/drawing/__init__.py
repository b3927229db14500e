"""Drawings as SVG, made on the server in plain Python: networks in layers, bars, bars over time.

A drawing is a frozen description with ``svg(id)`` (markup whose colours are classes of the style sheet) and ``twin()``
(the same in a table). Same description, same bytes.
"""

from .bars import Bar, Bars
from .network import Edge, Network, Vertex
from .periods import Period, Periods
from .twin import Twin

__all__ = ["Bar", "Bars", "Edge", "Network", "Period", "Periods", "Twin", "Vertex"]
