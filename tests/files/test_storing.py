"""Storing, attaching once, dropping what nobody used (R-E5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import transaction

from tests.cast import Story, acting
from tests.files.keeping import TABLES, attached, counts, stored
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
    drop_unattached,
    store,
    store_what_fits,
)
from zhitong.domain.files.queries import files_of, open_file, small_picture, waiting_files, whereabouts
from zhitong.domain.files.rules.kinds import ATTACH_WITHIN, MEBIBYTE, MOST_BYTES, MOST_FILES
from zhitong.domain.history.queries import facts_about
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound, Refused

Raise = Callable[..., Story]


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
    short, long = amr(60), pdf() + bytes(2 * MEBIBYTE) + b"%%EOF"
    with acting("firm") as actor:
        files = store([upload("录音.amr", short), upload("材料.pdf", long)], actor=actor, now=NOW)

        for one, whole in zip(files, (short, long), strict=True):
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


@pytest.mark.django_db
def test_the_place_of_a_photo_is_kept_when_asked_and_forgotten_where_it_is_not_wanted(raised: Raise) -> None:
    story = raised()
    with acting("firm") as actor:
        [told] = store([upload("现场.jpg", photo())], actor=actor, now=NOW, with_place=True)
        [silent] = store([upload("门头.jpg", photo(size=(41, 30)))], actor=actor, now=NOW)
    attached(story.problem_id, told)

    with acting("firm"):
        [beside] = files_of("problem", [story.problem_id])[story.problem_id]
    assert (str(told.place), silent.place, beside.place) == ("北纬38.3019°，东经116.8350°", None, None)
