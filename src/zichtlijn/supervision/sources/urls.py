"""Addresses of sources."""

from django.urls import path

from .views import citations, decisions, documents, editions, review, uploads

app_name = "sources"
urlpatterns = [
    path("", documents.document_list, name="document-list"),
    path("upload/", uploads.upload, name="upload"),
    path("runs/<int:pk>/", uploads.run_page, name="run"),
    path("documents/<int:pk>/", documents.document_page, name="document"),
    path("documents/<int:pk>/edit/", documents.edit, name="document-edit"),
    path("documents/<int:pk>/file/", documents.download, name="document-file"),
    path("documents/<int:pk>/compare/", editions.compare_page, name="compare"),
    path("documents/<int:pk>/review/", review.review, name="review"),
    path("documents/<int:pk>/accept-above/", decisions.accept_above, name="accept-above"),
    path("documents/<int:pk>/reopen-batch/", decisions.reopen_batch, name="reopen-batch"),
    path("proposals/<int:pk>/", review.proposal_page, name="proposal"),
    path("proposals/<int:pk>/accept/", decisions.accept, name="accept"),
    path("proposals/<int:pk>/edit/", decisions.edit, name="edit"),
    path("proposals/<int:pk>/reject/", decisions.reject, name="reject"),
    path("proposals/<int:pk>/merge/", decisions.merge, name="merge"),
    path("proposals/<int:pk>/split/", decisions.split, name="split"),
    path("proposals/<int:pk>/reopen/", decisions.reopen, name="reopen"),
    path("citations/unmatched/", citations.unmatched, name="unmatched"),
    path("citations/<int:pk>/", citations.citation_page, name="citation"),
    path("citations/<int:pk>/withdraw/", citations.withdraw, name="citation-withdraw"),
]
