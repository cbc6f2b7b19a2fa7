"""Who sees which pieces, behind both walls and behind the database's alone, and how many are counted of whom (R-H5)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import acting, viewer
from tests.practices.writing import adopted, closed_problem, does, seen, submitted
from tests.practices.writing import afternoon as afternoon
from zhitong.domain.organisations.scope import without_first_wall
from zhitong.domain.practices.actions.publishing import Publishing, publish
from zhitong.domain.practices.actions.using import Used, register_use, send_up
from zhitong.domain.practices.queries.counting import Stretch, total_of, unit_counts
from zhitong.domain.practices.queries.library import count_published, published_for
from zhitong.domain.practices.queries.pieces import PieceFilters, count_pieces, pieces_for
from zhitong.domain.practices.rules.kinds import PieceKind, UsePlace
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
TODAY = date(2018, 4, 27)
WALLS: tuple[Callable[[], AbstractContextManager[None]], ...] = (nullcontext, without_first_wall)


def test_drafts_are_the_units_and_its_territorys_and_what_is_published_all_officials_below() -> None:
    _story, number = closed_problem()
    open_piece = submitted(kind=PieceKind.WORK_NEWS, problems=(number,))
    public = does_publish(adopted("zone", "zone_office", title="新区推行并联审批", text="六个部门同步审，时限压缩一半。"))

    for login, all_seen, published in (
        ("park", {open_piece, public}, {public}), ("park_office", {open_piece, public}, {public}),
        ("zone", {public}, {public}), ("zone_office", {open_piece, public}, {public}),
        ("city_office", {open_piece, public}, {public}), ("province_office", {open_piece, public}, {public}),
        ("city", set(), set()), ("neighbour", set(), set()), ("outsider", set(), set()), ("firm", set(), set()),
    ):
        for wall in WALLS:
            with acting(login), wall():
                one = viewer(login)
                rows = {row.id for row in pieces_for(one)} | {row.id for row in published_for(one, today=TODAY)}
                assert rows == all_seen, login
                assert {row.id for row in published_for(one, today=TODAY)} == published, login
                assert count_published(one, today=TODAY) == len(published)
    with acting("park"):
        assert count_pieces(viewer("park"), PieceFilters(words="供电", kind=PieceKind.WORK_NEWS)) == 1
        assert count_pieces(viewer("park"), PieceFilters(kind=PieceKind.POLICY_RESULT)) == 0


def does_publish(made: UUID) -> UUID:
    """Let the zone's office publish a piece."""
    does("zone_office", publish, made, Publishing())
    return made


def test_who_reads_it_as_published_alone_learns_nothing_of_its_way() -> None:
    made = adopted("zone", "zone_office", title="新区推行并联审批", text="六个部门同步审，时限压缩一半。")
    does("zone_office", register_use, made, Used(place=UsePlace.INSTRUCTION, on=TODAY, words="演示书记批示：推广"))
    does_publish(made)

    reader, writer = seen("park", made), seen("zone", made)
    assert (reader.uses, reader.wordings, reader.told, reader.words, reader.acts) == ((), (), (), "", {})
    assert (len(writer.uses), len(writer.wordings), writer.words) == (1, 1, "写得具体")
    for login in ("city", "outsider", "firm"):
        with pytest.raises(NotFound):
            seen(login, made)


def test_a_strangers_statement_finds_every_table_empty() -> None:
    _story, number = closed_problem()
    made = adopted(problems=(number,))
    does("park_office", register_use, made, Used(place=UsePlace.MEDIA, on=TODAY, words="演示日报"))

    def rows(login: str) -> list[int]:
        tables = ("piece", "wording", "use", "problem")
        with acting(login), connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM practices_{one})" for one in tables))
            return list(cursor.fetchone())

    assert rows("park") == [1, 1, 1, 1]
    assert [rows(login) for login in ("outsider", "neighbour", "firm", "zone")] == [[0, 0, 0, 0]] * 4


def test_of_each_unit_what_was_submitted_adopted_and_used_is_counted() -> None:
    made = adopted(kind=PieceKind.WORK_NEWS)
    does("park_office", register_use, made, Used(place=UsePlace.LOCAL_BRIEF, on=TODAY, words="第12期"))
    does("park_office", register_use, made, Used(place=UsePlace.MEDIA, on=TODAY, words="演示日报"))
    submitted("park_office", title="办公室一周动态", text="本周调度两次。", kind=PieceKind.WORK_NEWS)
    does("park_office", send_up, made)
    april = Stretch(date(2018, 4, 1), date(2018, 4, 30))

    def counted(login: str, **more: Any) -> list[tuple[str, int, int, int]]:
        with acting(login):
            rows = unit_counts(viewer(login), Stretch(april.since, april.until, **more))
        return [(row.code, row.submitted, row.adopted, row.uses) for row in rows]

    own = [("130973400-economy", 1, 1, 2), ("130973400-office", 1, 0, 0)]
    assert counted("park_office") == own
    assert counted("park") == own[:1]
    assert counted("zone_office") == [("130973400-office", 1, 0, 0)]
    assert counted("zone_office", with_below=True) == [("130973400-economy", 1, 1, 2), ("130973400-office", 2, 0, 0)]
    assert counted("park_office", kind=PieceKind.GOOD_PRACTICE) == []
    assert counted("outsider", with_below=True) == []
    with acting("park_office"):
        may = Stretch(date(2018, 5, 1), date(2018, 5, 31))
        assert unit_counts(viewer("park_office"), may) == []
        rows = unit_counts(viewer("park_office"), april)
    assert total_of(rows) == (2, 1, {
        UsePlace.LOCAL_BRIEF: 1, UsePlace.ABOVE: 0, UsePlace.INSTRUCTION: 0, UsePlace.MEDIA: 1,
    })
