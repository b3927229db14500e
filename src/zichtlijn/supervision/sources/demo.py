"""Demo sources: the 2024 programme, cited by page without its text, and a fictional programme to try the import on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction

from zichtlijn.platform.events.recording import record, snapshot

from . import actions
from .actions.importing import Details
from .computing import Layer
from .models import Document, ImportRun

FACTS = ("perspective", "programme", "organisations", "chains", "groups", "regions", "acts", "figures", "triangle")


@dataclass(frozen=True)
class Evidence:
    """A place in the document that a fact rests on; without a fingerprint only the page is known."""

    page: int
    fingerprint: tuple[int, ...] = ()


def load(*, actor: Any, folder: Path, mapping: Mapping[str, models.Model]) -> Document:
    """Enter the source of the demo facts and cite it for every record in ``mapping``.

    ``mapping`` gives the records by ``file/code``, such as ``organisations/dji`` or ``programme/A-07``, and the
    perspective itself as ``perspective``. The text is not shipped: a citation holds the page and, where there is one, a
    fingerprint by which its passage is found when somebody imports the document. Loading again adds nothing.
    """
    with transaction.atomic():
        document = _document(actor, folder)
        for key, evidence in _evidence(folder).items():
            about = mapping.get(key)
            for each in evidence if about is not None else ():
                _cite(actor, document, about, each)
    return document


def _document(actor: Any, folder: Path) -> Document:
    facts = yaml.safe_load((folder / "document.yaml").read_text(encoding="utf-8"))
    known = Document.objects.filter(title=facts["title"], publisher=facts["publisher"], is_demo=True).first()
    if known is not None:
        return known
    document = Document.objects.create(
        title=facts["title"],
        publisher=facts["publisher"],
        year=facts["year"],
        page_count=facts["pages"],
        licence=facts["licence_note"][:200],
        origin=f"{facts['origin']} ({facts['date']})",
        is_demo=True,
    )
    record(actor=actor, action="sources.add_document", about=document, after=snapshot(document))
    return document


def _cite(actor: Any, document: Document, about: Any, evidence: Evidence) -> None:
    try:
        actions.cite(actor=actor, document=document, about=about, page=evidence.page, fingerprint=evidence.fingerprint)
    except ValidationError:
        # The text is here already and has no words for a fact that only names its page.
        if evidence.fingerprint:
            raise


def _evidence(folder: Path) -> dict[str, list[Evidence]]:
    """Per ``file/code`` the places it rests on: by fingerprint, and the other pages that the facts name."""
    found: dict[str, list[Evidence]] = {}
    prints = json.loads((folder / "fingerprints.json").read_text(encoding="utf-8"))["fingerprints"]
    for key, each in prints.items():
        found.setdefault(key.rpartition("/")[0], []).append(Evidence(each["page"], tuple(each["hashes"])))
    for key, pages in _named_pages(folder):
        known = found.setdefault(key, [])
        covered = {evidence.page for evidence in known}
        known += [Evidence(page) for page in pages if page not in covered]
    return found


def _named_pages(folder: Path) -> Iterator[tuple[str, list[int]]]:
    for name in FACTS:
        facts = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
        if name == "perspective":
            yield name, _pages(facts)
        for each in _entries(facts):
            yield f"{name}/{each['code']}", _pages(each)


def _entries(facts: Any) -> Iterator[dict[str, Any]]:
    """Every fact with a code, however deep it stands."""
    if isinstance(facts, dict):
        if "code" in facts:
            yield facts
            return
        facts = list(facts.values())
    for each in facts if isinstance(facts, list) else ():
        yield from _entries(each)


def _pages(fact: dict[str, Any]) -> list[int]:
    named = fact.get("pages") or ([fact["page"]] if "page" in fact else [])
    return [page for page in named if isinstance(page, int)]


def load_demo_programme(*, actor: Any, folder: Path) -> ImportRun:
    """Import the fictional programme with its page layers; what it proposes waits for a decision."""
    layers = {
        int(path.stem.rpartition("-")[2]): Layer(path.read_bytes(), path.name)
        for path in sorted((folder / "layers").glob("page-*.txt"))
    }
    return actions.import_document(
        actor=actor,
        data=(folder / "programme-transcribed.md").read_bytes(),
        filename="programme-transcribed.md",
        layers=layers,
        details=Details(licence="EUPL-1.2", origin="Zichtlijn (demo)", is_demo=True),
    )
