"""The product as a user meets it: a real installation with the demo, started by its own command, in a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[2]
PASSWORD = "zichtlijn-demo"
START_SECONDS = 120
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-screenshots`` writes the pictures of the documentation anew."""
    parser.addoption("--update-screenshots", action="store_true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser, on the one installation of this session; axe over all pages on another one."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            group = "accessibility" if item.path.name == "test_accessibility.py" else "browser"
            item.add_marker(pytest.mark.xdist_group(group))


@dataclass(frozen=True)
class Product:
    """A running installation."""

    address: str
    data: Path
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a ``zichtlijn`` command in this installation."""
        return subprocess.run(
            [sys.executable, "-m", "zichtlijn", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def addresses(self) -> dict[str, str]:
        """An address for every route, with objects of the demo."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.routes"],
            env=self.environment,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, str] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """An installation with the demo, for all browser tests of this session."""
    data = Path(tempfile.mkdtemp(prefix="zichtlijn-browser-"))
    keep = ("PATH", "HOME", "VIRTUAL_ENV", "LANG", "TMPDIR", "PYTHONPATH")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment |= {"ZICHTLIJN_DATA": str(data), "ZICHTLIJN_DEMO": "1", "PYTHONUNBUFFERED": "1"}
    log = data / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "zichtlijn", "run", "--no-warming", "--port", str(_free_port())],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Product(_wait_for_address(process, log), data, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        shutil.rmtree(data, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for_address(process: subprocess.Popen[Any], log: Path) -> str:
    for _number in range(START_SECONDS * 5):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        if found:
            return found.group()
        assert process.poll() is None, log.read_text()
        time.sleep(0.2)
    raise AssertionError(f"the product did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium: run make set-up-tests, or set CHROMIUM=/path/to/chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of who signed in before, so that not every test signs in again."""
    return {}


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(product: Product, browser: Browser, sessions: dict[str, Any]) -> Iterator[OpenAs]:
    """``open_as("inspecteur")`` is a page in which that demo user is signed in; ``open_as("")`` is a stranger's.

    ``width`` 390 is a phone. Errors in the console (the policy for content says its refusals there) or of the page, and
    answers of the server from 500 on, fail the test.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(username: str, *, width: int = 1280, height: int = 900, theme: str = "light", language: str = "nl",
                  script: bool = True) -> Page:  # fmt: skip
        context = browser.new_context(
            base_url=product.address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale="nl-NL" if language == "nl" else "en-GB",
            has_touch=width < 600,
            java_script_enabled=script,
            storage_state=sessions.get(username),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
        page.on("console", lambda said: problems.append(f"console: {said.text}") if _is_problem(said) else None)
        page.on(
            "response",
            lambda answer: problems.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        if username and username not in sessions:
            sign_in(page, username)
            sessions[username] = context.storage_state()
        context.add_cookies([{"name": "django_language", "value": language, "url": product.address}])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems, problems


def _is_problem(said: Any) -> bool:
    return said.type == "error" and "status of 4" not in said.text


def sign_in(page: Page, username: str) -> None:
    """What a person does on the sign-in page."""
    page.goto("/accounts/login")
    page.get_by_label(re.compile("^(Gebruikersnaam|Username|User name)")).fill(username)
    page.get_by_label(re.compile("^(Wachtwoord|Password)")).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^(Inloggen|Aanmelden|Sign in)$")).click()
    page.wait_for_url(re.compile(r"^(?!.*login)"))


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """``screenshot(page, "start")`` keeps a picture, with --update-screenshots in the documentation."""
    for_docs = request.config.getoption("--update-screenshots")
    folder = CHECKOUT / ("docs/screenshots" if for_docs else "tests/output")
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> Path:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png", full_page=False, animations="disabled")
        return folder / f"{name}.png"

    return take
