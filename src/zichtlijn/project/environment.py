"""What the environment says: every setting an installation can give, with its safe default."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The variable ``name``, without surrounding space."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off.

    Raises ValueError on anything else: a mistyped safety setting must not pass for its default.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int) -> int:
    """The variable as a whole number. Raises ValueError when it is none."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from error


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; the first when nothing is given. Raises ValueError on anything else."""
    value = text(name).lower() or allowed[0]
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Where the database, the files and the secret key live; made when it is not there."""
    folder = Path(text("ZICHTLIJN_DATA") or "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key of this installation: from ``SECRET_KEY``, else made once and kept with mode 0600."""
    given = text("SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip()


def _make_key(path: Path) -> None:
    """Write a key whole before it gets its name: of two processes that start at once both read the first one's."""
    handle, waiting = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            path.hardlink_to(waiting)
    finally:
        Path(waiting).unlink()
