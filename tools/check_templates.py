"""Every template compiles, and none holds what the content policy forbids: inline script, style or handlers."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src/zichtlijn"
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>{%]+\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]+\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an address of another site for a file": re.compile(r"<(?:script|link|img|source)\b[^>]+(?:src|href)=.https?:"),
    "a filter that switches escaping off": re.compile(r"\|\s*safe\b|autoescape off"),
}


def main() -> int:
    """Print what is wrong; the exit code is 1 when anything is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zichtlijn.project.settings")
    os.environ.setdefault("ZICHTLIJN_DATA", tempfile.mkdtemp())
    import django
    from django.template import TemplateSyntaxError, engines

    django.setup()
    problems = []
    paths = sorted(PACKAGE.rglob("templates/**/*.html"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(PACKAGE)
        try:
            engines["django"].from_string(text)
        except TemplateSyntaxError as error:
            problems.append(f"{where}: {error}")
        problems += [f"{where}: holds {name}" for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    print("\n".join(problems) or f"templates: {len(paths)} fine")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
