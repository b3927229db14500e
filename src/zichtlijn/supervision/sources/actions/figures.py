"""What a user can do with the figures of a dataset: keep one, make it again, take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record, snapshot

from ..figure_making import AGREEMENT, Made, Pairs, is_same, make_figure
from ..models import Dataset, RemadeOutcome, SavedFigure

TOLD = ["dataset", "title", "note", "metric", "agreement", "selection", "digest", "cut_off"]
KEEP = "sources.save_figure"


def save_figure(
    *,
    actor: Any,
    dataset: Dataset,
    metric: str,
    selection: Pairs,
    title: str,
    note: str = "",
    submission: UUID | None = None,
    is_demo: bool = False,
) -> SavedFigure:
    """Compute a metric of the prepared log and keep it; ``submission`` sent twice gives the first one.

    ``selection`` are pairs as in an address. Raises LogError for a metric or selection that cannot be
    computed, ValidationError, and PermissionDenied; whatever is raised, nothing was written.
    """
    if actor is not None and not actor.has_perm(KEEP, dataset):
        raise PermissionDenied(KEEP)
    _require_figures(dataset)
    made = make_figure(dataset, metric, selection)
    return _keep_figure(
        actor=actor,
        dataset=dataset,
        made=made,
        title=title,
        note=note,
        submission=submission,
        is_demo=is_demo or dataset.is_demo,
    )


@action("sources.save_figure", permission=KEEP, on="dataset")
def _keep_figure(
    *, actor: Any, dataset: Dataset, made: Made, title: str, note: str, submission: UUID | None, is_demo: bool
) -> SavedFigure:
    if submission is not None and (kept := SavedFigure.objects.filter(submission=submission).first()):
        return kept
    figure = SavedFigure(dataset=dataset, title=title.strip(), note=note.strip(), made_by=actor, is_demo=is_demo)
    figure.metric, figure.selection, figure.result = made.metric, [list(pair) for pair in made.selection], made.result
    figure.agreement = made.agreement
    figure.digest, figure.cut_off, figure.submission = made.digest, made.cut_off, submission
    figure.full_clean(exclude=["dataset", "agreement", "made_by", "submission", "result", "selection", "remade_result"])
    figure.save()
    record(actor=actor, action="sources.save_figure", about=figure, after=_told(figure))
    return figure


def remake_figure(*, actor: Any, figure: SavedFigure) -> SavedFigure:
    """Compute a kept figure again from the dataset as it is now, and say whether it is the same.

    The kept result stays; what came out now stands beside it. Raises as ``save_figure``.
    """
    if actor is not None and not actor.has_perm(KEEP, figure.dataset):
        raise PermissionDenied(KEEP)
    _require_figures(figure.dataset)
    made = make_figure(figure.dataset, figure.metric, figure.selection)
    return _keep_remade(actor=actor, dataset=figure.dataset, figure=figure, made=made)


@action("sources.remake_figure", permission=KEEP, on="dataset")
def _keep_remade(*, actor: Any, dataset: Dataset, figure: SavedFigure, made: Made) -> SavedFigure:
    figure = _lock(figure)
    before = snapshot(figure, fields=["remade_outcome", "remade_digest"])
    figure.remade_outcome = outcome_of(figure, made)
    figure.remade_at, figure.remade_digest = timezone.now(), made.digest
    figure.remade_result = None if is_same(figure.result, made.result) else made.result
    figure.save(update_fields=["remade_outcome", "remade_at", "remade_digest", "remade_result"])
    after = snapshot(figure, fields=["remade_outcome", "remade_digest"]) | {"remade_at": figure.remade_at}
    record(actor=actor, action="sources.remake_figure", about=figure, before=before, after=after)
    return figure


def outcome_of(figure: SavedFigure, made: Made) -> RemadeOutcome:
    """Whether the log is still the one of then and, if so, whether the same came out."""
    if made.digest != figure.digest:
        return RemadeOutcome.DATASET_CHANGED
    return RemadeOutcome.SAME if is_same(figure.result, made.result) else RemadeOutcome.DIFFERS


@action("sources.withdraw_figure", permission=KEEP, on="dataset")
def withdraw_figure(*, actor: Any, dataset: Dataset, figure: SavedFigure, reason: str) -> SavedFigure:
    """Take a kept figure back, with a reason; it is not deleted. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")}, code="reason")
    return _stand(actor, figure, "sources.withdraw_figure", is_withdrawn=True, reason=reason.strip())


@action("sources.restore_figure", permission=KEEP, on="dataset")
def restore_figure(*, actor: Any, dataset: Dataset, figure: SavedFigure) -> SavedFigure:
    """Put a figure back that was taken back."""
    return _stand(actor, figure, "sources.restore_figure", is_withdrawn=False)


def _stand(actor: Any, figure: SavedFigure, name: str, *, is_withdrawn: bool, reason: str = "") -> SavedFigure:
    figure = _lock(figure)
    if figure.is_withdrawn == is_withdrawn:
        return figure
    before = snapshot(figure, fields=["is_withdrawn"])
    figure.is_withdrawn = is_withdrawn
    figure.save(update_fields=["is_withdrawn"])
    after = snapshot(figure, fields=["is_withdrawn"])
    record(actor=actor, action=name, about=figure, before=before, after=after, reason=reason)
    return figure


def _told(figure: SavedFigure) -> dict[str, Any]:
    values = snapshot(figure, fields=TOLD)
    chosen = "; ".join(f"{name}: {value}" for name, value in figure.selection if name != AGREEMENT)
    return values | {"selection": chosen, "payload": figure.result}


def _lock(figure: SavedFigure) -> SavedFigure:
    return SavedFigure.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=figure.pk)


def _require_figures(dataset: Dataset) -> None:
    if not dataset.has_figures:
        raise ValidationError(_("This dataset has no prepared log, so no figures can be made of it."), code="no-log")
