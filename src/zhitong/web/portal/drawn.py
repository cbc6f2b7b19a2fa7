"""A card as its form draws it: each field with what stands in it, last period beside, and what is wrong or odd."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhitong.domain.cards.rules.kinds import FIGURES, FILES, FieldKind, Prefill
from zhitong.domain.cards.rules.templates import Field, Section
from zhitong.domain.files.queries import FileView
from zhitong.web.portal.typed import several
from zhitong.web.shell.files import CHOOSERS, Chooser

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FEW = 4
"""Answers up to this many are all shown; more go into a list to choose from."""


@dataclass(frozen=True)
class AskedField:
    """One field on the page: `mark` is why the office gave it back, `answer` why what looks wrong is right. `wanted` is
    false for a required field that the card fills in when it is left empty.
    """

    field: Field
    name: str
    written: str
    last: str = ""
    change: str = ""
    error: str = ""
    warning: str = ""
    answer: str = ""
    mark: str = ""
    wanted: bool = False
    in_row: bool = False
    files: tuple[FileView, ...] = ()

    @property
    def id(self) -> str:
        """A name that addresses and style sheets take without quoting."""
        return self.name.replace(".", "-")

    @property
    def widget(self) -> str:
        """Which control draws it."""
        if self.field.kind is FieldKind.CHOICE:
            return "radio" if len(self.field.options) <= FEW else "select"
        if self.field.kind is FieldKind.YES_NO:
            return "checkbox" if self.in_row and not self.field.required else "yes_no"
        if self.field.kind is FieldKind.DATE:
            return "date" if not self.written or _DAY.fullmatch(self.written) else "text"
        if self.field.kind in FILES:
            return "files"
        return "figure" if self.field.kind in FIGURES else self.field.kind.value

    @property
    def chosen(self) -> list[str]:
        """The answers chosen of several."""
        return several(self.written)

    @property
    def chooser(self) -> Sequence[Chooser]:
        """The controls for choosing files: photos alone, or whatever is taken."""
        return CHOOSERS[:1] if self.field.kind is FieldKind.PHOTO else CHOOSERS

    @property
    def is_yes(self) -> bool:
        """Whether a question stands answered with yes; None-like answers are neither."""
        return self.written in ("是", "true", "True", "on")

    @property
    def is_no(self) -> bool:
        """Whether a question stands answered with no."""
        return self.written in ("否", "false", "False")


@dataclass(frozen=True)
class AskedSection:
    """A section of fields; it folds when all that is wanted stands there and nothing is odd."""

    section: Section
    fields: tuple[AskedField, ...]

    @property
    def missing(self) -> int:
        """How many wanted fields are still empty."""
        return sum(1 for one in self.fields if one.wanted and not one.written.strip())

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing left to do here."""
        return not self.missing and not any(one.error or one.warning or one.mark for one in self.fields)

    @property
    def is_standing(self) -> bool:
        """Whether it was prefilled with standing facts."""
        return self.section.prefill is Prefill.STANDING

    @property
    def is_begun(self) -> bool:
        """Whether anything stands in it."""
        return any(one.written.strip() for one in self.fields)

    @property
    def is_open(self) -> bool:
        """Whether it stands unfolded."""
        return not self.is_complete or not self.is_begun


@dataclass(frozen=True)
class AskedRow:
    """A problem row being typed: what it is about, and folded beneath who reports it."""

    place: int
    fields: tuple[AskedField, ...]
    more: tuple[AskedField, ...]
    files: AskedField

    @property
    def more_is_open(self) -> bool:
        """Whether the fold has something to show."""
        return any(one.error or one.written.strip() for one in self.more)


@dataclass(frozen=True)
class Trouble:
    """A line of the summary above the form, leading to its field."""

    id: str
    label: str
    sentence: str


@dataclass(frozen=True)
class CardForm:
    """All that the form asks, with the troubles found in what was typed."""

    sections: tuple[AskedSection, ...]
    rows: tuple[AskedRow, ...]
    troubles: tuple[Trouble, ...]
    warnings: Mapping[str, str] = field(default_factory=dict)
    too_many: str = ""

    @property
    def wanted(self) -> int:
        """How many fields must be filled in."""
        return sum(1 for one in self._fields() if one.wanted)

    @property
    def done(self) -> int:
        """How many of them are."""
        return sum(1 for one in self._fields() if one.wanted and one.written.strip() and not one.error)

    @property
    def left(self) -> int:
        """How many are not."""
        return self.wanted - self.done

    @property
    def marked(self) -> list[AskedField]:
        """The fields that the office named when it gave the card back."""
        return [one for one in self._fields() if one.mark]

    def named(self, name: str) -> AskedField | None:
        """The field with this name."""
        return next((one for one in self._fields() if one.name == name), None)

    def _fields(self) -> Iterator[AskedField]:
        for section in self.sections:
            yield from section.fields
        for row in self.rows:
            yield from (*row.fields, *row.more)
