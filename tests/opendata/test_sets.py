"""The sets as they are declared, and the views as they stand in the database. R-H6."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from zhitong.domain.opendata.actions import laying
from zhitong.domain.opendata.rules.columns import DataSet, Shape
from zhitong.domain.opendata.rules.laying import SCHEMA
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.opendata.rules.sets.problems import UNNAMED
from zhitong.domain.problems.queries import seeing
from zhitong.domain.problems.rules.open_reach import without_numbers

TYPES = {
    Shape.ID: {"uuid"}, Shape.TEXT: {"text", "character varying"}, Shape.WHOLE: {"integer", "smallint", "bigint"},
    Shape.FIGURE: {"numeric"}, Shape.YES_NO: {"boolean"}, Shape.DAY: {"date"}, Shape.MOMENT: {"timestamp with time zone"},
}


def columns_of(name: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = %s AND table_name = %s", [SCHEMA, name]
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize("data", SETS.values(), ids=lambda data: data.name)
def test_names_are_plain_words_and_every_column_is_told_in_chinese(data: DataSet) -> None:
    names = [column.name for column in data.columns]

    assert [name for name in [data.name, *names] if not re.fullmatch(r"[a-z][a-z_]{1,40}", name)] == []
    assert len(names) == len(set(names))
    assert [column.name for column in data.columns if not re.search("[\u4e00-\u9fff]", column.about)] == []
    assert {*data.key, *data.sorts, *filter(None, [data.period])} <= set(names)
    assert [name for name in (*data.key, *data.sorts) if data.by_name[name].optional] == [], "what orders rows is never empty"


@pytest.mark.django_db
@pytest.mark.parametrize("data", SETS.values(), ids=lambda data: data.name)
def test_a_view_has_the_columns_of_its_set_and_holds_what_they_say(data: DataSet) -> None:
    found = columns_of(data.name)

    assert list(found) == [column.name for column in data.viewed]
    assert {column.name: found[column.name] for column in data.viewed if found[column.name] not in TYPES[column.shape]} == {}


@pytest.mark.django_db
def test_every_view_asks_the_rights_of_its_reader_and_can_only_be_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reloptions::text, has_table_privilege('zhitong_web', oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
            " FROM pg_class WHERE relkind = 'v' AND relnamespace = %s::regnamespace", [SCHEMA]
        )
        found = {name: (options, writes) for name, options, writes in cursor.fetchall()}

    assert found == dict.fromkeys(SETS, ("{security_invoker=true}", False))


@pytest.mark.django_db
def test_nobody_named_sees_no_row_of_anybody() -> None:
    with connection.cursor() as cursor:
        for name in ("problems", "spells", "stays", "subjects", "obligations", "figures", "standings"):
            cursor.execute(f"SELECT count(*) FROM {SCHEMA}.{name}")
            assert cursor.fetchone() == (0,), name


def test_who_is_unnamed_is_called_as_on_pages() -> None:
    assert UNNAMED == seeing.UNNAMED


@pytest.mark.django_db
@pytest.mark.parametrize("text", [
    "请回电13812345678谢谢", "电话：0317-1234567", "+86 138 1234 5678", "１３８１２３４５６７８", "(0317)12345678", "微信号abc_12345",
    "手机 12345", "2018年4月27日用电1234567890千瓦时", "证号13090219800101123456", "没有号码", "电话是95598",
])
def test_numbers_are_hidden_as_on_pages(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SCHEMA}.without_numbers(%s)", [text])
        assert cursor.fetchone() == (without_numbers(text),)


def test_the_schema_comes_down_before_tables_change_and_is_laid_once(fresh_database: str) -> None:
    from zhitong.config import database as config

    with config.as_role("owner", name=fresh_database):
        assert not laying.lay()
        laying.take_down()
        assert columns_of("problems") == {}
        assert laying.lay()
        assert not laying.lay()
        assert list(columns_of("problems"))[:2] == ["id", "number"]
