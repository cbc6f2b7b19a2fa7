"""Open data: the sets with their columns and where each is read; the rows themselves come through the OData feed."""

from __future__ import annotations

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Labelled, Shape, labelled
from zhitong.domain.opendata.rules.columns import Column, DataSet
from zhitong.domain.opendata.rules.sets import SETS

router = Router()
FEED = "/odata/v4/"


class OpenColumn(Shape):
    """A column of a set: what it holds and, of words, which it may say."""

    name: str
    shape: Labelled
    about: str
    may_be_empty: bool
    is_filtered: bool
    words: list[Labelled]


class OpenSet(Shape):
    """A set with its columns and its address in the feed."""

    name: str
    label: str
    about: str
    address: str
    key: list[str]
    sorts: list[str]
    columns: list[OpenColumn]


class OpenSets(Shape):
    """Every set."""

    rows: list[OpenSet]


@reads(router, "/open-data", answer=OpenSets, summary="开放数据：各数据集的列和 OData 地址")
def open_sets(request: Request) -> OpenSets:
    """Every set; it is the same for everybody, its rows are not."""
    return OpenSets(rows=[_set(data) for data in SETS.values()])


def _set(data: DataSet) -> OpenSet:
    return OpenSet(
        name=data.name, label=data.label, about=data.about, address=f"{FEED}{data.name}", key=list(data.key),
        sorts=[data.key[0], *data.sorts], columns=[_column(column) for column in data.columns],
    )


def _column(column: Column) -> OpenColumn:
    return OpenColumn(
        name=column.name, shape=labelled(column.shape), about=column.about, may_be_empty=column.optional,
        is_filtered=column.filtered, words=[labelled(word) for word in column.words or ()],
    )
