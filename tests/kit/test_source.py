"""The reader of package files: what people write comes in with its line, and every fault is said at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from zhitong.kit.source import Finding, Row, Source, fields, known, require, unique

Folder = Callable[..., Source]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def write(**files: str | bytes) -> Source:
        for name, text in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Source(tmp_path)

    return write


class Rank(Enum):
    CITY = "city"
    COUNTY = "county"


def test_rows_know_their_line_and_the_line_of_each_key(folder: Folder) -> None:
    source = folder(units__yaml="- code: a\n  name: 甲\n\n- code: b\n  inner:\n    deep: 1\n")

    first, second = source.rows("units.yaml")

    assert (first.line, first.lines["name"]) == (1, 2)
    assert (second.line, second.row("inner").line) == (4, 6)
    assert source.findings == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("no", "no"),
        ("true", True),
        ("08:30", "08:30"),
        ("13:30", "13:30"),
        ("007", "007"),
        ("130973", 130973),
        ("1_000", "1_000"),
        ("0.94", 0.94),
        ("2018-10-31", date(2018, 10, 31)),
        ("2018-10", "2018-10"),
        ("", None),
        ("0x10", "0x10"),
    ],
)
def test_plain_words_stay_words(folder: Folder, written: str, meant: Any) -> None:
    source = folder(a__yaml=f"on: {written}\n")

    assert source.row("a.yaml") == {"on": meant}


def test_keys_are_text_and_codes_come_back_digit_by_digit(folder: Folder) -> None:
    source = folder(a__yaml="130973: [13, '013', 沧州]\n")

    assert source.row("a.yaml").texts("130973") == ["13", "013", "沧州"]


def test_typed_readers_give_the_empty_value_where_the_kind_is_wrong(folder: Folder) -> None:
    row = folder(a__yaml="name: [x]\nday: soon\ncount: many\nrate: 0.1\nlines: one\n").row("a.yaml")

    assert (row.text("name"), row.day("day"), row.number("count", 7), row.rows("name")) == ("", None, 7, [])
    assert (row.decimal("rate"), row.texts("lines"), row.texts("absent")) == (Decimal("0.1"), ["one"], [])


def test_anchors_and_merge_keys_are_not_doubles(folder: Folder) -> None:
    source = folder(a__yaml="base: &base {kind: city, order: 1}\nother:\n  <<: *base\n  order: 2\n")

    assert source.row("a.yaml").row("other") == {"kind": "city", "order": 2}
    assert source.findings == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- code: a\n  name: b\n  code: c\n", 3, "“code”在第 1 行已经写过"),
        ("- {code: a, code: b}\n", 1, "“code”在第 1 行已经写过"),
        ("- code: a\n bad: b\n", 2, "写法有误"),
        ("- code: !python/object:os.system x\n", 1, "写法有误"),
        ("- when: 2018-02-30\n", 1, "没有“2018-02-30”这一天"),
        ("- code: a\n- b\n", 1, "列表里有的项不是"),
        ("code: a\n", 1, "应当是一个列表"),
        ("- ? [a]\n  : b\n", 1, "字段名应当是一个词"),
        ("- code: \x07\n", 1, "写法有误"),
        (b"- code: a\n- code: \xc4\xcf\n", 2, "UTF-8"),
    ],
)
def test_a_faulty_file_is_one_finding_at_its_line(folder: Folder, text: str | bytes, line: int, words: str) -> None:
    source = folder(units__yaml=text)

    source.rows("units.yaml")

    assert [(f.file, f.line) for f in source.findings] == [("units.yaml", line)]
    assert words in source.findings[0].message


def test_a_missing_file_is_said_once_however_often_it_is_asked_for(folder: Folder) -> None:
    source = folder()

    assert (source.rows("a.yaml"), source.row("a.yaml"), source.table("b.tsv", ["code"])) == ([], {}, [])
    assert [str(f) for f in source.findings] == [
        "a.yaml 第 1 行：缺少这个文件，请补上。",
        "b.tsv 第 1 行：缺少这个文件，请补上。",
    ]


def test_names_lists_files_of_a_pattern_in_order(folder: Folder) -> None:
    source = folder(b__yaml="", a__yaml="", c__tsv="")

    assert source.names("*.yaml") == ["a.yaml", "b.yaml"]
    assert (source.has("c.tsv"), source.has("d.tsv")) == (True, False)


def test_a_table_gives_rows_with_lines_and_leaves_empty_cells_out(folder: Folder) -> None:
    source = folder(a__tsv="\ufeff# 说明\ncode\tname\torder\r\n13\t河北省\t1\r\n\n1309\t\t2\n")

    rows = source.table("a.tsv", ["code", "name"], ["order"])

    assert rows == [{"code": "13", "name": "河北省", "order": "1"}, {"code": "1309", "order": "2"}]
    assert [(row.line, row.number("order")) for row in rows] == [(3, 1), (5, 2)]
    assert source.findings == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("code\n13\n", 1, "表头缺少“name”列"),
        ("code\tname\tcolour\n", 1, "表头里的“colour”列不认识"),
        ("code\tname\tname\n", 1, "表头里“name”列写了两遍"),
        ("code\tname\n13\t河北\n1309\n", 3, "有 1 格，表头有 2 列"),
    ],
)
def test_a_faulty_table_is_one_finding_at_its_line(folder: Folder, text: str, line: int, words: str) -> None:
    source = folder(a__tsv=text)

    source.table("a.tsv", ["code", "name"])

    assert [f.line for f in source.findings] == [line]
    assert words in source.findings[0].message


def test_an_empty_table_lacks_its_header(folder: Folder) -> None:
    source = folder(a__tsv="")

    source.table("a.tsv", ["code"])

    assert source.findings == [Finding("a.tsv", 1, "表头缺少“code”列，请补上这一列。")]


def row(**values: Any) -> Row:
    made = Row("units.yaml", 5)
    made.update(values)
    made.lines = {key: 5 + place for place, key in enumerate(values)}
    return made


def test_fields_of_the_right_kind_are_no_findings() -> None:
    made = row(
        code=130973, rank="city", lines=["a", 13], order="12", share=0.5, on=date(2018, 1, 1), open=True, part=row()
    )

    optional = {"order": int, "share": float, "on": date, "open": bool, "part": Row, "note": str}
    assert fields(made, {"code": str, "rank": Rank, "lines": list[str]}, optional) == []


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (["x"], str, "应当是一个词"),
        ("x", int, "应当是整数"),
        (True, int, "应当是整数"),
        ("x", float, "应当是数"),
        ("true", bool, "应当是是非（true 或 false）"),
        ("2018-13-01", date, "应当是日期"),
        ("a", list[str], "应当是一列词"),
        ([["a"]], list[str], "应当是一列词"),
        (["a"], list[Row], "应当是一列“字段: 值”"),
        ("town", Rank, "只能是 city、county"),
        (["city", "town"], list[Rank], "只能是 city、county"),
        ("city", list[Rank], "应当是一个列表"),
    ],
)
def test_a_field_of_the_wrong_kind_is_a_finding_at_its_line(value: Any, kind: Any, words: str) -> None:
    made = row(code="a", value=value)

    [finding] = fields(made, {"code": str, "value": kind})

    assert finding.line == 6
    assert words in finding.message


def test_missing_and_unknown_fields_are_found_together_and_a_misspelt_one_only_once() -> None:
    made = row(code="", nmae="x", colour="red")

    found = [finding.message for finding in fields(made, {"code": str, "name": str, "lines": list})]

    assert found == [
        "缺少“code”，请补上。",
        "缺少“lines”，请补上。",
        "不认识字段“nmae”（是不是“name”？），请改正或删去。",
        "不认识字段“colour”，请改正或删去。",
    ]


def test_require_names_every_empty_field() -> None:
    assert [f.message for f in require(row(a=None, b="x"), "a", "b")] == ["缺少“a”，请补上。"]


def test_unique_names_the_place_of_the_first() -> None:
    [finding] = unique([row(code="a"), row(code="b"), row(code="a"), row(), row()])

    assert finding.message == "code“a”在 units.yaml 第 5 行已经用过，请换一个或删去一处。"


def test_known_finds_words_written_nowhere() -> None:
    [finding] = known(row(lines=["land", "lnad"]), "lines", {"land"}, "lines.yaml")

    assert "“lnad”在 lines.yaml 里没有（是不是“land”？）" in finding.message
