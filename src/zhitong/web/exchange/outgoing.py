"""What is downloaded: the template of a kind with its drop-downs, and what is kept in the same shape, to be changed and sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.exchange.queries.forms import EXPORTED, AskedColumn, form_of, rows_kept, rows_owed
from zhitong.domain.exchange.rules.columns import Shape
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.exchange.rules.rights import kinds_for
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.kit.workbook import Asked, Head, write_form
from zhitong.kit.workbook import Shape as CellShape

_SHAPES = {Shape.MONEY: CellShape.FIGURE, Shape.DAY: CellShape.DAY}


def kind_of(request: HttpRequest, word: str) -> UploadKind:
    """The kind of an address. Raises NotFound: there is none so called, or not for this viewer."""
    found = next((kind for kind in kinds_for(request.viewer) if kind.value == word), None)
    if found is None:
        raise NotFound
    return found


@require_GET
def template(request: HttpRequest, word: str) -> FileResponse:
    """The empty table of a kind; of cards that of a round (`?round=`), with who owes. Raises NotFound."""
    kind, round_id = kind_of(request, word), _round_in(request)
    asked = form_of(request.viewer, kind, round_id)
    rows = rows_owed(request.viewer, round_id) if kind is UploadKind.CARDS and round_id else ()
    return _file(asked, rows, _("%s导入模板") % kind.label)


@require_GET
def kept(request: HttpRequest, word: str) -> FileResponse:
    """Everything of the viewer's territory in the shape of the template. Raises NotFound: this kind is not kept so."""
    kind = kind_of(request, word)
    if kind not in EXPORTED:
        raise NotFound
    return _file(form_of(request.viewer, kind), rows_kept(request.viewer, kind), kind.label)


def _round_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("round", ""))
    except ValueError:
        return None


def _file(asked: Sequence[AskedColumn], rows: Iterable[Sequence[Any]], title: str) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 FileResponse closes it
    write_form(file, title=title, notes=_notes(), asked=[_asked(one) for one in asked], rows=rows, zone=clock.SHANGHAI)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title}-{clock.today():%Y%m%d}.xlsx")


def _asked(one: AskedColumn) -> Asked:
    column = one.column
    note = f"{_('必填')}。" if column.needed else ""
    if column.example:
        note += _("例如：%s") % column.example
    width = 30 if column.longest > 100 else 18
    return Asked(Head(column.head, _SHAPES.get(column.shape, CellShape.TEXT), width), one.options, column.shape is Shape.HIDDEN, note)


def _notes() -> list[str]:
    return [
        _("在表头下面逐行填写，一行一户；带*的必填，其他可以空着。日期写成2018-05-31，金额按表头的单位只写数字。"),
        _("从系统导出的表请不要改动隐藏的系统编号和版本；空着的格不会清除系统里已有的内容。本系统不得填写国家秘密。"),
    ]
