"""Making the form of a card: of what stands in it or was typed just now, what is wrong, and how figures moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from zhitong.domain.cards.queries import CardToFill, FieldToFill
from zhitong.domain.cards.rules.checking import FILES_OF_A_ROW, PROBLEMS, check
from zhitong.domain.cards.rules.kinds import FIGURES, FILES, FieldKind
from zhitong.domain.cards.rules.reading import Unreadable, read, show
from zhitong.domain.cards.rules.templates import Field, Template
from zhitong.domain.files.queries import FileView
from zhitong.web.portal.drawn import AskedField, AskedRow, AskedSection, CardForm, Trouble
from zhitong.web.portal.typed import BETWEEN, Typed, row_name, several
from zhitong.web.shell.words import figure_in_words


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
