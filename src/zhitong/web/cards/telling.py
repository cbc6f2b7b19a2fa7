"""What a card says, for reading: sections of labels and words, figures with their thousands apart and their unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.cards.queries import SectionTold
from zhitong.domain.cards.rules.kinds import FIGURES
from zhitong.domain.cards.rules.templates import Field
from zhitong.web.shell.words import figure_in_words


@dataclass(frozen=True)
class ToldSection:
    """A section with its lines; what was left empty is left out."""

    title: str
    lines: Sequence[tuple[str, str]]


def told_sections(sections: Sequence[SectionTold]) -> list[ToldSection]:
    """The sections of a card as people read them."""
    return [
        ToldSection(one.section.title, [(field.label, words_of(field, told)) for field, told in one.fields if told])
        for one in sections
    ]


def words_of(field: Field, told: str) -> str:
    """A value with its unit: 3,200.5 万元; empty stays empty."""
    if not told or field.kind not in FIGURES:
        return told
    return f"{figure_in_words(Decimal(told))} {field.unit}".strip()
