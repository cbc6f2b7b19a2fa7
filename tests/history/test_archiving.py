"""Months older than half a year go into files, whole and verified, and verifying goes on over the gap."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.following import wait_for_older_ones
from tests.history.test_verifying import faults
from tests.tampering import TABLES
from zhitong.config import database as config
from zhitong.domain.history.actions import erase_details, record
from zhitong.domain.history.actions.archiving import NotWhole, TooYoung, archive_month, months_to_archive
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.queries.archives import ArchiveNotRead, archives, faults_of_file
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.archives import last_before, shifted, span_of
from zhitong.domain.history.rules.faults import FaultKind
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.kit.ids import uuid7

NOBODY = Actor(None, None, None, "test")
NOW = datetime(2018, 12, 5, 2, 0, tzinfo=UTC)
FEBRUARY, MARCH = date(2018, 2, 1), date(2018, 3, 1)
THING = uuid7()


@pytest.fixture(scope="module")
def told(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[list[UUID]]:
    """Facts of February and March in one seal, a text of February erased in March."""
    with (
        databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("owner", name=name),
    ):
        moments = [datetime(2018, 2, 3, tzinfo=UTC), datetime(2018, 2, 28, 15, 59, tzinfo=UTC), datetime(2018, 3, 3, tzinfo=UTC)]
        ids = [
            record("test.happened", thing_kind="test", thing_id=THING, actor=NOBODY, at=at, details={"text": "话"})
            for at in moments
        ]
        with transaction.atomic():
            erased = uuid7()
            record("test.erased", thing_kind="test", thing_id=erased, actor=NOBODY, at=moments[0], details={"text": "去"})
            erase_details(erased, actor=NOBODY, at=moments[0])
        _seal()
        yield ids


def _seal() -> None:
    wait_for_older_ones()
    while seal_next(algorithm=Algorithm.SHA256, now=NOW):
        pass


@pytest.fixture
def undone(told: list[UUID]) -> Iterator[None]:
    """What the test does is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def test_a_month_goes_into_a_file_and_verifying_goes_on(undone: None, told: list[UUID], tmp_path: Path) -> None:
    archived = archive_month(FEBRUARY, folder=tmp_path, now=NOW)
    path = tmp_path / archived.file

    assert archived.facts == 3
    assert [one.month for one in archives()] == [FEBRUARY]
    assert faults() == []
    assert faults_of_file(path) == (3, [])
    assert path.stat().st_mode & 0o777 == 0o600
    assert count("SELECT count(*) FROM history_fact WHERE kind LIKE 'test.%'") == 1
    assert count("SELECT count(*) FROM history_detail") == 1
    assert count("SELECT count(*) FROM history_fact WHERE kind = 'history.erased'") == 1
    assert count("SELECT count(*) FROM pg_class WHERE relname = 'history_fact_201802'") == 0


def test_the_months_that_may_go_are_listed_and_the_young_refused(told: list[UUID]) -> None:
    assert months_to_archive(date(2018, 6, 1), today=date(2018, 12, 5))[:2] == [FEBRUARY, MARCH]
    assert months_to_archive(FEBRUARY, today=date(2018, 12, 5)) == []
    with pytest.raises(TooYoung, match="--before 2018-06"):
        months_to_archive(date(2018, 7, 1), today=date(2018, 12, 5))
    with pytest.raises(TooYoung, match="至少在线保存六个月"):
        archive_month(date(2018, 6, 1), folder=Path("none"), now=NOW)


def test_what_is_not_whole_stays(undone: None, told: list[UUID], tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE history_fact SET body = '{\"n\": 2}' WHERE id = %s", [told[0]])
    with pytest.raises(NotWhole, match="zhitong history verify"), transaction.atomic():
        archive_month(FEBRUARY, folder=tmp_path, now=NOW)
    record("test.late", thing_kind="test", thing_id=THING, actor=NOBODY, at=datetime(2018, 3, 3, tzinfo=UTC))
    with pytest.raises(NotWhole, match="zhitong history seal"), transaction.atomic():
        archive_month(MARCH, folder=tmp_path, now=NOW)

    assert list(tmp_path.iterdir()) == []
    assert archives() == []


def test_a_file_that_is_there_is_not_written_over(undone: None, told: list[UUID], tmp_path: Path) -> None:
    (tmp_path / "history-201802.jsonl.gz").write_bytes(b"mine")

    with pytest.raises(NotWhole, match="不会覆盖"), transaction.atomic():
        archive_month(FEBRUARY, folder=tmp_path, now=NOW)

    assert (tmp_path / "history-201802.jsonl.gz").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("changed", "into", "kind"),
    [
        ("test.happened", "test.happenee", FaultKind.ALTERED), ('"话"', '"画"', FaultKind.DETAIL_ALTERED),
        ('"total":', '"total":1', FaultKind.SEAL_ALTERED),
    ],
)
def test_a_changed_file_is_found(
    changed: str, into: str, kind: FaultKind, undone: None, told: list[UUID], tmp_path: Path
) -> None:
    path = tmp_path / archive_month(FEBRUARY, folder=tmp_path, now=NOW).file
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(text.replace(changed, into, 1).encode()))

    _facts, found = faults_of_file(path)

    assert {one.kind for one in found} == {kind, FaultKind.ARCHIVE_ALTERED}
    path.write_bytes(b"none")
    with pytest.raises(ArchiveNotRead, match="请换用备份"):
        faults_of_file(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_archived_places SET places = places || 99", "UPDATE history_archive SET file_digest = members",
        "INSERT INTO history_archive SELECT uuid7(), month, facts, file, file_digest, file_digest, at FROM history_archive",
    ],
)
def test_an_archive_that_nobody_made_is_found(statement: str, undone: None, told: list[UUID], tmp_path: Path) -> None:
    archive_month(FEBRUARY, folder=tmp_path, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("history_archive", "history_archived_places"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)

    assert {one.kind for one in faults()} == {FaultKind.ARCHIVE_ALTERED}


def test_a_fact_that_no_archive_took_is_still_missed(undone: None, told: list[UUID], tmp_path: Path) -> None:
    archive_month(FEBRUARY, folder=tmp_path, now=NOW)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM history_fact WHERE id = %s", [told[2]])

    assert (FaultKind.MISSING, told[2]) in {(one.kind, one.fact_id) for one in faults()}


def test_months_are_those_of_shanghai() -> None:
    assert span_of(FEBRUARY)[1] == datetime(2018, 2, 28, 16, 0, tzinfo=UTC)
    assert (shifted(date(2018, 12, 1), 1), shifted(date(2018, 1, 1), -1)) == (date(2019, 1, 1), date(2017, 12, 1))
    assert last_before(date(2018, 9, 17)) == MARCH


def test_a_line_of_a_file_can_be_read_by_anybody(undone: None, told: list[UUID], tmp_path: Path) -> None:
    path = tmp_path / archive_month(FEBRUARY, folder=tmp_path, now=NOW).file
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]

    assert lines[0] == {"v": 1, "month": "2018-02"}
    assert [line["details"][0][2] for line in lines if "fact" in line] == ["话", "话", None]
