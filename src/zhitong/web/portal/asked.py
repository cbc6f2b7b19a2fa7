"""A card as the form draws it: each field with what stands in it, last period beside, and what is wrong or odd."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from zhitong.domain.cards.queries import CardToFill, FieldToFill
from zhitong.domain.cards.rules.checking import FILES_OF_A_ROW, PROBLEMS, check
from zhitong.domain.cards.rules.kinds import FIGURES, FILES, FieldKind, Prefill
from zhitong.domain.cards.rules.reading import Unreadable, read, show
from zhitong.domain.cards.rules.templates import Field, Section, Template
from zhitong.domain.files.queries import FileView
from zhitong.web.portal.typed import BETWEEN, Typed, row_name, several
from zhitong.web.shell.files import CHOOSERS, Chooser
from zhitong.web.shell.words import figure_in_words

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


def card_form(card: CardToFill, typed: Typed | None = None, *, strict: bool = False, more_rows: int = 0) -> CardForm:
    """The form of a card with what was typed just now, or what stands there already.

    `strict` also names what is still empty, as after a refused sending; `more_rows` adds empty rows.
    """
    form, now = card.template, typed or typed_before(card)
    troubles = check(form, now.values, now.rows, known=card.known).troubles
    shown = {key: said for key, said in troubles.errors.items() if strict or _is_typed(key, now) or key == PROBLEMS}
    shown |= now.refusals
    known = {str(one.id): one for one in (*(file for found in card.files.values() for file in found), *now.waiting)}
    maker = _Maker(form, now, shown, troubles.warnings, card.marks, known)
    sections = tuple(
        AskedSection(one.section, tuple(maker.field(field) for field in one.fields)) for one in card.sections
    )
    rows = tuple(maker.row(place) for place in range(len(now.rows) + more_rows))
    listed = tuple(
        Trouble(key.replace(".", "-"), label_of(key, form), said)
        for key, said in (shown or troubles.warnings).items()
        if key != PROBLEMS
    )
    return CardForm(sections, rows, listed, troubles.warnings, shown.get(PROBLEMS, ""))


def typed_before(card: CardToFill) -> Typed:
    """What stands in the card as it was opened, as if typed now."""
    values = {one.field.code: _apart(one) for section in card.sections for one in section.fields}
    rows = tuple({code: _as_typed(value) for code, value in row.items()} for row in card.new_rows)
    return Typed(values, rows)


def label_of(name: str, form: Template) -> str:
    """What a field is called, its problem named by its place."""
    if not name.startswith(f"{PROBLEMS}."):
        return next((one.label for one in form.fields() if one.code == name), name)
    _problems, place, code = name.split(".", 2)
    label = next((one.label for one in (*form.problems.fields, FILES_OF_A_ROW) if one.code == code), code)
    return _("第%(place)d个问题：%(label)s") % {"place": int(place) + 1, "label": label}


@dataclass(frozen=True)
class _Maker:
    """Puts fields together with what was typed and what is wrong."""

    form: Template
    typed: Typed
    errors: Mapping[str, str]
    warnings: Mapping[str, str]
    marks: Mapping[str, str]
    files: Mapping[str, FileView]

    def field(self, one: FieldToFill) -> AskedField:
        written = self.typed.values.get(one.field.code, "")
        return AskedField(
            one.field, one.field.code, written, _last_in_words(one), _change(one, written),
            self.errors.get(one.field.code, ""), self.warnings.get(one.field.code, ""),
            self.typed.answers.get(one.field.code, ""), self.marks.get(one.field.code, ""), wanted=one.field.required,
            files=self._files(one.field, written),
        )

    def row(self, place: int) -> AskedRow:
        facts = {one.fact for one in self.form.fields() if one.fact}
        asked = self.form.problems.fields
        cut = next((number for number, one in enumerate(asked) if one.fact in facts), len(asked))
        fields = [self._row_field(place, one, facts) for one in asked]
        return AskedRow(place, tuple(fields[:cut]), tuple(fields[cut:]), self._row_field(place, FILES_OF_A_ROW, facts))

    def _files(self, one: Field, written: str) -> tuple[FileView, ...]:
        if one.kind not in FILES:
            return ()
        return tuple(self.files[file_id] for file_id in several(written) if file_id in self.files)

    def _row_field(self, place: int, one: Field, facts: set[str]) -> AskedField:
        rows, name = self.typed.rows, row_name(place, one.code)
        written = rows[place].get(one.code, "") if place < len(rows) else ""
        return AskedField(
            one, name, written, error=self.errors.get(name, ""), warning=self.warnings.get(name, ""),
            wanted=one.required and one.fact not in facts, in_row=True, files=self._files(one, written),
        )


def _is_typed(key: str, typed: Typed) -> bool:
    if not key.startswith(f"{PROBLEMS}."):
        return bool(typed.values.get(key, "").strip())
    _problems, place, code = key.split(".", 2)
    return bool(typed.rows[int(place)].get(code, "").strip())


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return BETWEEN.join(map(str, value))
    return "" if value is None else str(value)


def _apart(one: FieldToFill) -> str:
    """A figure with its thousands apart, to the last decimal; what cannot be read stays as it was typed."""
    figure = _figure(one.field, one.written)
    return one.written if figure is None else f"{figure:,f}"


def _last_in_words(one: FieldToFill) -> str:
    """Last period's figure with its thousands apart; other answers as they are."""
    figure = _figure(one.field, one.last)
    return one.last if figure is None else figure_in_words(figure)


def _change(one: FieldToFill, written: str) -> str:
    """How far the figure moved since last period; empty where one of the two is missing."""
    now, before = _figure(one.field, written), _figure(one.field, one.last)
    if now is None or before is None:
        return ""
    if now == before:
        return _("与上期相同")
    moved = f"{'+' if now > before else '−'}{figure_in_words(abs(now - before))}"
    if not before or one.field.kind is FieldKind.PERCENT:
        return _("比上期 %s") % moved
    return _("比上期 %(moved)s（%(share)s）") % {"moved": moved, "share": f"{(now - before) / abs(before):+.1%}"}


def _figure(one: Field, written: str) -> Decimal | None:
    """The number written in the unit of the field; None when there is none to be read."""
    if one.kind not in FIGURES or not written:
        return None
    try:
        value = read(one, written)
    except Unreadable:
        return None
    return None if value is None else Decimal(show(one, value))


def related(name: str, form: Template) -> Sequence[str]:
    """The fields whose comparison looks at this one: they are judged anew with it."""
    compared = [one.left for one in form.comparisons if name in (one.right, one.when)]
    summed = [one.whole for one in form.suspicions.sums if name in one.parts]
    measured = [one.field for one in form.suspicions.among_peers if name == one.per]
    return [one for one in dict.fromkeys((*compared, *summed, *measured)) if one != name]
