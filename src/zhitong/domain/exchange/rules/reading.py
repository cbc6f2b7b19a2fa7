"""A row as it is read column by column, with a sentence for every cell that cannot be. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.exchange.rules.columns import WAN, Column, Shape
from zhitong.domain.exchange.rules.kinds import LedgerState, Verdict
from zhitong.kit.figures import NoDay, NoFigure, day_in, is_nothing, whole_in

Value = str | int | date


@dataclass(slots=True)
class RowRead:
    """A row: its line, the value of each column that says something, and what is wrong by column."""

    line: int
    values: dict[str, Value] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, code: str) -> str:
        """The words of a column; empty when it says nothing."""
        value = self.values.get(code, "")
        return value if isinstance(value, str) else str(value)


@dataclass(slots=True)
class Judged:
    """What a row is found to be: `thing_id` is what it is about, `entry` what the act will be given, `note` what people
    read of it (which figures change, which case it doubles)."""

    row: RowRead
    verdict: Verdict
    thing_id: UUID | None = None
    entry: Any = None
    note: str = ""

    @classmethod
    def of(cls, row: RowRead, verdict: Verdict, **more: Any) -> Judged:
        """The verdict, unless something is wrong in the row."""
        return cls(row, Verdict.WRONG) if row.faults else cls(row, verdict, **more)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a committed row has become: the thing, what it was before (None: nothing), its version now."""

    line: int
    thing_id: UUID
    before: Mapping[str, Any] | None = None
    version: int | None = None


def row_read(line: int, cells: Mapping[str, str], columns: Sequence[Column]) -> RowRead:
    """Read the cells of a row, given by the code of their column."""
    row = RowRead(line)
    for column in columns:
        written = clean_text(cells.get(column.code, ""))
        if not written or (column.shape is not Shape.TEXT and is_nothing(written)):
            if column.needed:
                row.faults[column.code] = "没有填写。"
            continue
        _read(column, written, row)
    return row


def _read(column: Column, written: str, row: RowRead) -> None:
    try:
        if column.shape is Shape.MONEY:
            amount = whole_in(written, WAN)
            if amount is not None:
                row.values[column.code] = amount
        elif column.shape is Shape.DAY:
            day = day_in(written)
            if day is not None:
                row.values[column.code] = day
        else:
            trouble = text_trouble(written, column.longest) or _choice_trouble(column, written)
            if trouble:
                row.faults[column.code] = trouble
            row.values[column.code] = written
    except (NoFigure, NoDay) as unread:
        row.faults[column.code] = f"{unread}。"


def _choice_trouble(column: Column, written: str) -> str | None:
    if column.shape is not Shape.CHOICE or written in column.options:
        return None
    return f"没有“{written}”这一项，请从{'、'.join(column.options)}里选。"


_SETTLED = ("已办结", "办结", "已解决", "解决", "完成", "已完成", "销号", "已销号", "是")
_OPEN = ("办理中", "正在办理", "未办结", "未解决", "推进中", "否")


def states_guessed(words: Sequence[str], said: Mapping[str, str]) -> dict[str, str]:
    """What each state of an old ledger means: as a person said, else by its words; empty where nobody can know."""
    found = {}
    for word in words:
        guess = LedgerState.OPEN.value if word in _OPEN else LedgerState.SETTLED.value if word in _SETTLED else ""
        found[word] = said.get(word) or guess
    return found
