"""Rows as the JSON of OData: figures written as they are kept, moments in UTC, the next page by its address.

Source: OData JSON Format 4.0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.opendata.rules.asking import Asked, Cell, Row
from zhitong.domain.opendata.rules.columns import Column

JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"


def rows_written(root: str, asked: Asked, rows: Sequence[Row], count: int | None, next_address: str) -> str:
    """One page of a set as a JSON text."""
    head = [f'"@odata.context":{json.dumps(_context(root, asked), ensure_ascii=False)}']
    if count is not None:
        head.append(f'"@odata.count":{count}')
    head.append(f'"value":[{",".join(_row(asked.read, row) for row in rows)}]')
    if next_address:
        head.append(f'"@odata.nextLink":{json.dumps(next_address, ensure_ascii=False)}')
    return "{" + ",".join(head) + "}"


def row_written(root: str, asked: Asked, row: Row) -> str:
    """One row of a set as a JSON text."""
    context = json.dumps(f"{_context(root, asked)}/$entity", ensure_ascii=False)
    return f'{{"@odata.context":{context},{_row(asked.read, row)[1:]}'


def _context(root: str, asked: Asked) -> str:
    selected = f"({','.join(column.name for column in asked.columns)})" if asked.columns else ""
    return f"{root}$metadata#{asked.data.name}{selected}"


def _row(columns: Sequence[Column], row: Row) -> str:
    return "{" + ",".join(f'"{column.name}":{_cell(value)}' for column, value in zip(columns, row, strict=True)) + "}"


def _cell(value: Cell) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f'"{value.astimezone(UTC).isoformat().removesuffix("+00:00")}Z"'
    if isinstance(value, date | UUID):
        return f'"{value}"'
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
