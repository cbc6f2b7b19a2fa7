"""The shipped campaign packages, whole and with faults planted in a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from zhitong.domain import campaigns
from zhitong.kit.source import Source

SHIPPED = Path(next(iter(campaigns.__path__))) / "packages"


def shipped(code: str) -> Source:
    """A package as it ships."""
    return Source(SHIPPED / code)


class Copy:
    """A copy of a shipped package in which a test plants faults."""

    def __init__(self, code: str, folder: Path) -> None:
        self.folder = folder / code
        shutil.copytree(SHIPPED / code, self.folder)

    def replace(self, file: str, words: str, other: str) -> int:
        """Change words that stand once in a file; returns the line they stood in."""
        path = self.folder / file
        text = path.read_text()
        assert text.count(words) == 1, f"“{words}” stands {text.count(words)} times in {file}"
        path.write_text(text.replace(words, other))
        return text[: text.index(words)].count("\n") + 1

    def source(self) -> Source:
        """The copy, to be read anew."""
        return Source(self.folder)
