"""Pages of lists: a limit, and a sealed cursor that only continues the list it was given out for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from django.conf import settings
from pydantic import Field

from zhitong.kit.paging import BadCursor, Cursor, Key, Sealer, Sort

MOST = 200
Limit = Annotated[int, Field(ge=1, le=MOST, description="每页几条，最多200")]
CursorText = Annotated[str, Field(max_length=2000, description="上一页答复里的 next；空为第一页")]

Row = TypeVar("Row")
_sealer = Sealer(settings.SECRET_KEY, "api")


def sealed(listing: str, key: Key | None) -> str | None:
    """The cursor to what comes after a key in a list; None when nothing does."""
    return _sealer.seal(Cursor(Sort(listing), key)) if key is not None else None


def opened(listing: str, text: str) -> Key | None:
    """The key behind a cursor; None at the beginning.

    Raises BadCursor: it was not given out here, or for another list.
    """
    if not text:
        return None
    cursor = _sealer.open(text)
    if cursor.sort != Sort(listing):
        raise BadCursor
    return cursor.key


def cut(listing: str, rows: Sequence[Row], cursor: str, limit: int) -> tuple[Sequence[Row], str | None]:
    """A page of a list that is held whole and does not change: the rows and the cursor to the next page."""
    key = opened(listing, cursor)
    start = int(key[0]) if key else 0
    end = start + limit
    return rows[start:end], sealed(listing, (end,) if end < len(rows) else None)
