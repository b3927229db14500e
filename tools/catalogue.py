"""The translation catalogue: collect the messages, check that every one has its Dutch, compile.

    python tools/catalogue.py update    add new messages to the catalogue, drop those that are gone
    python tools/catalogue.py check     fail when a message is missing, empty, fuzzy, unused or has other placeholders
    python tools/catalogue.py compile   write the .mo file that the product reads

GNU gettext is not needed: Babel reads the Python files, and Django turns its templates into what Babel reads.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/zichtlijn"
LOCALE = PACKAGE / "locale"
CATALOGUE = LOCALE / "nl/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None,
    "_n": (1, 2),
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def collect() -> Catalog:
    """Every message in the Python files and templates of the package."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    django.setup()
    found = Catalog(locale="nl", project="Zichtlijn", charset="utf-8", fuzzy=False)
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if "migrations" in path.parts or "static" in path.parts or "data" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        add(found, path, text)
    return found


def add(catalogue: Catalog, path: Path, text: str) -> None:
    """The messages of one file."""
    source = io.BytesIO(text.encode())
    place = str(path.relative_to(ROOT))
    for _line, function, messages, _comments in extract_python(source, list(KEYWORDS), [], {"encoding": "utf-8"}):
        words = messages if isinstance(messages, tuple) else (messages,)
        context = None
        if "pgettext" in function:
            context, *words = words
        words = tuple(word for word in words if word)
        if not words:
            continue
        message = words[:2] if "ngettext" in function or "npgettext" in function or function == "_n" else words[0]
        catalogue.add(message, context=context, locations=[(place, 0)])


def stored() -> Catalog:
    """The catalogue as it stands."""
    if not CATALOGUE.exists():
        return Catalog(locale="nl", project="Zichtlijn", charset="utf-8", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl")


def update() -> None:
    """Bring the catalogue in line with the code; what is translated stays translated."""
    known = stored()
    fresh = collect()
    for message in fresh:
        before = known.get(message.id, message.context) if message.id else None
        if before is not None:
            message.string = before.string
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, width=110, sort_output=True, omit_header=False, include_lineno=False)


def strings(message: object) -> tuple[str, ...]:
    """The translations of a message, one or more."""
    value = message.string  # type: ignore[attr-defined]
    return value if isinstance(value, tuple) else (value,)


def check() -> list[str]:
    """What is wrong with the catalogue, a line each."""
    known, fresh = stored(), collect()
    problems = []
    for message in fresh:
        if not message.id:
            continue
        translated = known.get(message.id, message.context)
        where = message.locations[0][0]
        if translated is None or not all(strings(translated)):
            problems.append(f"{where}: no Dutch for {message.id!r}")
        elif translated.fuzzy:
            problems.append(f"{where}: Dutch not sure (fuzzy) for {message.id!r}")
        elif not same_placeholders(message.id, strings(translated)):
            problems.append(f"{where}: other placeholders in the Dutch of {message.id!r}")
    problems += [f"not used any more: {m.id!r}" for m in known if m.id and fresh.get(m.id, m.context) is None]
    return problems


def same_placeholders(source: str | tuple[str, ...], translations: tuple[str, ...]) -> bool:
    """True when every translation has just the placeholders of (one of) the sources."""
    sources = source if isinstance(source, tuple) else (source,)
    allowed = [sorted(set(PLACEHOLDER.findall(text))) for text in sources]
    return all(sorted(set(PLACEHOLDER.findall(text))) in allowed for text in translations)


def compile_catalogue() -> None:
    """Write the .mo file beside the .po file."""
    if CATALOGUE.exists():
        with CATALOGUE.with_suffix(".mo").open("wb") as file:
            write_mo(file, stored())


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command == "update":
        update()
    elif command == "compile":
        compile_catalogue()
    elif command == "check":
        found = check()
        print("\n".join(found) or "catalogue: complete")
        sys.exit(bool(found))
    else:
        sys.exit(__doc__)
