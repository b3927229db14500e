"""The demo programme as PDF: a cover with contents, then two columns with header, page numbers and footnotes."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import typst
from demo_source import REFERENCE, Block, Programme

PREAMBLE = """
#set document(title: "{title}", author: "{publisher}", date: datetime(year: 2030, month: 10, day: 1))
#set text(lang: "nl", size: 11pt, font: "Libertinus Serif", hyphenate: true, ligatures: false)
#set par(justify: true, leading: 0.7em, spacing: 1.35em)
#set page(paper: "a4", margin: (x: 24mm, top: 30mm, bottom: 28mm))
#set footnote.entry(separator: line(length: 30%, stroke: 0.4pt))
#show footnote.entry: set text(size: 8pt)
#show heading: set text(hyphenate: false)
#show heading: it => block(above: 1.5em, below: 0.9em, it.body)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11.5pt)
"""
COVER = """
#v(20mm)
#text(size: 26pt, weight: "bold")[{title}]

{publisher}

#text(style: "italic")[{notice}]

#v(12mm)
#outline(title: [Inhoudsopgave], depth: 2)
#set page(
  columns: 2,
  header: text(size: 9pt)[{title} #h(1fr) {publisher}],
  footer: align(center, context text(size: 9pt, counter(page).display())),
)
"""


def write_pdf(programme: Programme, path: Path) -> None:
    """Write the programme as PDF; the same source gives the same bytes (bundled fonts, fixed date)."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "programme.typ"
        source.write_text(typst_source(programme), encoding="utf-8")
        typst.compile(str(source), output=str(path), ignore_system_fonts=True, timestamp=1917043200)


def typst_source(programme: Programme) -> str:
    """The programme as Typst markup."""
    names = {
        key: escape(value)
        for key, value in (
            ("title", programme.title),
            ("publisher", programme.publisher),
            ("notice", programme.notice),
        )
    }
    body = "\n\n".join(_block(block, programme.footnotes) for block in programme.blocks)
    return PREAMBLE.format(**names) + COVER.format(**names) + body + "\n"


def escape(text: str) -> str:
    """Text with the characters that mean something in Typst markup made literal."""
    return re.sub(r"([\\#*_@$<>\[\]`~])", r"\\\1", text)


def _block(block: Block, footnotes: dict[int, str]) -> str:
    text = _inline(block.numbered, footnotes)
    if block.kind == "heading":
        return f"#heading(level: {block.level})[{text}]"
    if block.kind == "item":
        return f"- {text}"
    if block.kind in ("signature", "colophon"):
        return f"#block(above: 2em)[#emph[{text}]]"
    return text


def _inline(text: str, footnotes: dict[int, str]) -> str:
    parts = REFERENCE.split(text)
    out = [escape(parts[0])]
    for mark, rest in zip(parts[1::2], parts[2::2], strict=True):
        out.append(f"#footnote[{_note(footnotes[int(mark)])}]{escape(rest)}")
    return "".join(out)


def _note(text: str) -> str:
    words = [f'#link("{word}")[{escape(word)}]' if word.startswith("https:") else escape(word) for word in text.split()]
    return " ".join(words)
