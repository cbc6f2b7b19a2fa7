"""Rows of a set as a file: CSV for tables, Parquet for data tools; written batch by batch. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhitong.domain.opendata.rules.asking import Row
from zhitong.domain.opendata.rules.columns import Column, Shape
from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.flat import csv_of
from zhitong.kit.marking import Mark
from zhitong.kit.parquet import Head, Kind, parquet_of

BATCH = 5_000
"""Rows in one piece of a file: what memory holds."""


class FileKind(Word):
    """The files a set is given out as."""

    CSV = "csv", "CSV 表格"
    PARQUET = "parquet", "Parquet 数据文件"


MEDIA_TYPES = {FileKind.CSV: "text/csv; charset=utf-8", FileKind.PARQUET: "application/vnd.apache.parquet"}
_KINDS = {
    Shape.ID: Kind.TEXT, Shape.TEXT: Kind.TEXT, Shape.WHOLE: Kind.WHOLE, Shape.FIGURE: Kind.FIGURE,
    Shape.YES_NO: Kind.YES_NO, Shape.DAY: Kind.DAY, Shape.MOMENT: Kind.MOMENT,
}


def file_of(
    kind: FileKind, columns: Sequence[Column], batches: Iterable[Sequence[Row]], mark: Mark | None = None
) -> Iterator[bytes]:
    """The rows as pieces of a file, with the names of the columns as its heads; moments of a CSV are Shanghai's.

    The mark stands among what a Parquet file says of itself; a CSV has no place for it.
    """
    if kind is FileKind.CSV:
        return csv_of([column.name for column in columns], batches, SHANGHAI)
    said = {"zhitong.export": mark.number, "zhitong.export_line": mark.line} if mark else {}
    return parquet_of([Head(column.name, _KINDS[column.shape]) for column in columns], batches, said)
