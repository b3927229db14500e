"""Generated chains: demo logs of any size with known truth, for tests and for showing what the analyses do.

Read the modules in this order: ``definition`` (a chain as written in its YAML file), ``planted`` (what is made wrong on
purpose), ``working_time`` and ``queues`` (how waiting comes about), ``simulation`` (one block of cases), ``truth``,
``writing`` and ``generating`` (all blocks, to a folder).
"""

from zichtlijn.analysis.chains.generation.definition import CHAINS, ChainCode, ChainDefinition, read_chain
from zichtlijn.analysis.chains.generation.generating import Format, Generated, generate
from zichtlijn.analysis.chains.generation.planted import Growing, Lost, Planted, Regional, Rework

__all__ = [
    "CHAINS",
    "ChainCode",
    "ChainDefinition",
    "Format",
    "Generated",
    "Growing",
    "Lost",
    "Planted",
    "Regional",
    "Rework",
    "generate",
    "read_chain",
]
