"""The cards of a campaign package: `cards/*.yaml`, one template a file, checked with file and line.

The categories a problem row offers are written in `categories.yaml` per kind of subject; they are frozen into the
definition, so an old card keeps the words it was filled in with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhitong.domain.cards.rules.checking import OPERATORS
from zhitong.domain.cards.rules.kinds import FIGURES, WORDS, FieldKind, Period, Prefill, Weight
from zhitong.domain.cards.rules.templates import Definition
from zhitong.kit.source import Finding, Row, Source, fields, known, unique

FOLDER = "cards/*.yaml"
CATEGORIES = "categories.yaml"

_TEMPLATE = {
    "code": str, "version": int, "kind": str, "name": str, "period": Period, "sections": list[Row], "problems": Row,
}
_TEMPLATE_MORE = {"source": str, "purpose": str, "warning": str, "seen_by": list[Row], "checks": list[Row]}
_SECTION = {"code": str, "title": str, "prefill": Prefill, "fields": list[Row]}
_FIELD = {"code": str, "label": str, "type": FieldKind}
_FIELD_MORE = {
    "required": bool, "least": float, "most": float, "longest": int, "options": list[Row], "options_of": str,
    "fact": str, "help": str, "stock": bool,
}
_OPTION = {"code": str, "label": str}
_COMPARISON = {"left": str, "must": str, "severity": Weight, "say": str}
_COMPARISON_MORE = {"right": str, "number": float, "when": Row}
_PROBLEMS = {"title": str, "most": int, "fields": list[Row]}
ROW_FIELDS = {
    "category": FieldKind.CHOICE, "text": FieldKind.LONG_TEXT, "known_to_head": FieldKind.YES_NO,
    "confidential": FieldKind.YES_NO, "reporter_name": FieldKind.TEXT, "reporter_post": FieldKind.TEXT,
    "reporter_phone": FieldKind.PHONE,
}
"""What a problem row can hold; the first three must be asked."""
_ASKED = ("category", "text", "known_to_head")


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """A checked template, ready to be published."""

    code: str
    version: int
    subject_kind: str
    definition: Definition


def parse(source: Source) -> tuple[list[TemplateRecord], list[Finding]]:
    """Every template of a package and everything wrong with them; a template with an error is left out."""
    categories = _categories(source)
    files = [source.row(name) for name in source.names(FOLDER)]
    findings = unique([row for row in files if row])
    records = []
    for row in files:
        faults = list(_faults(row, categories)) if row else []
        findings += faults
        if row and not faults:
            records.append(_record(row, categories))
    return records, findings


def _categories(source: Source) -> Mapping[str, list[Row]]:
    """The categories offered to each kind of subject; none when the file has not been written."""
    rows = source.rows(CATEGORIES) if source.has(CATEGORIES) else []
    return {row.text("kind"): row.rows("categories") for row in rows}


def _record(row: Row, categories: Mapping[str, list[Row]]) -> TemplateRecord:
    definition = _plain(row)
    for field in definition["problems"]["fields"]:
        if field.pop("options_of", ""):
            field["options"] = [_plain(option) for option in categories[row.text("kind")]]
    return TemplateRecord(row.text("code"), row.number("version"), row.text("kind"), definition)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(Decimal(str(value))) if isinstance(value, float) else value


def _faults(row: Row, categories: Mapping[str, list[Row]]) -> Iterator[Finding]:
    yield from fields(row, _TEMPLATE, _TEMPLATE_MORE)
    for reader in row.rows("seen_by"):
        yield from fields(reader, {"what": str, "who": str})
    sections = row.rows("sections")
    yield from unique(sections)
    for section in sections:
        yield from fields(section, _SECTION)
    asked = [field for section in sections for field in section.rows("fields")]
    yield from _field_faults(asked)
    for field in asked:
        if "options_of" in field:
            yield field.finding("只有问题部分的类别可以用 options_of，请在 options 里写出选项。", "options_of")
    for comparison in row.rows("checks"):
        yield from _comparison_faults(comparison, {field.text("code"): field for field in asked})
    yield from _problem_faults(row, categories)


def _field_faults(asked: list[Row]) -> Iterator[Finding]:
    yield from unique(asked)
    for field in asked:
        yield from fields(field, _FIELD, _FIELD_MORE)
        yield from _kind_faults(field)
        yield from unique(field.rows("options"))
        for option in field.rows("options"):
            yield from fields(option, _OPTION, {"help": str})


def _kind_faults(field: Row) -> Iterator[Finding]:
    """What does not go with the kind of the field: bounds of a text, a length of a figure, a choice of nothing."""
    kind = _kind(field)
    if kind is None:
        return
    if kind is FieldKind.CHOICE and not field.rows("options") and not field.text("options_of"):
        yield field.finding("单选要有选项，请在 options 里写出。", "type")
    for key, kinds in (("least", FIGURES), ("most", FIGURES), ("longest", WORDS), ("options", {FieldKind.CHOICE})):
        if key in field and kind not in kinds:
            yield field.finding(f"“{kind.label}”不用写 {key}，请删去或改正 type。", key)
    least, most = field.decimal("least"), field.decimal("most")
    if least is not None and most is not None and least > most:
        yield field.finding("least 大于 most，什么数都填不进去，请改正。", "least")


def _kind(field: Row) -> FieldKind | None:
    return next((kind for kind in FieldKind if str(kind) == field.text("type")), None)


def _comparison_faults(comparison: Row, asked: Mapping[str, Row]) -> Iterator[Finding]:
    yield from fields(comparison, _COMPARISON, _COMPARISON_MORE)
    yield from known(comparison, "must", list(OPERATORS), "比较写法（<=、>=、<、>）")
    yield from known(comparison, "left", asked, "这张卡的栏目")
    yield from known(comparison, "right", asked, "这张卡的栏目")
    if ("right" in comparison) == ("number" in comparison):
        yield comparison.finding("right（另一栏）和 number（一个数）要写一个，也只能写一个。")
    left, right = asked.get(comparison.text("left")), asked.get(comparison.text("right"))
    if left is not None and _kind(left) not in FIGURES:
        yield comparison.finding(f"“{left.text('label')}”不是数，不能比较大小。", "left")
    if left is not None and right is not None and _kind(left) is not _kind(right):
        yield comparison.finding("比较的两栏单位不同，请改正。", "right")
    yield from _condition_faults(comparison, asked)


def _condition_faults(comparison: Row, asked: Mapping[str, Row]) -> Iterator[Finding]:
    if "when" not in comparison:
        return
    when = comparison.row("when")
    yield from fields(when, {"field": str, "is": str})
    yield from known(when, "field", asked, "这张卡的栏目")
    field = asked.get(when.text("field"))
    if field is not None:
        yield from known(when, "is", [option.text("code") for option in field.rows("options")], "这一栏的选项")


def _problem_faults(row: Row, categories: Mapping[str, list[Row]]) -> Iterator[Finding]:
    section = row.row("problems")
    yield from fields(section, _PROBLEMS)
    asked = section.rows("fields")
    yield from _field_faults(asked)
    codes = {field.text("code"): field for field in asked}
    for code in _ASKED:
        if code not in codes:
            yield section.finding(f"问题部分缺少“{code}”，请补上。", "fields")
    for field in asked:
        yield from known(field, "code", ROW_FIELDS, "问题部分可用的栏目")
        wanted = ROW_FIELDS.get(field.text("code"))
        if wanted is not None and _kind(field) not in (None, wanted):
            yield field.finding(f"“{field.text('code')}”的 type 应是 {wanted.value}，请改正。", "type")
    yield from _category_faults(row.text("kind"), codes.get("category"), categories)


def _category_faults(kind: str, field: Row | None, categories: Mapping[str, list[Row]]) -> Iterator[Finding]:
    """A category field must offer the categories of the template's kind, or some of them."""
    if field is None:
        return
    yield from known(field, "options_of", ["categories"], "可引用的清单")
    if kind not in categories:
        yield field.finding(f"{CATEGORIES} 里没有 {kind} 的问题类别，请先写上。", "options_of")
        return
    codes = [one.text("code") for one in categories[kind]]
    for option in field.rows("options"):
        yield from known(option, "code", codes, CATEGORIES)
