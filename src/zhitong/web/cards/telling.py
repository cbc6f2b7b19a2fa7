"""What a card says, for reading: sections of labels and words, figures with their thousands apart and their unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.cards.queries import Compared, OpenedCard, SectionTold
from zhitong.domain.cards.queries.comparing import ComparedFigure
from zhitong.domain.cards.rules.kinds import FIGURES, FieldKind
from zhitong.domain.cards.rules.templates import Field
from zhitong.domain.files.queries import FileView
from zhitong.web.shell.words import figure_in_words

MARK = "mark."
"""Before the code of a field: the name under which a return says what must be mended in it."""


ON_A_LINE = 2
WIDE = 24
"""Signs beyond which a cell of the printed card takes the whole line."""


@dataclass(frozen=True)
class ToldSection:
    """A section with its lines; what was left empty is left out. A line is a label, its words, and those of last period."""

    title: str
    lines: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class MarkableField:
    """A field as its reviewer sees it: what it says, what is to be mended in it, and what is wrong with those words."""

    name: str
    label: str
    told: str
    mark: str
    trouble: str


@dataclass(frozen=True)
class MarkableSection:
    """A section of a card to give back; it stands unfolded where something is written."""

    title: str
    fields: Sequence[MarkableField]

    @property
    def is_open(self) -> bool:
        """Whether anything is written in it."""
        return any(one.mark or one.trouble for one in self.fields)


def markable_sections(
    sections: Sequence[SectionTold], marks: Mapping[str, str], troubles: Mapping[str, str]
) -> list[MarkableSection]:
    """The sections of a card with room to say what must be mended in each field."""
    return [
        MarkableSection(one.section.title, [
            MarkableField(
                MARK + field.code, field.label, words_of(field, told), marks.get(field.code, ""), troubles.get(field.code, "")
            )
            for field, told in one.fields
        ])
        for one in sections
    ]


def told_files(found: OpenedCard) -> list[tuple[str, Sequence[FileView]]]:
    """The files of a card as far as the viewer may see them, under the labels of their fields."""
    return [(one.label, found.files[one.code]) for one in found.template.fields() if found.files.get(one.code)]


def told_sections(sections: Sequence[SectionTold], beside: Compared | None = None) -> list[ToldSection]:
    """The sections of a card as people read them, with what stood there last period where that is given."""
    last = {one.field.code: _last_words(one) for one in beside.figures} if beside else {}
    return [
        ToldSection(one.section.title, [
            (field.label, words_of(field, told), last.get(field.code, "")) for field, told in one.fields if told
        ])
        for one in sections
    ]


def _last_words(one: ComparedFigure) -> str:
    moved = f"（{one.share:+.1%}）" if one.share is not None else ""
    return f"{words_of(one.field, one.last)}{moved}" if one.last else ""


@dataclass(frozen=True)
class PaperSection:
    """A section as a table prints it: two fields on a line, a long text on a line of its own; what is empty keeps its box.

    A cell is its label, its words, and whether it takes the whole line.
    """

    title: str
    lines: Sequence[Sequence[tuple[str, str, bool]]]


def paper_sections(sections: Sequence[SectionTold]) -> list[PaperSection]:
    """The sections of a card as they are printed."""
    return [PaperSection(one.section.title, _lines(one)) for one in sections]


def _lines(section: SectionTold) -> list[list[tuple[str, str, bool]]]:
    lines: list[list[tuple[str, str, bool]]] = []
    for field, told in section.fields:
        wide = field.kind is FieldKind.LONG_TEXT or len(told) > WIDE
        cell = (field.label, words_of(field, told), wide)
        if wide or not lines or len(lines[-1]) == ON_A_LINE or lines[-1][-1][2]:
            lines.append([cell])
        else:
            lines[-1].append(cell)
    return [line if len(line) == ON_A_LINE else [(*line[0][:2], True)] for line in lines]


def words_of(field: Field, told: str) -> str:
    """A value with its unit: 3,200.5 万元; empty stays empty."""
    if not told or field.kind not in FIGURES:
        return told
    return f"{figure_in_words(Decimal(told))} {field.unit}".strip()
