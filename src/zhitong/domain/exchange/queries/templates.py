"""The empty table of a kind as a workbook, and what is kept in the same shape, to be filled in and sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from zhitong.domain.exchange.queries.forms import EXPORTED, AskedColumn, form_of, rows_kept, rows_owed
from zhitong.domain.exchange.rules.columns import Shape
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.exchange.rules.rights import kinds_for
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import NotFound
from zhitong.kit.workbook import Asked, Head, write_form
from zhitong.kit.workbook import Shape as CellShape

NOTES = (
    "在表头下面逐行填写，一行一户；带*的必填，其他可以空着。日期写成2018-05-31，金额按表头的单位只写数字。",
    "从系统导出的表请不要改动隐藏的系统编号和版本；空着的格不会清除系统里已有的内容。本系统不得填写国家秘密。",
)
_SHAPES = {Shape.MONEY: CellShape.FIGURE, Shape.DAY: CellShape.DAY}


def template_of(viewer: Viewer, kind: UploadKind, round_id: UUID | None = None, *, mark: str = "") -> tuple[str, IO[bytes]]:
    """The empty table of a kind, its title and a file at its beginning; of cards that of a round, with who owes.

    `mark` stands in the head of its pages.

    Raises NotFound: this viewer brings nothing of the kind in, or there is no such round.
    """
    _must_bring(viewer, kind)
    asked = form_of(viewer, kind, round_id)
    rows = rows_owed(viewer, round_id) if kind is UploadKind.CARDS and round_id else ()
    return _written(asked, rows, f"{kind.label}导入模板", mark)


def kept_as_template(viewer: Viewer, kind: UploadKind, *, mark: str = "") -> tuple[str, IO[bytes]]:
    """Everything of the viewer's territory in the shape of the template. Raises NotFound: this kind is not kept so."""
    _must_bring(viewer, kind)
    if kind not in EXPORTED:
        raise NotFound
    return _written(form_of(viewer, kind), rows_kept(viewer, kind), kind.label, mark)


def _must_bring(viewer: Viewer, kind: UploadKind) -> None:
    if kind not in kinds_for(viewer):
        raise NotFound


def _written(asked: Sequence[AskedColumn], rows: Iterable[Sequence[Any]], title: str, mark: str) -> tuple[str, IO[bytes]]:
    file = TemporaryFile()  # noqa: SIM115 whoever hands it over closes it
    write_form(file, title=title, notes=NOTES, asked=[_asked(one) for one in asked], rows=rows, zone=SHANGHAI, mark=mark)
    file.seek(0)
    return title, file


def _asked(one: AskedColumn) -> Asked:
    column = one.column
    note = "必填。" if column.needed else ""
    if column.example:
        note += f"例如：{column.example}"
    width = 30 if column.longest > 100 else 18
    return Asked(Head(column.head, _SHAPES.get(column.shape, CellShape.TEXT), width), one.options, column.shape is Shape.HIDDEN, note)
