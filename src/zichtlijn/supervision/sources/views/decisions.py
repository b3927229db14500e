"""Deciding in the review screen: every post goes back to the screen, with a way to undo it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.numbers import whole_number

from .. import actions
from ..acceptance import look_alikes
from ..actions.combining import Piece
from ..forms import ReasonForm, ThresholdForm
from ..models import Document, Proposal
from ..proposal_forms import ProposalForm
from ..queries import quotes_in_context
from ..review_page import Choice, key_of, listed

FEWEST_PIECES, MOST_PIECES = 2, 10


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    found = Proposal.objects.visible_to(request.user).select_related("document").defer("document__page_map")
    return get_object_or_404(found, pk=pk)


def _refuse_others(request: HttpRequest) -> None:
    if not request.user.has_perm("sources.decide_proposal"):
        raise PermissionDenied


def _back(request: HttpRequest, proposal: Proposal, *, onwards: bool = False) -> HttpResponse:
    """To the screen as it was; after a decision to the proposal that follows in the list."""
    query = request.POST.get("list", "")
    following = whole_number(request.POST.get("next")) if onwards else None
    address = reverse("sources:proposal", args=[proposal.pk])
    if onwards:
        choice = f"{query}&" if query else ""
        address = f"{reverse('sources:review', args=[proposal.document_id])}?{choice}"
        return redirect(address.rstrip("?&") if following is None else f"{address}proposal={following}")
    return redirect(f"{address}?{query}" if query else address)


def _done(request: HttpRequest, text: str, proposal: Proposal) -> HttpResponse:
    tell(request, text, undo_url=reverse("sources:reopen", args=[proposal.pk]))
    return _back(request, proposal, onwards=True)


def _trying(request: HttpRequest, proposal: Proposal, act: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes a message."""
    try:
        act()
    except ValidationError as error:
        for sentence in error.messages:
            tell(request, sentence, "negative")
        return False
    return True


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal into the register, as a new record or into the one that was chosen."""
    proposal = _proposal(request, pk)
    into = _chosen_record(proposal, request.POST.get("into", ""))
    if not _trying(
        request, proposal, lambda: actions.accept_proposal(actor=request.user, proposal=proposal, into=into)
    ):
        return _back(request, proposal)
    return _done(request, _("Accepted: %(title)s") % {"title": proposal.title}, proposal)


def _chosen_record(proposal: Proposal, choice: str) -> models.Model | None:
    """The record that was chosen from the look-alikes; None for a new one."""
    if choice in ("", "new"):
        return None
    offered = {key_of(record): record for record in look_alikes(proposal=proposal)}
    if choice not in offered:
        raise Http404
    return offered[choice]


@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what would enter the register; with the second button it is accepted at once."""
    proposal = _proposal(request, pk)
    _refuse_others(request)
    form = ProposalForm(request.POST, proposal=proposal)
    if not form.is_valid():
        context = {"proposal": proposal, "form": form, "quotes": quotes_in_context(proposal)}
        return render(request, "sources/proposal_edit.html", context, status=400)
    edited = _trying(
        request,
        proposal,
        lambda: actions.edit_proposal(actor=request.user, proposal=proposal, values=form.values),
    )
    if edited and "accept" in request.POST:
        return accept(request, pk)
    if edited:
        tell(request, _("The changes are kept; the proposal still waits for a decision."))
    return _back(request, proposal)


@require_http_methods(["GET", "POST"])
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the proposal out, with a reason."""
    proposal = _proposal(request, pk)
    _refuse_others(request)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _trying(
            request,
            proposal,
            lambda: actions.reject_proposal(actor=request.user, proposal=proposal, reason=reason),
        ):
            return _done(request, _("Rejected: %(title)s") % {"title": proposal.title}, proposal)
        return _back(request, proposal)
    return render(
        request,
        "sources/reject.html",
        {"proposal": proposal, "form": form, "list": request.POST.get("list", request.GET.urlencode())},
        status=400 if form.errors else 200,
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a decision; parts that were merged in the same go come back together."""
    proposal = _proposal(request, pk)
    _refuse_others(request)
    together = [proposal]
    if proposal.merged_into_id is not None:
        same = Proposal.objects.filter(merged_into=proposal.merged_into_id, decided_at=proposal.decided_at)
        together = list(same)
    if _trying(request, proposal, lambda: actions.reopen_together(actor=request.user, proposals=together)):
        tell(request, _("Open again: %(title)s") % {"title": proposal.title})
    return _back(request, proposal)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the proposals that are the same thing as this one."""
    proposal = _proposal(request, pk)
    _refuse_others(request)
    choice = Choice(document=proposal.document_id, type=proposal.type)
    others = listed(proposal.document, choice, request.user).exclude(pk=proposal.pk)
    if request.method == "POST":
        keys = _numbers(request, "others")
        chosen = list(others.filter(pk__in=keys[:500]))
        if _trying(
            request,
            proposal,
            lambda: actions.merge_proposals(actor=request.user, into=proposal, others=chosen),
        ):
            text = ngettext("%(number)s proposal merged.", "%(number)s proposals merged.", len(chosen))
            undo = reverse("sources:reopen", args=[chosen[0].pk])
            tell(request, text % {"number": len(chosen)}, undo_url=undo)
            return _back(request, proposal)
    return render(request, "sources/merge.html", {"proposal": proposal, "others": others[:500]})


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which parts a proposal has, and which quotes belong to each."""
    proposal = _proposal(request, pk)
    _refuse_others(request)
    number = _pieces_asked(request)
    pieces = [_piece(request, index) for index in range(number)]
    if request.method == "POST" and "more" not in request.POST:
        given = [piece for piece in pieces if piece.title or piece.quotes]
        parts: list[Proposal] = []
        if _trying(
            request,
            proposal,
            lambda: parts.extend(actions.split_proposal(actor=request.user, proposal=proposal, pieces=given)),
        ):
            undo = reverse("sources:reopen", args=[proposal.pk])
            tell(request, _("Split into %(number)s.") % {"number": len(given)}, undo_url=undo)
            return redirect(parts[0])
    context = {
        "proposal": proposal,
        "quotes": quotes_in_context(proposal),
        "pieces": pieces,
        "number": number,
        "most": MOST_PIECES,
    }
    return render(request, "sources/split.html", context)


def _pieces_asked(request: HttpRequest) -> int:
    number = whole_number(request.POST.get("number"), 2) or FEWEST_PIECES
    return max(FEWEST_PIECES, min(number + ("more" in request.POST), MOST_PIECES))


def _piece(request: HttpRequest, index: int) -> Piece:
    quotes = _numbers(request, f"quotes-{index}")
    return Piece(title=request.POST.get(f"title-{index}", "").strip(), quotes=tuple(quotes))


def _numbers(request: HttpRequest, name: str) -> list[int]:
    given = (whole_number(text) for text in request.POST.getlist(name))
    return [number for number in given if number is not None]


@require_http_methods(["GET", "POST"])
def accept_above(request: HttpRequest, pk: int) -> HttpResponse:
    """First show what would be accepted, then accept it."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    _refuse_others(request)
    given = request.POST if request.method == "POST" else request.GET
    form = ThresholdForm(given if "confidence" in given else None)
    confidence = form.cleaned_data["confidence"] / 100 if form.is_bound and form.is_valid() else None
    if request.method == "POST" and confidence is not None:
        batch = actions.accept_above(actor=request.user, document=document, confidence=confidence)
        _tell_batch(request, document, batch)
        return redirect("sources:review", pk=pk)
    found = (
        document.proposals.open().above(confidence - 1e-9).order_by("type", "number")
        if confidence is not None
        else None
    )
    context = {"document": document, "form": form, "found": found, "confidence": form["confidence"].value()}
    return render(request, "sources/accept_above.html", context)


def _tell_batch(request: HttpRequest, document: Document, batch: Any) -> None:
    number = len(batch.accepted)
    undo = f"{reverse('sources:reopen-batch', args=[document.pk])}?at={batch.at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}"
    text = ngettext("%(number)s proposal accepted.", "%(number)s proposals accepted.", number) % {"number": number}
    tell(request, text, undo_url=undo if number else "")
    for proposal, reason in batch.refused[:10]:
        tell(request, _("Left open: %(title)s (%(reason)s)") % {"title": proposal.title, "reason": reason}, "warning")


@require_POST
def reopen_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was accepted in one go."""
    document = get_object_or_404(Document.objects.light().visible_to(request.user), pk=pk)
    at = _moment(request.GET.get("at", ""))
    try:
        reopened = actions.reopen_batch(actor=request.user, document=document, at=at)
    except ValidationError as error:
        tell(request, " ".join(error.messages), "negative")
    else:
        number = len(reopened)
        text = ngettext("%(number)s proposal open again.", "%(number)s proposals open again.", number)
        tell(request, text % {"number": number})
    return redirect("sources:review", pk=pk)


def _moment(text: str) -> datetime:
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Http404
    return at
