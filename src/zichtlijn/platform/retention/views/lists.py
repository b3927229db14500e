"""Destruction lists: their lines, the review, the steps, the proof."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.paging import open_page
from zichtlijn.platform.design.tables import Column
from zichtlijn.platform.numbers import whole_number

from .. import proof as proofs
from ..actions.listing import STEPS, review_lines, take_step
from ..forms import ReviewForm
from ..models import Decision, DestructionLine, DestructionList, ListState
from ..registry import STOPS, kind_named, outcome_in_words
from ..terms import in_words
from ..transitions import LIST, STEP_PERMISSIONS
from .answering import add_errors, refuse, require, show, tabs

PER_PAGE = 100
LISTS = [
    Column(gettext_lazy("List")),
    Column(gettext_lazy("Stage")),
    Column(gettext_lazy("Lines"), numeric=True),
    Column(gettext_lazy("Made")),
    Column(gettext_lazy("Approved")),
    Column(gettext_lazy("Destroyed")),
]
GONE = [
    Column(gettext_lazy("Reference")),
    Column(gettext_lazy("Kind")),
    Column(gettext_lazy("Term ended")),
    Column(gettext_lazy("Rule")),
    Column(gettext_lazy("Reviewed by")),
    Column(gettext_lazy("Rows"), numeric=True),
]
TONES = {
    ListState.DRAFT: "neutral",
    ListState.REVIEW: "info",
    ListState.APPROVED: "warning",
    ListState.DESTROYING: "warning",
    ListState.DESTROYED: "positive",
    ListState.WITHDRAWN: "neutral",
}
LABELS = {
    "propose": (gettext_lazy("Offer for review"), "primary"),
    "approve": (gettext_lazy("Approve the destruction"), "primary"),
    "destroy": (gettext_lazy("Destroy"), "danger"),
    "send_back": (gettext_lazy("Send back"), "secondary"),
    "withdraw": (gettext_lazy("Withdraw"), "subtle"),
}
CONSEQUENCES = {
    "propose": gettext_lazy("Others review every line. Whoever made the list does not review it."),
    "approve": gettext_lazy("You confirm that the lines to be destroyed may go. Nothing goes yet."),
    "destroy": gettext_lazy(
        "The records go for good, with their messages and files, and cannot be brought back. "
        "What is held, or was opened again, stays."
    ),
    "send_back": gettext_lazy("The list becomes a draft again."),
    "withdraw": gettext_lazy("The records stay, and are due again for another list."),
}
DONE = {
    "propose": gettext_lazy("The list can be reviewed now."),
    "approve": gettext_lazy("The destruction is approved. It begins when somebody says so."),
    "destroy": gettext_lazy("The destruction begins within a minute. This page says how far it is."),
    "send_back": gettext_lazy("The list is a draft again."),
    "withdraw": gettext_lazy("The list is withdrawn."),
}
SHOWN = ("open", "destroy", "keep", "stopped")


@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """Every list, the newest first."""
    require(request, "retention.see")
    found = DestructionList.objects.visible_to(request.user).select_related("made_by", "approved_by")
    page = open_page(found.annotate(number=Count("lines")), request.GET.get("page"), 50)
    rows = [(each, TONES[ListState(each.state)]) for each in page]
    return show(request, "lists", tabs=tabs(), page=page, rows=rows, columns=LISTS)


@require_safe
def list_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One list with its lines, and what can be done with it now."""
    return _page(request, _found(request, pk), ReviewForm())


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Decide of the chosen lines, or of all that were not reviewed."""
    found = _found(request, pk)
    require(request, "retention.review_lines", found)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    given = form.cleaned_data
    if given["whole"]:
        lines = list(found.lines.filter(decision=Decision.OPEN).values_list("pk", flat=True))
    else:
        lines = [key for value in request.POST.getlist("selected") if (key := whole_number(value)) is not None]
    try:
        number = review_lines(
            actor=request.user, found=found, lines=lines, decision=given["decision"], reason=given["reason"]
        )
    except ValidationError as refused:
        add_errors(form, refused)
        return _page(request, found, form)
    tell(request, _("Reviewed: %(number)s.") % {"number": number})
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Ask once more, then take the step."""
    found = _found(request, pk)
    if step not in STEPS:
        raise Http404
    require(request, STEP_PERMISSIONS[step], found)
    if request.method == "POST":
        try:
            take_step(actor=request.user, found=found, step=step)
        except ValidationError as refused:
            return refuse(request, refused, found)
        tell(request, DONE[step])
        return redirect(found)
    if step not in LIST.allowed(found.state):
        return redirect(found)
    label, look = LABELS[step]
    context = {
        "found": found,
        "title": label,
        "text": CONSEQUENCES[step],
        "look": "danger" if look == "danger" else "primary",
        "totals": _totals(found),
    }
    return show(request, "step", **context)


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """What was destroyed, as the proof says, and how to check that it was not changed."""
    found = _destroyed(request, pk)
    said = proofs.read(found.proof)
    page = open_page(said["destroyed"], request.GET.get("page"), PER_PAGE)
    rules = {key: _rule_in_words(rule) for key, rule in said["rules"].items()}
    rows = [
        {
            "line": line,
            "kind": _kind(line["kind"]),
            "rule": rules.get(line["rule"], ""),
            "due": date.fromisoformat(line["due"]),
            "number": sum(line["rows"].values()),
        }
        for line in page
    ]
    stopped = [(line, STOPS.get(line["because"], line["because"])) for line in said["not_destroyed"]]
    return show(request, "proof", found=found, said=said, page=page, rows=rows, stopped=stopped, columns=GONE)


@require_safe
def proof_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof itself, byte for byte what the digest is of."""
    found = _destroyed(request, pk)
    response = HttpResponse(found.proof.encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found}.json"'
    return response


def _found(request: HttpRequest, pk: int) -> DestructionList:
    lists = DestructionList.objects.visible_to(request.user).select_related("made_by", "approved_by", "started_by")
    found: DestructionList = get_object_or_404(lists, pk=pk)
    return found


def _destroyed(request: HttpRequest, pk: int) -> DestructionList:
    found = _found(request, pk)
    if found.state != ListState.DESTROYED:
        raise Http404
    return found


def _page(request: HttpRequest, found: DestructionList, form: ReviewForm) -> HttpResponse:
    wanted = request.GET.get("show", "")
    lines = found.lines.select_related("rule", "reviewer").order_by("pk")
    if wanted in SHOWN:
        lines = lines.exclude(stopped_by="") if wanted == "stopped" else lines.filter(decision=wanted)
    page = open_page(lines, request.GET.get("page"), PER_PAGE)
    totals = _totals(found)
    may_review = found.state == ListState.REVIEW and request.user.has_perm("retention.review_lines", found)
    context = {
        "found": found,
        "tone": TONES[ListState(found.state)],
        "form": form,
        "page": page,
        "rows": _rows(list(page), request.user),
        "totals": totals,
        "filters": _filters(found, totals, wanted),
        "may_review": may_review,
        "is_own": found.state == ListState.REVIEW and found.made_by_id == request.user.pk,
        "buttons": _buttons(request, found, totals),
    }
    return show(request, "list", **context)


def _rows(lines: list[DestructionLine], user: Any) -> list[dict[str, Any]]:
    keys: dict[str, list[str]] = {}
    for line in lines:
        keys.setdefault(line.kind, []).append(line.key)
    addresses = {
        (kind, key): address
        for kind, of_kind in keys.items()
        if (kept := kind_named(kind))
        for key, address in kept.openable(user, of_kind).items()
    }
    return [
        {
            "line": line,
            "kind": _kind(line.kind),
            "outcome": outcome_in_words(kind_named(line.kind), line.outcome),
            "url": addresses.get((line.kind, line.key), ""),
            "stopped": STOPS.get(line.stopped_by, line.stopped_by),
        }
        for line in lines
    ]


def _kind(kind: str) -> Any:
    kept = kind_named(kind)
    return kept.name if kept else kind


def _rule_in_words(rule: dict[str, Any]) -> str:
    return in_words(rule["amount"], rule["unit"])


def _totals(found: DestructionList) -> dict[str, int]:
    """How many lines stand where: one query."""
    counted = dict.fromkeys(("open", "destroy", "keep", "stopped", "destroyed", "all"), 0)
    rows = found.lines.order_by().values_list("decision", "stopped_by")
    for decision, stopped_by, number, gone in rows.annotate(number=Count("pk"), gone=Count("destroyed_at")):
        counted["all"] += number
        counted[decision] += number
        counted["stopped"] += number if stopped_by else 0
        counted["destroyed"] += gone
    return counted


def _filters(found: DestructionList, totals: dict[str, int], wanted: str) -> list[tuple[Any, str, int, bool]]:
    names = {
        "open": _("Not reviewed"),
        "destroy": _("Destroy"),
        "keep": _("Keep for now"),
        "stopped": _("Not destroyed"),
    }
    address = found.get_absolute_url()
    shown = [(_("All"), address, totals["all"], wanted not in SHOWN)]
    return shown + [
        (name, f"{address}?show={code}", totals[code], wanted == code) for code, name in names.items() if totals[code]
    ]


def _buttons(request: HttpRequest, found: DestructionList, totals: dict[str, int]) -> list[dict[str, Any]]:
    """The steps that this user can take now; approving is offered once every line is reviewed."""
    steps = [step for step in LIST.allowed(found.state) if step in STEPS]
    return [
        {"name": LABELS[step][0], "look": LABELS[step][1], "url": reverse("retention:list-step", args=[found.pk, step])}
        for step in steps
        if request.user.has_perm(STEP_PERMISSIONS[step], found) and not (step == "approve" and totals["open"])
    ]
