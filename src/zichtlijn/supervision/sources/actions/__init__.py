"""What a user can do with sources: bring documents in, cite them, decide about proposals."""

from .citing import cite, relocate_citations, withdraw_citation
from .combining import merge_proposals, split_proposal
from .deciding import accept_above, accept_proposal, edit_proposal, reject_proposal
from .details import edit_document
from .importing import import_document
from .reopening import reopen_batch, reopen_proposal, reopen_together

__all__ = [
    "accept_above",
    "accept_proposal",
    "cite",
    "edit_document",
    "edit_proposal",
    "import_document",
    "merge_proposals",
    "reject_proposal",
    "relocate_citations",
    "reopen_batch",
    "reopen_proposal",
    "reopen_together",
    "split_proposal",
    "withdraw_citation",
]
