"""What a user can do with sources: bring documents and datasets in, cite them, decide about proposals, keep figures."""

from .agreements import add_agreement, restore_agreement, withdraw_agreement
from .citing import cite, relocate_citations, withdraw_citation
from .combining import merge_proposals, split_proposal
from .datasets import add_dataset, edit_dataset, map_dataset, read_dataset, restore_dataset, withdraw_dataset
from .deciding import accept_above, accept_proposal, edit_proposal, reject_proposal
from .details import edit_document
from .figures import remake_figure, restore_figure, save_figure, withdraw_figure
from .importing import import_document
from .own_record import open_own_record
from .preparing import add_file, prepare_dataset, restart_dataset
from .reading import export_cases, read_case
from .reopening import reopen_batch, reopen_proposal, reopen_together
from .saved_mappings import restore_mapping, save_mapping, withdraw_mapping

__all__ = [
    "accept_above",
    "accept_proposal",
    "add_agreement",
    "add_dataset",
    "add_file",
    "cite",
    "edit_dataset",
    "edit_document",
    "edit_proposal",
    "export_cases",
    "import_document",
    "map_dataset",
    "merge_proposals",
    "open_own_record",
    "prepare_dataset",
    "read_case",
    "read_dataset",
    "reject_proposal",
    "relocate_citations",
    "remake_figure",
    "reopen_batch",
    "reopen_proposal",
    "reopen_together",
    "restart_dataset",
    "restore_agreement",
    "restore_dataset",
    "restore_figure",
    "restore_mapping",
    "save_figure",
    "save_mapping",
    "split_proposal",
    "withdraw_agreement",
    "withdraw_citation",
    "withdraw_dataset",
    "withdraw_figure",
    "withdraw_mapping",
]
