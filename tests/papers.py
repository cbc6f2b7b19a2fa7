"""The two founding documents and the hand-made reading, which lie beside the project and not in it.

A test that needs them is skipped where they are absent, and the last lines of the run say so in red.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "shared"
_missing: set[Path] = set()


def seed(code: str) -> str:
    """The unchanged text of a founding document; its code points are what clauses count."""
    return _read(SHARED / "seeds" / f"{code}.txt")


def gold() -> dict[str, Any]:
    """The careful person's reading of the provincial plan."""
    reading: dict[str, Any] = json.loads(_read(SHARED / "gold" / "province.json"))
    return reading


@cache
def _read(path: Path) -> str:
    if not path.is_file():
        _missing.add(path)
        pytest.skip(f"没有 {path}")
    return path.read_bytes().decode()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for path in sorted(_missing):
        message = f"对照原文的测试没有运行：缺少 {path}。请把项目外的 shared 文件夹放到项目旁边再试。"
        terminalreporter.write_line(message, red=True, bold=True)
