"""The labels of the demo programme with the pages filled in from the printed PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from demo_layers import ColumnStart, letters_of
from demo_source import Programme, sentences, without_references

HEADER = (
    "# Gemaakt door build.py uit programme.yaml: niet met de hand wijzigen.\n"
    "# Formaat: tests/analysis/documents/labels/README.md. Items met edition: 2: zie programme-edition-2.md.\n"
)
ITEM_LISTS = ("goals", "activities", "figures", "organisations", "chains", "acts", "groups")


@dataclass(frozen=True)
class PageFinder:
    """Finds the printed page of words of the programme."""

    text: str
    starts: list[ColumnStart]

    def page_at(self, letters: int) -> int:
        """The page on which letter number ``letters`` of the programme is printed."""
        return max(start.page for start in self.starts if start.letters <= letters)

    def position(self, cue: str) -> int:
        """Letters before the cue; raises ValueError unless the cue occurs exactly once."""
        if self.text.count(cue) != 1:
            raise ValueError(f"cue occurs {self.text.count(cue)} times: {cue!r}")
        return len(letters_of(self.text[: self.text.index(cue)]))

    def page(self, cue: str) -> int:
        """The page on which the cue begins."""
        return self.page_at(self.position(cue))


def finder(programme: Programme, starts: list[ColumnStart]) -> PageFinder:
    """A finder over the running text of the programme, without footnotes."""
    return PageFinder(" ".join(without_references(block.numbered) for block in programme.blocks), starts)


def labels(programme: Programme, starts: list[ColumnStart], pages: int) -> str:
    """The label file as YAML."""
    find = finder(programme, starts)
    out: dict[str, Any] = {"document": _document(programme, pages)}
    for name in ITEM_LISTS:
        out[name] = [_with_pages(item, name, find) for item in programme.labels[name]]
    out["footnotes"] = [_footnote(mark, text, programme, find) for mark, text in programme.footnotes.items()]
    out["edition_2"] = programme.labels["edition_2"]
    out["page_starts"] = [_page_start(page, programme, find) for page in range(2, pages + 1)]
    out["locator"] = [_locator(page, programme, find) for page in range(2, pages + 1)]
    return HEADER + yaml.safe_dump(out, allow_unicode=True, sort_keys=False, width=120)


def _document(programme: Programme, pages: int) -> dict[str, Any]:
    return {
        **{key: programme.document[key] for key in ("id", "title", "publisher", "year", "date")},
        "pages": pages,
        "shared": False,
        "text": "programme.md",
        "layers": {page: f"layers/page-{page}.txt" for page in range(2, pages + 1)},
        "other_forms": ["programme-transcribed.md", "programme.pdf", "programme.docx"],
    }


def _with_pages(item: dict[str, Any], name: str, find: PageFinder) -> dict[str, Any]:
    second = item.get("edition") == 2
    evidence = [{"page": None if second else find.page(cue["cue"]), **cue} for cue in item["evidence"]]
    pages = sorted({cue["page"] for cue in evidence if cue["page"]})
    where: dict[str, Any] = {"pages": pages} if name in ("activities", "goals") else {"page": evidence[0]["page"]}
    return {**{key: value for key, value in item.items() if key != "evidence"}, **where, "evidence": evidence}


def _footnote(mark: int, text: str, programme: Programme, find: PageFinder) -> dict[str, Any]:
    running = " ".join(block.numbered for block in programme.blocks)
    before = without_references(running[: running.index(f"[^{mark}]")])
    page = find.page_at(len(letters_of(before)) - 1)
    address = re.search(r"https://([^/]+)/(\S+)", text)
    return {
        "mark": mark,
        "page": page,
        "host": address[1] if address else None,
        "ends_with": address[2] if address else None,
    }


def _page_start(page: int, programme: Programme, find: PageFinder) -> dict[str, Any]:
    first = min(start.letters for start in find.starts if start.page == page)
    seen = 0
    place = 0
    while seen < first or not find.text[place].isalpha():
        seen += find.text[place].isalpha()
        place += 1
    before = find.text[:place].rstrip()
    for block in programme.blocks:
        if block.kind == "heading" and find.text.startswith(f"{block.numbered} ", place):
            place += len(block.numbered) + 1
    cue = " ".join(find.text[place:].split()[:6])
    return {"page": page, "cue": cue, "mid_sentence": bool(before) and before[-1] not in ".:?!"}


def _locator(page: int, programme: Programme, find: PageFinder) -> dict[str, Any]:
    starting, running_in, running_on = [], [], []
    for block in programme.blocks:
        if block.kind not in ("text", "item"):
            continue
        for sentence in sentences(block):
            cue = _cue(sentence, find)
            first = find.position(cue) - len(letters_of(sentence[: sentence.index(cue)]))
            begins, ends = find.page_at(first), find.page_at(first + len(letters_of(sentence)) - 1)
            if begins == page:
                starting.append(cue)
            if begins == page < ends:
                running_on.append(cue)
            if begins < page == ends:
                running_in.append(_page_start(page, programme, find)["cue"])
    return {
        "page": page,
        "starts_on_page": starting,
        "runs_in_from_previous": running_in,
        "runs_on_to_next": running_on,
    }


def _cue(sentence: str, find: PageFinder) -> str:
    """The first words that occur once in the text: at most six, at the start of the sentence or further on."""
    words = sentence.split()
    for skip in range(max(1, len(words) - 2)):
        for count in range(3, 7):
            cue = " ".join(words[skip : skip + count])
            if find.text.count(cue) == 1:
                return cue
    raise ValueError(f"no words of this sentence are unique: {sentence!r}")
