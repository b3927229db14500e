"""Fingerprint the sentences that the facts of 2024 rest on, from the source file, which is not part of the project.

    python examples/programme_2024/build_fingerprints.py TEXT --page 2=LAYER --page 6=LAYER … [--output FILE]

Reads every ``evidence`` of the YAML files beside it, finds the sentence around the cue, and writes its fingerprint
under ``<file>/<code>/<number>``. Fingerprints cannot be turned back into text. Fails when a cue is not in the text.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from zichtlijn.analysis.documents.citations_fingerprints import fingerprint
from zichtlijn.analysis.documents.model import ReadDocument, Span
from zichtlijn.analysis.documents.reading import read

FOLDER = Path(__file__).resolve().parent
NAMES = ("code", "role", "contractor")


class CueNotFoundError(Exception):
    """A cue that is not, or not just once, in the text."""


def evidence_of(content: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every piece of evidence with its key, ``<file>/<code>/<number>``; a list without codes is numbered itself."""
    if isinstance(content, dict):
        own = next((content[key] for key in NAMES if isinstance(content.get(key), str)), None)
        path = f"{name}/{own}" if own else name
        for number, cue in enumerate(content.get("evidence", ())):
            yield f"{path}/{number}", cue
        for key, value in content.items():
            if key != "evidence":
                yield from evidence_of(value, f"{name}/{key}" if key in ("successor", "roles") else path)
    elif isinstance(content, list):
        for item in content:
            yield from evidence_of(item, name)


def all_evidence(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """All evidence in the YAML files of the folder; raises ValueError when two pieces have one key."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for key, cue in evidence_of(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem):
            if key in found:
                raise ValueError(f"two pieces of evidence are called {key}")
            found[key] = cue
    return found


def place_of(cue: str, document: ReadDocument) -> Span:
    """Where the cue stands in the text, whatever the white space; it must stand there exactly once."""
    pattern = r"\s+".join(re.escape(word) for word in cue.split())
    places = [match.span() for match in re.finditer(pattern, document.text)]
    if len(places) != 1:
        raise CueNotFoundError(f"found {len(places)} times: {cue}")
    return Span(*places[0])


def words_around(cue: str, document: ReadDocument) -> str:
    """The sentence around a cue, or the footnote that holds it; a sentence that the lay-out cut is one."""
    place = place_of(cue, document)
    for sentence in document.sentences:
        if any(span.start < place.end and place.start < span.end for span in sentence.spans):
            return sentence.text
    for passage in document.passages:
        if passage.span.start <= place.start < passage.span.end:
            return document.text[passage.span.start : passage.span.end]
    raise CueNotFoundError(f"stands outside every passage: {cue}")


def fingerprints(document: ReadDocument) -> dict[str, Any]:
    """What goes into the file: the checksum of the source, and page and fingerprint of every piece of evidence."""
    return {
        "source_sha256": document.sha256,
        "fingerprints": {
            key: {"page": cue["page"], "hashes": list(fingerprint(words_around(cue["cue"], document)))}
            for key, cue in all_evidence().items()
        },
    }


def as_json(content: dict[str, Any]) -> str:
    """JSON with one fingerprint on a line, so that changes can be read."""
    lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in content["fingerprints"].items())
    return f'{{\n  "source_sha256": "{content["source_sha256"]}",\n  "fingerprints": {{\n{lines}\n  }}\n}}\n'


def main(arguments: list[str] | None = None) -> int:
    """Read the source and write the fingerprints; 1 when a cue cannot be found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--page", action="append", default=[], metavar="N=FILE")
    parser.add_argument("--output", type=Path, default=FOLDER / "fingerprints.json")
    options = parser.parse_args(arguments)
    pages = (page.partition("=") for page in options.page)
    layers = {int(number): Path(file).read_bytes() for number, _, file in pages}
    try:
        content = fingerprints(read(options.text.read_bytes(), options.text.name, layers=layers))
    except CueNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.output.write_text(as_json(content), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
