"""Pages by key, not by number: a page starts after the last row one saw, so that page 500 costs what page 1 costs.

The rows come from a `fetch(filters, sort, after, limit)` that orders by the sort column and then by the unique id,
takes only what comes after the key `after` = (value of the sort column, id), and gives at most `limit` rows. The sort
column holds no nulls. Going back is the same fetch in the opposite order. Cursors that leave the house are sealed:
whoever changes one gets a refusal, not another page.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from zhitong.kit.refusals import BadInput

Row = TypeVar("Row")
Filters = Mapping[str, Any]
Key = tuple[Any, ...]

EXACT_TO = 1000


class BadCursor(BadInput):
    """A cursor that this house did not give out, or gave out for another order."""

    def __init__(self) -> None:
        super().__init__("翻页位置已失效，请从第一页重新开始。")


@dataclass(frozen=True)
class Sort:
    """The column that orders a list and the direction; ties are always ordered by id in the same direction."""

    by: str
    descending: bool = False

    def turned(self) -> Sort:
        """The opposite order."""
        return Sort(self.by, not self.descending)

    def __str__(self) -> str:
        return f"-{self.by}" if self.descending else self.by

    @classmethod
    def read(cls, text: str) -> Sort:
        """`-due_at` is descending, `due_at` ascending."""
        return cls(text.removeprefix("-"), text.startswith("-"))


Fetch = Callable[[Filters, Sort, Key | None, int], list[Row]]
Count = Callable[[Filters, int], int]


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the key one stands at, and whether one reads backwards from it."""

    sort: Sort
    key: Key
    backwards: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in the asked order with the cursors of the neighbouring pages, where there are any."""

    rows: list[Row]
    previous: Cursor | None
    next: Cursor | None


@dataclass(frozen=True)
class HowMany:
    """How many rows a list has: exact to a thousand, beyond that 1000+."""

    counted: int

    @property
    def is_exact(self) -> bool:
        return self.counted <= EXACT_TO

    def __str__(self) -> str:
        return str(self.counted) if self.is_exact else f"{EXACT_TO}+"


def how_many(count: Count, filters: Filters) -> HowMany:
    """Count rows, but never further than it takes to say 1000+."""
    return HowMany(count(filters, EXACT_TO + 1))


def page_of(
    fetch: Fetch[Row],
    filters: Filters,
    sort: Sort,
    cursor: Cursor | None,
    limit: int,
    key_of: Callable[[Row, Sort], Key],
) -> Page[Row]:
    """The page at a cursor (None: the first), by one fetch of `limit` + 1 rows.

    Raises BadCursor: the cursor belongs to another order.
    """
    if cursor is not None and cursor.sort != sort:
        raise BadCursor
    backwards = cursor is not None and cursor.backwards
    found = fetch(filters, sort.turned() if backwards else sort, cursor.key if cursor else None, limit + 1)
    more, rows = len(found) > limit, found[:limit]
    if backwards:
        rows = rows[::-1]
    before = more if backwards else cursor is not None
    after = True if backwards else more
    return Page(
        rows,
        Cursor(sort, key_of(rows[0], sort), backwards=True) if rows and before else None,
        Cursor(sort, key_of(rows[-1], sort)) if rows and after else None,
    )


def every_row(
    fetch: Fetch[Row],
    filters: Filters,
    sort: Sort,
    key_of: Callable[[Row, Sort], Key],
    most: int,
    batch: int = 1000,
) -> Iterator[Row]:
    """All rows in order, at most `most`, by one fetch per batch; for exports."""
    after: Key | None = None
    left = most
    while left > 0:
        rows = fetch(filters, sort, after, min(batch, left))
        yield from rows
        if len(rows) < min(batch, left):
            return
        left -= len(rows)
        after = key_of(rows[-1], sort)


class Sealer:
    """Writes cursors as short texts under a secret and reads back only what it wrote."""

    def __init__(self, secret: str, purpose: str = "paging") -> None:
        self._secret = hashlib.sha256(f"{purpose}:{secret}".encode()).digest()

    def seal(self, cursor: Cursor) -> str:
        """The cursor as text for an address."""
        content = json.dumps(
            [str(cursor.sort), cursor.backwards, [_written(part) for part in cursor.key]],
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        return _text(self._mark(content) + content)

    def open(self, text: str) -> Cursor:
        """The cursor in a text.

        Raises BadCursor: the text was not written here.
        """
        try:
            sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            raise BadCursor from None
        mark, content = sealed[:_MARK_BYTES], sealed[_MARK_BYTES:]
        if not hmac.compare_digest(mark, self._mark(content)):
            raise BadCursor
        sort, backwards, key = json.loads(content)
        return Cursor(Sort.read(sort), tuple(_read(*part) for part in key), backwards)

    def _mark(self, content: bytes) -> bytes:
        return hmac.digest(self._secret, content, "sha256")[:_MARK_BYTES]


_MARK_BYTES = 12
_READERS: dict[str, Callable[[Any], Any]] = {
    "v": lambda value: value,
    "u": UUID,
    "n": Decimal,
    "t": lambda text: datetime.fromisoformat(text).astimezone(UTC),
    "d": date.fromisoformat,
}


def _written(part: Any) -> tuple[str, Any]:
    if isinstance(part, UUID):
        return "u", str(part)
    if isinstance(part, Decimal):
        return "n", str(part)
    if isinstance(part, datetime):
        return "t", part.astimezone(UTC).isoformat()
    if isinstance(part, date):
        return "d", part.isoformat()
    if part is None or not isinstance(part, str | int | float):
        raise TypeError(f"{type(part).__name__} cannot order a list")
    return "v", part


def _read(kind: str, value: Any) -> Any:
    return _READERS[kind](value)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
