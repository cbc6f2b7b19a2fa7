"""Storing, attaching once, dropping what nobody used (R-E5); the second wall around rows and bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from tests.cast import Story, acting, viewer
from tests.files.samples import amr, paper, pdf, photo, upload
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.files import actions
from zhitong.domain.files.actions import (
    AttachedAlready,
    FileGone,
    FilesUnfit,
    TooLateToAttach,
    TooManyFiles,
    attach,
    drop_unattached,
    store,
    store_what_fits,
)
from zhitong.domain.files.queries import FileView, files_of, open_file, small_picture, waiting_files, whereabouts
from zhitong.domain.files.rules.kinds import ATTACH_WITHIN, MEBIBYTE, MOST_BYTES, MOST_FILES
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound, Refused

Raise = Callable[..., Story]
TABLES = ("files_file", "files_attachment", "files_content")
SEES = "firm park park_office zone zone_office city city_office province province_office".split()
SEES_NOT = "other_firm neighbour outsider".split()


def stored(login: str = "firm", *names: str, now: datetime = NOW) -> list[FileView]:
    """Photos stored by a member of the cast, each with bytes of its own."""
    with acting(login) as actor:
        made = (upload(name, photo(size=(40 + place, 30))) for place, name in enumerate(names or ("现场.jpg",)))
        return store(made, actor=actor, now=now)


def attached(problem_id: UUID, *files: FileView, login: str = "firm", now: datetime = NOW, caption: str = "") -> None:
    """Put files beside a problem as a member of the cast."""
    with acting(login) as actor:
        attach([file.id for file in files], "problem", problem_id, actor=actor, now=now, caption=caption)


def counts() -> dict[str, int]:
    """How many rows of each table the viewer sees."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


@pytest.mark.django_db
def test_what_is_stored_waits_for_its_unit_and_leaves_a_fact_with_the_digest_alone() -> None:
    [file] = stored("firm", "C:\\桌面\\现场.jpg")

    with acting("firm") as actor:
        assert waiting_files(actor.unit_id, [file.id, uuid7()]) == [file]
        [fact] = facts_about(file.id)
    assert (file.name, file.attached_at, file.kind.label) == ("现场.jpg", None, "照片")
    assert (fact.kind, fact.body, fact.words) == ("file.stored", {"digest": file.digest}, {})


@pytest.mark.django_db
def test_bytes_come_back_as_they_went_in_slice_by_slice() -> None:
    sent = amr(60) + bytes([0x04, *range(12)]) * (2 * MEBIBYTE // 13)
    with acting("firm") as actor:
        [file] = store([upload("录音.amr", sent[: 390 * 1000])], actor=actor, now=NOW)
        [big] = store([upload("材料.pdf", pdf() + bytes(2 * MEBIBYTE) + b"%%EOF")], actor=actor, now=NOW)

        for one, whole in ((file, sent[: 390 * 1000]), (big, pdf() + bytes(2 * MEBIBYTE) + b"%%EOF")):
            found, slices = open_file(one.id)
            pieces = list(slices)
            assert (found, b"".join(pieces)) == (one, whole)
            assert max(map(len, pieces)) <= MEBIBYTE


@pytest.mark.django_db
def test_a_photo_has_a_small_picture_and_a_paper_none() -> None:
    with acting("firm") as actor:
        picture, text = store([upload(), upload("合同.pdf", pdf())], actor=actor, now=NOW)

        assert small_picture(picture.id).startswith(b"\xff\xd8")
        with pytest.raises(NotFound):
            small_picture(text.id)


@pytest.mark.django_db
def test_one_unfit_file_among_three_stops_all_and_each_is_named() -> None:
    files = [upload(), upload("空.pdf", b""), upload("大.docx", paper(), size=MOST_BYTES + 1)]

    with acting("firm") as actor, transaction.atomic():
        with pytest.raises(FilesUnfit) as refused:
            store(files, actor=actor, now=NOW)
        assert counts() == dict.fromkeys(TABLES, 0)

    assert "“空.pdf”是空的" in refused.value.sentence
    assert "“大.docx”有20.0MB" in refused.value.sentence


@pytest.mark.django_db
def test_a_form_keeps_what_fits_and_says_what_does_not() -> None:
    with acting("firm") as actor:
        taken = store_what_fits([upload(), upload("空.pdf", b"")], actor=actor, now=NOW)

    assert [file.name for file in taken.files] == ["现场.jpg"]
    assert [said.split("。")[0] for said in taken.refusals] == ["“空.pdf”是空的"]


@pytest.mark.django_db
def test_a_unit_cannot_fill_the_disk_with_what_it_does_not_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    stored("firm", "一.jpg")

    with acting("firm") as actor:
        taken = store_what_fits([upload("二.jpg"), upload("三.jpg")], actor=actor, now=NOW)
    assert [file.name for file in taken.files] == ["二.jpg"]
    assert taken.refusals[0].startswith("“三.jpg”没有收下。本单位已有")
    assert stored("other_firm")


@pytest.mark.django_db
def test_files_stand_beside_a_thing_in_their_order_and_cost_one_query(
    raised: Raise, django_assert_num_queries: Callable[[int], Any]
) -> None:
    first, second = raised(), raised()
    one, two, three = stored("firm", "一.jpg", "二.jpg", "三.jpg")

    attached(first.problem_id, two, one)
    attached(first.problem_id, three, caption="补充")

    with acting("park"), django_assert_num_queries(1):
        found = files_of("problem", [first.problem_id, second.problem_id])
    assert [(file.name, file.caption) for file in found[first.problem_id]] == [("二.jpg", ""), ("一.jpg", ""), ("三.jpg", "补充")]
    assert found[second.problem_id] == []
    with acting("park"):
        assert whereabouts(one.id).thing_id == first.problem_id
        assert [fact.kind for fact in facts_about(one.id)] == ["file.stored", "file.attached"]


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "refusal", "sentence"), [
    (timedelta(0), None, ""),
    (ATTACH_WITHIN, None, ""),
    (ATTACH_WITHIN + timedelta(seconds=1), TooLateToAttach, "上传已超过24小时"),
])  # fmt: skip
def test_a_file_is_attached_within_a_day(
    raised: Raise, late: timedelta, refusal: type[Refused] | None, sentence: str
) -> None:
    story, [file] = raised(), stored()

    if refusal is None:
        attached(story.problem_id, file, now=NOW + late)
        return
    with pytest.raises(refusal, match=sentence):
        attached(story.problem_id, file, now=NOW + late)


@pytest.mark.django_db
def test_a_file_is_attached_once(raised: Raise) -> None:
    story, [file] = raised(), stored()
    attached(story.problem_id, file)

    with pytest.raises(AttachedAlready, match="已经用在一件事上，不能再用"):
        attached(raised().problem_id, file)


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["park", "outsider", "other_firm"])
def test_a_file_of_another_unit_is_not_there(raised: Raise, login: str) -> None:
    story, [file] = raised(), stored()

    with pytest.raises(FileGone, match="请重新上传后再提交"):
        attached(story.problem_id, file, login=login)


@pytest.mark.django_db
def test_no_more_than_nine_stand_beside_a_thing(raised: Raise) -> None:
    story = raised()
    attached(story.problem_id, *stored("firm", *(f"{place}.jpg" for place in range(MOST_FILES))))
    [more] = stored()

    with pytest.raises(TooManyFiles, match="最多附9个文件"):
        attached(story.problem_id, more)
    with acting("firm"):
        assert len(files_of("problem", [story.problem_id])[story.problem_id]) == MOST_FILES


@pytest.mark.django_db
@pytest.mark.parametrize("login", [*SEES, *SEES_NOT])
def test_a_waiting_file_is_its_units_alone(login: str) -> None:
    [file] = stored()

    with acting_as(viewer(login)):
        seen = counts()
        if login == "firm":
            assert seen == {"files_file": 1, "files_attachment": 0, "files_content": 1}
            return
        assert seen == dict.fromkeys(TABLES, 0)
        with pytest.raises(NotFound):
            open_file(file.id)


@pytest.mark.django_db
@pytest.mark.parametrize("login", [*SEES, *SEES_NOT])
def test_an_attached_file_is_seen_through_its_problem_alone(raised: Raise, login: str) -> None:
    story, [file] = raised(), stored()
    attached(story.problem_id, file)

    with acting_as(viewer(login)):
        if login in SEES:
            assert counts() == dict.fromkeys(TABLES, 1)
            assert b"".join(open_file(file.id)[1])
            return
        assert counts() == dict.fromkeys(TABLES, 0)
        with pytest.raises(NotFound):
            open_file(file.id)
        with pytest.raises(NotFound):
            small_picture(file.id)


@pytest.mark.django_db
def test_equal_bytes_open_through_ones_own_file_and_do_not_tell_of_the_other(raised: Raise) -> None:
    story, [mine], [theirs] = raised(), stored("firm"), stored("outsider", "同一张.jpg")
    attached(story.problem_id, mine)

    with acting_as(viewer("outsider")):
        assert mine.digest == theirs.digest
        assert counts() == {"files_file": 1, "files_attachment": 0, "files_content": 1}
        with pytest.raises(NotFound):
            open_file(mine.id)


@pytest.mark.django_db
def test_raw_sql_cannot_attach_a_strangers_file_nor_file_beside_an_unseen_thing(raised: Raise) -> None:
    story, [file], [own] = raised(), stored(), stored("outsider")
    beside = "INSERT INTO files_attachment (file_id, thing_kind, thing_id, position, caption) VALUES (%s, 'problem', %s, 0, '')"

    with acting_as(viewer("outsider")), connection.cursor() as cursor:
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused, transaction.atomic():
            _raw(cursor, beside, file.id, story.problem_id)
        assert "files_attachment" in str(refused.value)
        _raw(cursor, beside, own.id, story.problem_id)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            _raw(cursor, "UPDATE files_file SET attached_at = uploaded_at WHERE id = %s", own.id)


@pytest.mark.django_db
@pytest.mark.parametrize(("statement", "refusal"), [
    ("INSERT INTO files_content (digest, body) VALUES (repeat('0', 64), 'x')", psycopg.errors.CheckViolation),
    ("UPDATE files_content SET body = 'x'", psycopg.errors.InsufficientPrivilege),
    ("UPDATE files_file SET digest = repeat('0', 64)", psycopg.errors.InsufficientPrivilege),
    ("DELETE FROM files_file", psycopg.errors.InsufficientPrivilege),
])  # fmt: skip
def test_raw_sql_cannot_leave_other_bytes_under_a_name(statement: str, refusal: type[Exception]) -> None:
    stored()

    with acting_as(viewer("firm")), connection.cursor() as cursor, pytest.raises(refusal), transaction.atomic():
        _raw(cursor, statement)


def _raw(cursor: Any, statement: str, *values: object) -> None:
    """Run a statement; the database's own refusal, not Django's wrapping of it."""
    try:
        cursor.execute(statement, values)
    except Exception as error:
        raise error.__cause__ or error from None


def test_the_clock_drops_what_nobody_attached_and_the_bytes_nobody_names(
    fresh_database: str, raised: Raise, owner_connection: psycopg.Connection[Any]
) -> None:
    story = raised()
    used, *_waiting = stored("firm", "用.jpg", "弃.jpg")
    stored("firm", "同.jpg", now=NOW)
    stored("firm", "新一.jpg", "新二.jpg", "新三.jpg", now=NOW + timedelta(hours=2))
    attached(story.problem_id, used)

    with config.as_role("worker", name=fresh_database):
        assert drop_unattached(NOW + timedelta(hours=1)) == 2
        assert drop_unattached(NOW + timedelta(hours=1)) == 0

    names = owner_connection.execute("SELECT name FROM files_file ORDER BY name").fetchall()
    assert {name for (name,) in names} == {"用.jpg", "新一.jpg", "新二.jpg", "新三.jpg"}
    assert owner_connection.execute("SELECT count(*) FROM files_content").fetchone() == (3,)


def test_bytes_under_an_upload_under_way_are_not_dropped(
    fresh_database: str, owner_connection: psycopg.Connection[Any]
) -> None:
    [file] = stored()
    with psycopg.connect(**config.parameters("web", name=fresh_database)) as under_way:
        under_way.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [file.digest])

        with config.as_role("worker", name=fresh_database):
            assert drop_unattached(NOW + timedelta(hours=1)) == 1

        assert owner_connection.execute("SELECT count(*) FROM files_content").fetchone() == (1,)
