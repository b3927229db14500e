"""The style of drawings, for a page that has no style sheet beside it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def drawing_style() -> str:
    """The colours of Zichtlijn and the rules for what is in drawings; ``--zl-font`` is for the page to name."""
    rules = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("colours.css", "drawing.css"))
    return re.sub(r"\s*/\*.*?\*/", "", rules, flags=re.DOTALL).lstrip()
