"""Addresses of retention and destruction."""

from django.urls import path

from .views import holds, lists, overview, rules

app_name = "retention"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("due/<str:kind>", overview.due, name="due"),
    path("figures", overview.figures, name="figures"),
    path("rules", rules.rule_list, name="rules"),
    path("rules/new", rules.new_rule, name="rule-new"),
    path("rules/<int:pk>", rules.change_rule, name="rule-change"),
    path("holds", holds.hold_list, name="holds"),
    path("holds/<str:label>/<int:pk>/<slug:step>", holds.hold, name="hold"),
    path("lists", lists.all_lists, name="lists"),
    path("lists/<int:pk>/", lists.list_page, name="list"),
    path("lists/<int:pk>/review", lists.review, name="review"),
    path("lists/<int:pk>/steps/<slug:step>", lists.step, name="list-step"),
    path("lists/<int:pk>/proof", lists.proof, name="proof"),
    path("lists/<int:pk>/proof.json", lists.proof_file, name="proof-file"),
]
