"""What the feed says of itself: the service document, and `$metadata` as CSDL with every column told in Chinese.

Source: OData 4.0, Part 3 (CSDL), and the vocabularies Core and Capabilities.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape
from zhitong.domain.opendata.rules.sets import SETS

NAMESPACE = "zhitong"
TYPES = {
    Shape.ID: 'Type="Edm.Guid"', Shape.TEXT: 'Type="Edm.String"', Shape.WHOLE: 'Type="Edm.Int64"',
    Shape.FIGURE: 'Type="Edm.Decimal" Precision="24" Scale="6"', Shape.YES_NO: 'Type="Edm.Boolean"',
    Shape.DAY: 'Type="Edm.Date"', Shape.MOMENT: 'Type="Edm.DateTimeOffset" Precision="6"',
}
_OPENING = """<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices><Schema Namespace="zhitong" xmlns="http://docs.oasis-open.org/odata/ns/edm">
"""
_CLOSING = "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>\n"
_DESCRIPTION, _LIMITS = "Org.OData.Core.V1.Description", "Org.OData.Capabilities.V1"


def service(root: str) -> dict[str, Any]:
    """The service document: every set with its address."""
    sets = [{"name": data.name, "kind": "EntitySet", "url": data.name, "title": data.label} for data in SETS.values()]
    return {"@odata.context": f"{root}$metadata", "value": sets}


def metadata() -> str:
    """The types of all sets, and what may be asked of each."""
    types = "".join(line for data in SETS.values() for line in _type_of(data))
    sets = "".join(line for data in SETS.values() for line in _set_of(data))
    return f'{_OPENING}{types}<EntityContainer Name="open_data">\n{sets}{_CLOSING}'


def _type_of(data: DataSet) -> Iterator[str]:
    yield f'<EntityType Name="{_type_name(data)}">{_told(data.about)}<Key>'
    yield "".join(f'<PropertyRef Name="{name}"/>' for name in data.key)
    yield "</Key>\n"
    for column in data.columns:
        yield f"<Property Name={quoteattr(column.name)} {TYPES[column.shape]}{_nullable(column)}>{_told(column.about)}</Property>\n"
    yield "</EntityType>\n"


def _set_of(data: DataSet) -> Iterator[str]:
    unsorted = [column.name for column in data.columns if column.name not in (data.key[0], *data.sorts)]
    unfiltered = [column.name for column in data.columns if not column.filtered]
    yield f'<EntitySet Name="{data.name}" EntityType="{NAMESPACE}.{_type_name(data)}">{_told(data.label)}'
    yield _limited("FilterRestrictions", "Filterable", "NonFilterableProperties", unfiltered)
    yield _limited("SortRestrictions", "Sortable", "NonSortableProperties", unsorted)
    yield _never("ExpandRestrictions", "Expandable") + _never("SearchRestrictions", "Searchable")
    yield _never("InsertRestrictions", "Insertable") + _never("UpdateRestrictions", "Updatable")
    yield _never("DeleteRestrictions", "Deletable") + "</EntitySet>\n"


def _type_name(data: DataSet) -> str:
    return f"{data.name}_row"


def _nullable(column: Column) -> str:
    return "" if column.optional else ' Nullable="false"'


def _told(words: str) -> str:
    return f'<Annotation Term="{_DESCRIPTION}" String={quoteattr(words)}/>'


def _limited(term: str, may: str, but: str, names: list[str]) -> str:
    paths = "".join(f"<PropertyPath>{name}</PropertyPath>" for name in names)
    excepted = f'<PropertyValue Property="{but}"><Collection>{paths}</Collection></PropertyValue>' if names else ""
    return (
        f'<Annotation Term="{_LIMITS}.{term}"><Record><PropertyValue Property="{may}" Bool="true"/>{excepted}</Record></Annotation>'
    )


def _never(term: str, may: str) -> str:
    return f'<Annotation Term="{_LIMITS}.{term}"><Record><PropertyValue Property="{may}" Bool="false"/></Record></Annotation>'
