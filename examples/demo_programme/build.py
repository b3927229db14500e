"""Make every form of the demo work programme from ``programme.yaml``.

    python examples/demo_programme/build.py [--output FOLDER]

Needs typst, python-docx, pypdfium2 and PyYAML (the development dependencies). Same source, same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from demo_docx import write_docx
from demo_labels import finder, labels
from demo_layers import column_starts, interleaved, lines
from demo_markdown import markdown
from demo_pdf import write_pdf
from demo_source import FOLDER, Programme, load, load_second_edition, without_references
from demo_transcription import transcription


def build(output: Path) -> list[Path]:
    """Write all forms into ``output`` and give their paths."""
    programme = load()
    (output / "layers").mkdir(parents=True, exist_ok=True)
    pdf, word = output / "programme.pdf", output / "programme.docx"
    write_pdf(programme, pdf)
    write_docx(programme, word)
    return [pdf, word, *_write_texts(programme, output)]


def _write_texts(programme: Programme, output: Path) -> list[Path]:
    printed = lines(output / "programme.pdf")
    starts = column_starts(programme, printed)
    pages = max(line.page for line in printed)
    find = finder(programme, starts)
    contents = {
        block.numbered: find.page(_after(programme, index))
        for index, block in enumerate(programme.blocks)
        if block.kind == "heading"
    }
    texts = {
        "programme.md": markdown(programme),
        "programme-edition-2.md": markdown(load_second_edition()),
        "programme-transcribed.md": transcription(programme, starts, contents),
        "labels.yaml": labels(programme, starts, pages),
    }
    for page in range(2, pages + 1):
        texts[f"layers/page-{page}.txt"] = interleaved([line for line in printed if line.page == page])
    for name, text in texts.items():
        (output / name).write_text(text, encoding="utf-8")
    return [output / name for name in texts]


def _after(programme: Programme, heading: int) -> str:
    """Words that stand on the page of a heading: those of the block under it, which a heading never leaves."""
    return without_references(programme.blocks[heading + 1].numbered)[:40]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=FOLDER)
    for path in build(parser.parse_args().output):
        print(path.name, path.stat().st_size)
