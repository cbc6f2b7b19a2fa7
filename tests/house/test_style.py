"""The code reads as agreed: ruff has nothing to say, and mypy none of the tools and rooms it reads strictly."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.habits import ROOT


@pytest.mark.parametrize("tool", [["ruff", "check", "--quiet", "src", "tests"], ["mypy", "--no-error-summary"]])
def test_the_tool_has_nothing_to_say(tool: list[str]) -> None:
    said = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout) == (0, ""), said.stdout + said.stderr
