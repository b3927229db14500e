"""How the commands are called: their words, their help, and what they need to start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.supervision.sources.chain_command.writing import Run


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["dance"],
        ["report"],
        ["prepare", "x"],
        ["prepare", "x", "y", "--buckets", "0"],
        ["prepare", "x", "y", "--buckets", "many"],
        ["prepare", "x", "y", "--memory-mib", "1"],
        ["prepare", "x", "y", "--engine", "abacus"],
        ["prepare", "x", "y", "--cut-off", "soon"],
        ["analyse", "x", "--from", "yesterday"],
        ["analyse", "x", "--until", "9999-12-31"],
        ["analyse", "x", "--from", "0001-01-01"],
        ["analyse", "x", "--minimum", "0"],
        ["generate", "asylum"],
        ["generate", "asylum", "--output", "x", "--cases", "-3"],
        ["generate", "asylum", "--output", "x", "--cases", "9" * 30],
    ],
)
def test_wrong_usage_has_its_own_exit_code(words: list[str], run: Run) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage:" in err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_help_is_in_both_languages(language: str, run: Run) -> None:
    code, out, _err = run("report", "--help", language=language)
    assert code == 0
    assert "--mapping" in out


def test_lang_is_a_short_name_for_language() -> None:
    from zichtlijn.supervision.sources.chain_command.arguments import chosen_language

    assert chosen_language(["report", "x", "--lang", "en"]) == "en"
    assert chosen_language(["report", "x", "--lang=en"]) == "en"
    assert chosen_language(["report", "x", "--language", "frisian"]) == "nl"


def test_the_command_needs_neither_settings_nor_django(prepared: Path) -> None:
    program = (
        "import sys; from zichtlijn.supervision.sources.chain_command.running import main\n"
        f"code = main(['analyse', {str(prepared)!r}, '--metric', 'summary', '--json'])\n"
        "sys.exit(code or ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, env={"PATH": ""})
    assert done.returncode == 0, done.stderr
