"""The sentences of the story, read from texts.yaml and filled with drawn figures. Pure."""

from __future__ import annotations

import random
from pathlib import Path

from zhitong.kit.source import Row, Source

TEXTS = "texts.yaml"


class Texts:
    """Hands out a sentence for every occasion, marked as invented where people might take it for real."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        source = Source(folder)
        self._said = source.row(TEXTS)
        self._mark = self._said.text("mark")
        assert not source.findings, source.findings

    def problem(self, category: str, draw: random.Random) -> str:
        """What the firm writes."""
        return _filled(draw.choice(self._of(category).texts("problems")), draw) + self._mark

    def answer(self, category: str, draw: random.Random) -> str:
        """What the unit answers when the matter is solved."""
        return _filled(draw.choice(self._of(category).texts("answers")), draw) + self._mark

    def climbing(self, category: str, draw: random.Random) -> tuple[str, str]:
        """What was tried, and what is asked of the level above."""
        said = self._of(category)
        return _filled(said.text("tried"), draw), said.text("asked")

    def one(self, occasion: str, draw: random.Random) -> str:
        """One of the sentences for an occasion; some are empty, as people are silent."""
        said = self._said.get(occasion)
        return str(draw.choice(said)) if isinstance(said, list) else self._said.text(occasion)

    def rows(self, occasion: str) -> list[Row]:
        """The entries of an occasion that have parts."""
        return self._said.rows(occasion)

    def decline(self, reason: str) -> Row:
        """Rule and channel for a reason to decline."""
        return self._said.row("declines").row(reason)

    def _of(self, category: str) -> Row:
        categories = self._said.row("categories")
        return categories.row(category if category in categories else "other")


def _filled(sentence: str, draw: random.Random) -> str:
    return sentence.format(
        amount=draw.choice((80, 120, 150, 200, 260, 300, 480, 500, 650, 800, 1200, 1500, 2000, 3500)),
        mu=draw.choice((6, 12, 18, 25, 30, 45, 60, 80, 120)), days=draw.choice((10, 15, 20, 25, 30, 40, 45, 60)),
        people=draw.choice((8, 12, 15, 20, 30, 40, 60)), kva=draw.choice((630, 800, 1000, 1250, 2000, 4000)),
        month=draw.randint(2, 12), percent=draw.choice((8, 10, 12, 15, 18)), km=draw.choice((2, 3, 5, 8, 12, 20)),
    )
