"""Clauses that one paper says and the other does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitong.policy.comparing.shapes import Difference
from zhitong.policy.ground.likeness import contained, plain, quoted
from zhitong.policy.ground.standing import CLAUSE, Ground
from zhitong.policy.shapes import Span

TAKEN_OVER = re.compile(r"(?:落实|执行|贯彻|按照|依照|配合)[^。；;，,\n]{0,12}(?:国家|省|市|上级)[^。；;，,\n]{2,40}")
"""A sentence that takes over what a paper above ordered, without repeating it."""
SAID_AGAIN = 0.7
SPOKEN_OF = 0.2
SHORTEST = 6
MOST_TOLD = 6


def text_differences(upper: Ground, one: Span, lower: Ground, other: Span) -> Iterator[Difference]:
    """Clauses of the upper span that the lower one does not say again, then the other way; the first six of each."""
    formulas = [found[0] for found in TAKEN_OVER.finditer(lower.deeds, *other)]
    for found in _unsaid(upper, one, lower.deeds[slice(*other)])[:MOST_TOLD]:
        said = found[0].strip()
        formula = next((each for each in formulas if contained(said, each) >= SPOKEN_OF), None)
        if formula:
            why = f"下级以概括表述承接：{quoted(formula, 60)}。"
            yield Difference("text", said, formula, "formula", why, found.span())
        else:
            yield Difference("text", said, None, "dropped", f"下级没有这一表述：{quoted(said, 60)}。", found.span())
    for found in _unsaid(lower, other, upper.deeds[slice(*one)])[:MOST_TOLD]:
        said = found[0].strip()
        yield Difference("text", None, said, "added", f"下级增加的表述：{quoted(said, 60)}。", None, found.span())


def _unsaid(ground: Ground, span: Span, words: str) -> list[re.Match[str]]:
    """Clauses a good part of whose words stands nowhere in the other paper's words."""
    return [
        found for found in CLAUSE.finditer(ground.deeds, *span)
        if len(plain(found[0])) >= SHORTEST and contained(found[0], words) < SAID_AGAIN
    ]  # fmt: skip
