"""A set of open data and its columns: what each is called, what it says, and the SQL it is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zhitong.kit.choices import Word


class Shape(Word):
    """What a column holds."""

    ID = "id", "标识"
    TEXT = "text", "文字"
    WHOLE = "whole", "整数"
    FIGURE = "figure", "数（可带小数）"
    YES_NO = "yes_no", "是或否"
    DAY = "day", "日期"
    MOMENT = "moment", "时刻"


class Sight(Word):
    """Whose rows a set holds for somebody: the first wall of the set."""

    PROBLEMS = "problems", "能看到的问题"
    SUBJECTS = "subjects", "能看到的服务对象"
    COLLECTION = "collection", "本单位的、分包的、辖区办公室的"
    REPORTS = "reports", "本单位报送的和辖区的"
    TERRITORY = "territory", "辖区的，限政府单位"
    OFFICIALS = "officials", "全部，限政府单位"
    EVERYBODY = "everybody", "全部"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `source` is its SQL over the tables of its set; `words` the enumeration whose words it holds.

    A column `at_reading` is no part of the view: its SQL is over the view's row `seen` and the parameter `now`. One that is
    not `filtered` may be read but neither compared nor searched.
    """

    name: str
    shape: Shape
    about: str
    source: str
    optional: bool = True
    words: type[Word] | None = None
    filtered: bool = True
    at_reading: bool = False


@dataclass(frozen=True)
class DataSet:
    """A set of rows: `key` names the columns that tell rows apart, in the order in which an index reads them.

    `tables` is the FROM and WHERE of its view; `thing` the column by which the first wall knows a row's problem, subject or
    unit; `period` the column that a period narrows; `sorts` the single columns it can be ordered by besides its key.
    """

    name: str
    label: str
    about: str
    sight: Sight
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    tables: str
    thing: str = "id"
    period: str = ""
    sorts: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Its columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def viewed(self) -> tuple[Column, ...]:
        """The columns that its view has."""
        return tuple(column for column in self.columns if not column.at_reading)

    @property
    def has_region(self) -> bool:
        """Whether its rows lie in regions."""
        return "region_id" in self.by_name


def worded(name: str, source: str, words: type[Word], about: str, *, at_reading: bool = False) -> tuple[Column, Column]:
    """A column of stored words and beside it the same in Chinese; an empty word is nothing."""
    plain = f"nullif({source}, '')"
    return (
        Column(name, Shape.TEXT, f"{about}（代码）", plain, words=words, at_reading=at_reading),
        Column(f"{name}_label", Shape.TEXT, about, label_of(source, words), at_reading=at_reading),
    )


def label_of(source: str, words: type[Word]) -> str:
    """SQL that tells a stored word in Chinese."""
    cases = " ".join(f"WHEN '{word.value}' THEN '{word.label}'" for word in words)
    return f"CASE {source} {cases} END"


def placed(of: str) -> tuple[Column, ...]:
    """The columns that say in which region a row lies, over the tables of PLACES for the same id."""
    text = Shape.TEXT
    return (
        Column("region_id", Shape.ID, "所在地区，与 regions 的 id 对应", of, optional=False),
        Column("region_code", text, "所在地区的代码", "region.code", optional=False),
        Column("region_name", text, "所在地区的名称", "region.name", optional=False),
        *_ABOVE,
    )


_ABOVE = tuple(
    Column(f"{rank}_name", Shape.TEXT, f"所在的{words}名称", f"place.{rank}")
    for rank, words in (("province", "省"), ("city", "市"), ("county", "县级地区（新区套着园区时为新区）"), ("township", "乡级地区"))
)


def places(of: str) -> str:
    """The joins behind the columns of `placed`: the region, and the names of those it reports through by rank.

    Where a path has two of one rank, the upper one is named, so that sums by it hold everything below.
    """
    names = ", ".join(
        f"(array_agg(above.name ORDER BY within.depth DESC) FILTER (WHERE above.rank = '{rank}'))[1] AS {rank}"
        for rank in ("province", "city", "county", "township")
    )
    return f"""
    JOIN organisations_region region ON region.id = {of}
    JOIN LATERAL (
        SELECT {names} FROM organisations_region_within within
        JOIN organisations_region above ON above.id = within.ancestor_id
        WHERE within.region_id = {of}
    ) place ON true"""
