"""What happened to documents, citations, proposals, datasets and figures, in words for the history."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.wording import name_actions, name_codes, name_values

from .models import CitationState

name_actions(
    {
        "sources.accept_above": _("proposals accepted by a threshold"),
        "sources.accept_proposal": _("proposal accepted"),
        "sources.add_document": _("document added"),
        "sources.add_page_layers": _("page layers added"),
        "sources.attach_text": _("text attached"),
        "sources.cite": _("citation added"),
        "sources.edit_document": _("details changed"),
        "sources.edit_proposal": _("proposal changed"),
        "sources.import_document": _("document imported"),
        "sources.merge_proposal": _("merged into another proposal"),
        "sources.merge_proposals": _("other proposals merged into it"),
        "sources.reject_proposal": _("proposal rejected"),
        "sources.relocate_citations": _("citations looked up again"),
        "sources.reopen_batch": _("decision of a threshold undone"),
        "sources.reopen_together": _("decisions undone"),
        "sources.relocate_citation": _("citation looked up again"),
        "sources.reopen_proposal": _("decision undone"),
        "sources.split_proposal": _("proposal split"),
        "sources.unmerge_proposals": _("merge undone"),
        "sources.add_agreement": _("added to the dataset"),
        "sources.add_dataset": _("dataset added"),
        "sources.add_file": _("file given to add"),
        "sources.edit_dataset": _("details changed"),
        "sources.export_cases": _("list of cases taken along"),
        "sources.fail_dataset": _("work stopped"),
        "sources.finish_adding": _("file added"),
        "sources.finish_preparing": _("log prepared"),
        "sources.finish_reading": _("file read"),
        "sources.map_dataset": _("meaning of the columns chosen"),
        "sources.open_own_record": _("made of our own record of events"),
        "sources.prepare_dataset": _("load report accepted"),
        "sources.read_case": _("case looked at"),
        "sources.read_dataset": _("reading started"),
        "sources.remake_figure": _("figure made again"),
        "sources.restart_dataset": _("work started again"),
        "sources.restore_agreement": _("put back"),
        "sources.restore_dataset": _("put back"),
        "sources.restore_figure": _("put back"),
        "sources.restore_mapping": _("offered again"),
        "sources.save_figure": _("figure kept"),
        "sources.save_mapping": _("meaning of columns kept"),
        "sources.take_up_dataset": _("work taken up again"),
        "sources.withdraw_agreement": _("removed from the dataset"),
        "sources.withdraw_dataset": _("taken back"),
        "sources.withdraw_figure": _("taken back"),
        "sources.withdraw_mapping": _("no longer offered"),
        "sources.withdraw_citation": _("citation taken away"),
        "sources.withdraw_proposal": _("part taken away"),
        "sources.withdraw_record": _("taken out of the register"),
    }
)
name_values(
    {
        "citation": _("citation"),
        "cited_document": _("document"),
        "cited_page": _("page"),
        "quote": _("quote"),
        "match": _("match"),
        "decided_by": _("person who accepted or rejected"),
        "warnings": _("warnings"),
        "layers": _("pages with a layer"),
        "columns": _("meaning of the columns"),
        "case": _("case (number in the prepared log)"),
        "cases_exported": _("cases in the file"),
        "file_format": _("format"),
        "query": _("query"),
    }
)
name_codes("match", CitationState.choices)
