"""What we know it from: documents and their passages, citations, import runs and proposals, datasets and figures."""

from .agreements import Agreement, AgreementKind
from .citations import Citation, CitationState
from .datasets import Dataset, DatasetAddition, DatasetState, SavedMapping
from .documents import Document, DocumentFormat, Footnote, PageLayer, Passage, Section
from .proposals import DecisionBy, ImportRun, Proposal, ProposalState, RunOutcome
from .saved_figures import RemadeOutcome, SavedFigure

__all__ = [
    "Agreement",
    "AgreementKind",
    "Citation",
    "CitationState",
    "Dataset",
    "DatasetAddition",
    "DatasetState",
    "DecisionBy",
    "Document",
    "DocumentFormat",
    "Footnote",
    "ImportRun",
    "PageLayer",
    "Passage",
    "Proposal",
    "ProposalState",
    "RemadeOutcome",
    "RunOutcome",
    "SavedFigure",
    "SavedMapping",
    "Section",
]
