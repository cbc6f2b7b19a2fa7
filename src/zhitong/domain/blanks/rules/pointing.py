"""Which column is which of our fields: kept as a person said, guessed from heads where nobody has. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhitong.domain.blanks.rules.fields import FIELDS, GAPS, NAMED_BY, Field, Shape, field_of
from zhitong.domain.blanks.rules.form.shapes import Form, Gap, Table
from zhitong.domain.blanks.rules.kinds import CHOICES, Grain, Which
from zhitong.kit.sheets.table import plain

OURS_TO_LEAVE = re.compile(r"备注|说明|签字|签名|盖章|公章|审核|复核|批准|负责人|审批|领导签")
"""What is left to people and not marked as missing."""
_COUNTED = "(件数|数量|个数|户数|家数|项数|数)"
_OTHERWISE = ("按时", "同比", "环比", "增长", "增幅", "占比", "上月", "上期", "上年", "去年", "满意率", "应报", "目标")
"""Words that make another figure of one we know, unless the field's own word has them."""


@dataclass(frozen=True, slots=True)
class TablePointing:
    """What a row of a table is, which rows are wanted, and for each head the code of its field; empty for what is not ours."""

    grain: Grain
    which: Which = Which.ALL
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pointing:
    """What a whole form asks for: its tables in their order, and the gaps by label."""

    tables: tuple[TablePointing, ...] = ()
    gaps: Mapping[str, str] = field(default_factory=dict)

    def as_kept(self) -> dict[str, Any]:
        """As plain values that can be kept."""
        return {
            "tables": [
                {"grain": one.grain.value, "which": one.which.value, "columns": dict(one.columns)} for one in self.tables
            ],
            "gaps": dict(self.gaps),
        }

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> Pointing:
        """From the values that were kept."""
        return cls(
            tuple(TablePointing(Grain(one["grain"]), Which(one["which"]), one["columns"]) for one in said.get("tables", ())),
            said.get("gaps", {}),
        )


@dataclass(frozen=True, slots=True)
class Memory:
    """What helps to guess: names of places, units and categories, and how the county pointed heads before, the newest first."""

    names: Mapping[Grain, Collection[str]] = field(default_factory=dict)
    before: Sequence[Pointing] = ()

    def column(self, grain: Grain, head: str) -> str | None:
        """What a head meant last in tables of a grain; None where nobody has said."""
        return next(
            (one.columns[head] for kept in self.before for one in kept.tables if one.grain is grain and head in one.columns), None
        )

    def gap(self, label: str) -> str | None:
        """What a gap meant last."""
        return next((kept.gaps[label] for kept in self.before if label in kept.gaps), None)


def guessed(form: Form, memory: Memory) -> Pointing:
    """What a form asks for, as a person said before, else by its words."""
    return Pointing(
        tuple(table_guessed(table, memory) for table in form.tables), {gap.label: _gap_guessed(gap, memory) for gap in form.gaps}
    )


def table_guessed(table: Table, memory: Memory, grain: Grain | None = None) -> TablePointing:
    """What the rows and columns of a table are; of the grain given where one is."""
    chosen = grain or _grain(table, memory)
    which = CHOICES.get(chosen, (Which.ALL,))[0]
    return TablePointing(chosen, which, _columns(table, chosen, memory))


def said_well(form: Form, pointing: Pointing) -> Pointing:
    """A pointing as it fits a form: unknown heads, labels and codes are dropped, missing ones empty, tables as many as there are."""
    tables = []
    for place, table in enumerate(form.tables):
        given = pointing.tables[place] if place < len(pointing.tables) else TablePointing(Grain.PROBLEM)
        codes = {one.code for one in FIELDS[given.grain]}
        columns = {head.text: given.columns.get(head.text, "") for head in table.heads if head.text}
        which = given.which if given.which in CHOICES.get(given.grain, (Which.ALL,)) else CHOICES.get(given.grain, (Which.ALL,))[0]
        tables.append(TablePointing(given.grain, which, {head: code if code in codes else "" for head, code in columns.items()}))
    known = {one.code for one in GAPS}
    gaps = {gap.label: code if (code := pointing.gaps.get(gap.label, "")) in known else "" for gap in form.gaps}
    return Pointing(tuple(tables), gaps)


def _grain(table: Table, memory: Memory) -> Grain:
    """By the names that stand in the rows already, else by what the heads say, else the grain that knows most heads."""
    for grain, names in memory.names.items():
        matched = sum(named(text, names) is not None for text in table.printed.values())
        if matched and matched * 2 >= len(table.printed):
            return grain
    heads = [plain(head.text) for head in table.heads]
    if any(re.search(r"(问题(内容|描述)|反映(事项|问题)|诉求内容|具体(问题|事项)|主要诉求)(?!.{0,2}数)", head) for head in heads):
        return Grain.PROBLEM
    known = {grain: (sum(map(bool, _columns(table, grain, memory).values())), _says(table, grain)) for grain in Grain}
    return max(Grain, key=lambda grain: known[grain])


def _says(table: Table, grain: Grain) -> int:
    """How surely a head asks for the name of what a row of a grain is about."""
    one = field_of(FIELDS[grain], NAMED_BY[grain])
    return max((_fits(one, head.text) for head in table.heads if one and head.text), default=0)


def _columns(table: Table, grain: Grain, memory: Memory) -> dict[str, str]:
    found = {
        head.text: code for head in table.heads
        if (code := memory.column(grain, head.text)) is not None and (not code or field_of(FIELDS[grain], code))
    }
    taken = {code for code in found.values() if code}
    offers = [
        (-_fits(one, head.text), order, head.column, head.text, one.code)
        for head in table.heads if head.text and head.text not in found
        for order, one in enumerate(FIELDS[grain])
    ]
    for score, _order, _column, head, code in sorted(offers):
        if score < 0 and head not in found and code not in taken:
            found[head] = code
            taken.add(code)
    return {head.text: found.get(head.text, "") for head in table.heads if head.text}


def _fits(one: Field, head: str) -> int:
    """How well a field answers a head: by the longest of its words in the head's last part, more where it is all of it.

    Where the last part only says that something is counted (件数), the group above it is what is asked.
    """
    whole = plain(head.replace(" ", "/"))
    bare = re.sub(rf"/{_COUNTED}$", "", re.sub(r"[(].*?[)]", "", whole)).rsplit("/", 1)[-1]
    best = 0
    for word in one.words:
        asked = plain(word)
        last = whole if "(" in asked else bare
        if asked in last and not any(other in last and other not in asked for other in _OTHERWISE):
            best = max(best, 2 * len(asked) + (20 if last == asked else 0))
    is_ratio = bool(re.search(r"率|比例|[%％]", head))
    return 0 if is_ratio and one.shape is Shape.WHOLE else best


def _gap_guessed(gap: Gap, memory: Memory) -> str:
    kept = memory.gap(gap.label)
    if kept is not None:
        return kept
    part = {"年": "cut_off_year", "月": "cut_off_month", "日": "cut_off_day"}.get(gap.after[:1])
    if part:
        return part
    if is_left_to_people(gap.before):
        return ""
    scores = [(_fits(one, gap.before + gap.after), -order, one.code) for order, one in enumerate(GAPS)]
    score, _order, code = max(scores)
    return code if score > 0 else ""


def is_left_to_people(words: str) -> bool:
    """Whether a head or label asks for a signature or a remark: left as it is, not missing."""
    return bool(OURS_TO_LEAVE.search(words))


def named(text: str, names: Iterable[str]) -> str | None:
    """The name that a printed text means: the same but for blanks and width, else the one that holds or is held by it."""
    said = _bare(text)
    listed = [(name, _bare(name)) for name in names]
    same = next((name for name, bare in listed if bare == said), None)
    if same is not None or len(said) < 2:
        return same
    near = {name for name, bare in listed if len(bare) >= 2 and (bare.startswith(said) or said.startswith(bare))}
    return near.pop() if len(near) == 1 else None


def key_column(table: Table, pointing: TablePointing) -> int | None:
    """The column by which a printed row says what it is about: the one pointed so, else the one with the printed names."""
    code = NAMED_BY[pointing.grain]
    pointed = next((head.column for head in table.heads if pointing.columns.get(head.text) == code), None)
    return pointed or table.key_column


_IDENTITY: Mapping[Grain, tuple[tuple[str, ...], ...]] = {
    Grain.PROBLEM: (("number",), ("name", "text"), ("text",)), Grain.SUBJECT: (("code",), ("name",)),
    Grain.REGION: (("region",),), Grain.UNIT: (("unit",),), Grain.CATEGORY: (("category",),),
}
"""By which fields a row is known again, the surest first."""


def asked_of(table: Table, pointing: TablePointing) -> tuple[str, ...]:
    """The fields of a table by which its rows are known again; none where it asks for no such."""
    asked = {pointing.columns.get(head.text, "") for head in table.heads}
    return next((codes for codes in _IDENTITY[pointing.grain] if set(codes) <= asked), ())


def identity(codes: Sequence[str], values: Mapping[str, Any]) -> str:
    """What a row is known again by."""
    return "|".join(re.sub(r"\s+", "", str(values.get(code) or ""))[:60] for code in codes)


def _bare(text: str) -> str:
    return re.sub(r"[\s:：、.．]", "", unicodedata.normalize("NFKC", text))
