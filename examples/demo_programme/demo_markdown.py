"""The demo programme as Markdown, with footnotes in the usual ``[^n]`` notation."""

from __future__ import annotations

from demo_source import REFERENCE, Block, Programme


def markdown(programme: Programme) -> str:
    """The whole programme; the table of contents is a list without page numbers."""
    contents = [f"- {block.numbered}" for block in programme.blocks if block.kind == "heading"]
    head = [
        f"# {programme.title}",
        programme.publisher,
        f"> {programme.notice}",
        "**Inhoudsopgave**",
        "\n".join(contents),
    ]
    used = [int(mark) for block in programme.blocks for mark in REFERENCE.findall(block.text)]
    notes = [f"[^{mark}]: {programme.footnotes[mark]}" for mark in used]
    return "\n\n".join([*head, *_body(programme.blocks), "\n".join(notes)]) + "\n"


def _body(blocks: tuple[Block, ...]) -> list[str]:
    parts: list[str] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        if block.kind == "item" and before is not None and before.kind == "item":
            parts[-1] += f"\n- {block.text}"
        else:
            parts.append(_block(block))
    return parts


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * (block.level + 1)} {block.numbered}"
    if block.kind == "item":
        return f"- {block.text}"
    if block.kind in ("signature", "colophon"):
        return f"*{block.text}*"
    return block.text
