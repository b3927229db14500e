"""What a user can do with sources: bring documents in, cite them, decide about proposals."""

from .citing import cite, relocate_citations, withdraw_citation
from .combining import merge_proposals, split_proposal
from .deciding import accept_above, accept_proposal, edit_proposal, reject_proposal
from .importing import import_document
from .reopening import reopen_batch, reopen_proposal

__all__ = [
    "accept_above",
    "accept_proposal",
    "cite",
    "edit_proposal",
    "import_document",
    "merge_proposals",
    "reject_proposal",
    "relocate_citations",
    "reopen_batch",
    "reopen_proposal",
    "split_proposal",
    "withdraw_citation",
]
