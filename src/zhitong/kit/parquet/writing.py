"""The file itself: groups of rows as they come, and at its end the account of what stands where."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhitong.kit.parquet.columns import Head, bits, packed, physical, told
from zhitong.kit.parquet.thrift import Value, long, many, number, struct, text, whole

MAGIC = b"PAR1"
_VERSION = 2
_DATA_PAGE, _PLAIN, _RUNS, _GZIP = 0, 0, 3, 2
_PACKING, _GZIP_FRAME = 1, 31
"""Packed lightly: the second level takes twice the time for a tenth less; 31 asks zlib for gzip's own frame."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One column of one group as it was written."""

    content: bytes
    plain_size: int
    rows: int


def parquet_of(heads: Sequence[Head], batches: Iterable[Sequence[Sequence[Any]]], made_by: str) -> Iterator[bytes]:
    """The rows as pieces of one file, a group of rows for each batch; memory holds one batch.

    Values are str, int, Decimal, bool, date or an aware datetime by the kind of their column; None where nothing is known.
    """
    yield MAGIC
    at, total, groups = len(MAGIC), 0, list[Value]()
    for rows in batches:
        if not rows:
            continue
        pages = [_page(head, column) for head, column in zip(heads, zip(*rows, strict=True), strict=True)]
        groups.append(_group(heads, pages, at, len(rows)))
        total += len(rows)
        at += sum(len(page.content) for page in pages)
        yield b"".join(page.content for page in pages)
    account = _account(heads, groups, total, made_by)
    yield account + len(account).to_bytes(4, "little") + MAGIC


def _page(head: Head, column: Sequence[Any]) -> _Page:
    known = [value for value in column if value is not None]
    levels = _levels([value is not None for value in column])
    plain = len(levels).to_bytes(4, "little") + levels + packed(head, known)
    packer = zlib.compressobj(_PACKING, zlib.DEFLATED, _GZIP_FRAME)
    content = packer.compress(plain) + packer.flush()
    page = struct({1: whole(len(column)), 2: whole(_PLAIN), 3: whole(_RUNS), 4: whole(_RUNS)})
    opening = struct({1: whole(_DATA_PAGE), 2: whole(len(plain)), 3: whole(len(content)), 5: page})
    return _Page(opening.written + content, len(opening.written) + len(plain), len(column))


def _levels(is_known: Sequence[bool]) -> bytes:
    """Which rows have a value: one run where all or none have, else a bit for each row in groups of eight."""
    if len(set(is_known)) == 1:
        return number(len(is_known) << 1) + bytes([is_known[0]])
    return number(-(-len(is_known) // 8) << 1 | 1) + bits(is_known)


def _group(heads: Sequence[Head], pages: Sequence[_Page], at: int, rows: int) -> Value:
    chunks = []
    for head, page in zip(heads, pages, strict=True):
        about = struct({
            1: whole(physical(head)), 2: many([whole(_PLAIN), whole(_RUNS)]), 3: many([text(head.name)]), 4: whole(_GZIP),
            5: long(page.rows), 6: long(page.plain_size), 7: long(len(page.content)), 9: long(at),
        })
        chunks.append(struct({2: long(at), 3: about}))
        at += len(page.content)
    size = sum(page.plain_size for page in pages)
    return struct({1: many(chunks), 2: long(size), 3: long(rows)})


def _account(heads: Sequence[Head], groups: Sequence[Value], total: int, made_by: str) -> bytes:
    root = struct({4: text("rows"), 5: whole(len(heads))})
    schema = many([root, *(told(head) for head in heads)])
    return struct({1: whole(_VERSION), 2: schema, 3: long(total), 4: many(groups), 6: text(made_by)}).written
