"""What we know it from: documents and their passages, citations, import runs and proposals."""

from .citations import Citation, CitationState
from .documents import Document, DocumentFormat, Footnote, PageLayer, Passage, Section
from .proposals import DecisionBy, ImportRun, Proposal, ProposalState, RunOutcome

__all__ = [
    "Citation",
    "CitationState",
    "DecisionBy",
    "Document",
    "DocumentFormat",
    "Footnote",
    "ImportRun",
    "PageLayer",
    "Passage",
    "Proposal",
    "ProposalState",
    "RunOutcome",
    "Section",
]
