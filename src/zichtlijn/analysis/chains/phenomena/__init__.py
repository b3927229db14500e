"""What goes wrong in a chain: looked for everywhere in one log, with the number of chance finds held down.

Read ``phenomenon`` (the nouns) and ``finding`` first; every other module examines one kind.
"""

from zichtlijn.analysis.chains.phenomena.finding import DEFINITION, examine, find
from zichtlijn.analysis.chains.phenomena.limits import LIMITS, Limits
from zichtlijn.analysis.chains.phenomena.phenomenon import KINDS, ROLES, TITLES, Evidence, Kind, Phenomenon, Where

__all__ = [
    "DEFINITION",
    "KINDS",
    "LIMITS",
    "ROLES",
    "TITLES",
    "Evidence",
    "Kind",
    "Limits",
    "Phenomenon",
    "Where",
    "examine",
    "find",
]
