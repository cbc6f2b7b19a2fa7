"""Lists to send in, and the firm they speak of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest

from zhitong.kit.clock import SHANGHAI
from zhitong.kit.workbook import Head, write_sheet

FIRM, CODE = "演示南大港石化设备有限公司", "91130900MA00000014"


def workbook(heads: Sequence[str], rows: Sequence[Sequence[Any]], notes: Sequence[str] = ("逐行填写。",)) -> bytes:
    """A list as Excel, with a title and a note above its heads."""
    into = BytesIO()
    write_sheet(into, title="演示清单", notes=notes, heads=[Head(head) for head in heads], rows=rows, zone=SHANGHAI)
    return into.getvalue()


@pytest.fixture
def hotline_file() -> Callable[..., bytes]:
    """Orders of a hotline as CSV in GB 18030: `hotline_file(("1", FIRM, "停电"), …)`."""

    def write(*rows: tuple[str, ...]) -> bytes:
        lines = ["工单编号,企业名称,诉求内容,来电时间,联系电话"]
        lines += [",".join([*row, *[""] * (5 - len(row))]) for row in rows]
        return "\n".join(lines).encode("gb18030")

    return write
