"""Checking a whole card: every field and every problem row at once, each trouble at its place.

Keys of troubles are the codes of fields, and `problems.<n>.<field>` for the n-th row sent (from 0).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from zhitong.domain.cards.rules.doubting import NOTHING, Known, suspected
from zhitong.domain.cards.rules.kinds import CHOICES, FILES, FieldKind, Weight
from zhitong.domain.cards.rules.reading import YUAN, Clean, Unreadable, read
from zhitong.domain.cards.rules.templates import Comparison, Condition, Field, Template
from zhitong.domain.cards.rules.texts import secrecy_trouble
from zhitong.domain.subjects.rules.codes import doubt_about

Written = Mapping[str, object]
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
PROBLEMS = "problems"
FILES_OF_A_ROW = Field(
    code="files", label="附件", kind=FieldKind.FILE, required=False, least=None, most=None, longest=0, options=(), fact="",
    help="", stock=False,
)
"""Photos, recordings and papers beside a problem row, whatever its template asks."""


@dataclass(slots=True)
class Troubles:
    """Sentences by place: `errors` stop the sending, `forbidden` also the keeping, `warnings` ask for a yes."""

    errors: dict[str, str] = field(default_factory=dict)
    forbidden: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """A card read: clean values, clean problem rows in the order sent, and what is wrong."""

    values: dict[str, Clean]
    rows: list[dict[str, Clean]]
    troubles: Troubles


def check(
    template: Template, values: Written, rows: Sequence[Written] = (), *, complete: bool = True, known: Known = NOTHING
) -> Checked:
    """Read a card; `complete` asks for every required field, as sending does and a draft does not; `known` is what it is
    laid beside: the last card and the peers.
    """
    troubles = Troubles()
    fields = list(template.fields())
    clean = _read_all(fields, values, troubles, complete=complete)
    _leave_out(fields, clean, troubles)
    _compare(template, clean, troubles)
    _doubt(template, clean, known, troubles)
    if len(rows) > template.problems.most:
        most = template.problems.most
        troubles.errors[PROBLEMS] = f"一张卡最多写{most}个问题，您写了{len(rows)}个，请合并或分次反映。"
    defaults = _defaults(template, clean)
    row_fields = _row_fields(template, troubles)
    read_rows = [
        _read_all(row_fields, {**defaults, **_given(row)}, troubles, place=f"{PROBLEMS}.{n}.", complete=complete)
        for n, row in enumerate(rows)
    ]
    _find_doubles(read_rows, troubles)
    return Checked(clean, read_rows, troubles)


def _read_all(
    fields: Sequence[Field], written: Written, troubles: Troubles, *, place: str = "", complete: bool
) -> dict[str, Clean]:
    clean: dict[str, Clean] = {}
    for one in fields:
        key = place + one.code
        given = written.get(one.code)
        if isinstance(given, str) and (trouble := secrecy_trouble(given)):
            troubles.forbidden[key] = troubles.errors[key] = trouble
            continue
        try:
            value = read(one, given)
        except Unreadable as why:
            troubles.errors[key] = str(why)
            continue
        if value is not None:
            clean[one.code] = value
            if one.kind is FieldKind.CODE and (doubt := doubt_about(str(value))):
                troubles.warnings[key] = doubt
        elif one.required and complete:
            troubles.errors[key] = _missing(one)
    for code in written.keys() - {one.code for one in fields}:
        troubles.errors[place + code] = f"这张卡没有“{code}”这一栏，请删去或核对卡片版本。"
    return clean


def _leave_out(fields: Sequence[Field], clean: dict[str, Clean], troubles: Troubles) -> None:
    """Take away what is not asked because of an answer before it; what was written there is asked about, not lost."""
    by_code = {one.code: one for one in fields}
    for one in fields:
        if one.when is None or one.when.field in troubles.errors or one.when.holds(clean):
            continue
        if troubles.errors.get(one.code) == _missing(one):
            del troubles.errors[one.code]
        if clean.pop(one.code, None) is not None:
            asked_when = f"“{by_code[one.when.field].label}”为“{by_code[one.when.field].told(one.when.answer)}”"
            troubles.warnings[one.code] = f"{asked_when}时才填“{one.label}”，这里写的不会报送，请核对。"


def _missing(one: Field) -> str:
    verb = "选择" if one.kind in (*CHOICES, FieldKind.YES_NO) else "上传" if one.kind in FILES else "填写"
    return f"请{verb}“{one.label}”。"


def _row_fields(template: Template, troubles: Troubles) -> list[Field]:
    """The fields of a row; what it takes from a wrong field of the card is asked there, not here again."""
    wrong = {one.fact for one in template.fields() if one.fact and one.code in troubles.errors}
    asked = [replace(one, required=False) if one.fact in wrong else one for one in template.problems.fields]
    return [*asked, FILES_OF_A_ROW]


def _defaults(template: Template, clean: Mapping[str, Clean]) -> dict[str, Clean]:
    """What a problem row takes from the card when it is left empty: the field that keeps the same fact."""
    by_fact = {one.fact: clean[one.code] for one in template.fields() if one.fact and one.code in clean}
    return {one.code: by_fact[one.fact] for one in template.problems.fields if one.fact in by_fact}


def _given(row: Written) -> dict[str, object]:
    return {code: value for code, value in row.items() if value not in (None, "")}


def _compare(template: Template, clean: Mapping[str, Clean], troubles: Troubles) -> None:
    fields = {one.code: one for one in template.fields()}
    for one in template.comparisons:
        if one.left in troubles.errors or _holds(one, clean, fields):
            continue
        found = troubles.errors if one.weight is Weight.ERROR else troubles.warnings
        found.setdefault(one.left, one.say)


def _doubt(template: Template, clean: Mapping[str, Clean], known: Known, troubles: Troubles) -> None:
    for one in suspected(template, clean, known):
        if one.place not in troubles.errors:
            found = troubles.errors if one.weight is Weight.ERROR else troubles.warnings
            found.setdefault(one.place, one.say)


def _holds(one: Comparison, clean: Mapping[str, Clean], fields: Mapping[str, Field]) -> bool:
    """Whether the comparison holds; it does when a side is not filled in or its condition does not apply."""
    if one.when and not Condition(one.when, one.when_is).holds(clean):
        return True
    left, right = clean.get(one.left), clean.get(one.right)
    if one.number is not None:
        right = str(one.number * (YUAN if fields[one.left].kind is FieldKind.MONEY else 1))
    if left is None or right is None or isinstance(left, list) or isinstance(right, list):
        return True
    return OPERATORS[one.must](Decimal(left), Decimal(right))


def _find_doubles(rows: Sequence[Mapping[str, Clean]], troubles: Troubles) -> None:
    first: dict[tuple[object, object], int] = {}
    for place, row in enumerate(rows):
        if "text" not in row:
            continue
        before = first.setdefault(matter_of(row), place)
        if before != place:
            troubles.errors.setdefault(
                f"{PROBLEMS}.{place}.text", f"与第{before + 1}个问题内容相同，请删去其中一个。"
            )


def matter_of(row: Mapping[str, Clean]) -> tuple[object, object]:
    """What makes two rows of a card the same matter: category and words."""
    return row.get("category"), row.get("text")
