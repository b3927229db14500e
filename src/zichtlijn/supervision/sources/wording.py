"""What happened to documents, citations and proposals, in words for the history."""

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
    }
)
name_codes("match", CitationState.choices)
