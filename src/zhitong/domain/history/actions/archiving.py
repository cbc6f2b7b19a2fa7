"""Taking months out of the database: into a file, read back and held against the chain, then out of the table."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import OperationalError, connection, transaction

from zhitong.domain.history.actions.telling import record
from zhitong.domain.history.models import Archive, ArchivedPlaces
from zhitong.domain.history.queries.archives import digest_of_file, read_file
from zhitong.domain.history.queries.sealed import StoredFact, batches, facts_by_id
from zhitong.domain.history.queries.verifying import last_number
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.archives import (
    OF_HISTORY,
    Archived,
    fact_line,
    file_name,
    head_line,
    is_of_history,
    last_before,
    members_digest,
    seal_line,
    span_of,
)
from zhitong.domain.history.rules.seals import Batch, HistoryFact
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused

_NOBODY = Actor(None, None, None, "cli")


class TooYoung(Refused):
    """The month holds facts that are not six months old."""


class NotWhole(Refused):
    """The month holds facts that no seal names, or that are not what was sealed."""


class InUse(Refused):
    """Somebody holds the facts for longer than acts may wait."""


@dataclass
class _Taken:
    """What went into a file: how many facts, and the places of each seal."""

    facts: int = 0
    places: dict[int, list[int]] = field(default_factory=dict)


def months_to_archive(before: date, *, today: date) -> list[date]:
    """The months before one, by their first days, that hold facts; in order.

    Raises TooYoung: some of them are to stay.
    """
    youngest = last_before(today)
    if before > youngest:
        raise TooYoung(f"留痕至少在线保存六个月，今天最多可以归档 {youngest:%Y-%m} 以前的月份。请改为 --before {youngest:%Y-%m}。")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(inhrelid::regclass::text FROM '[0-9]{6}$') FROM pg_inherits"
            " WHERE inhparent = 'history_fact'::regclass ORDER BY 1"
        )
        names = [name for (name,) in cursor.fetchall() if name]
        months = [date(int(name[:4]), int(name[4:]), 1) for name in names]
        return [month for month in months if month < before and _count(month)]


@transaction.atomic
def archive_month(month: date, *, folder: Path, now: datetime) -> Archived:
    """Write a month into its file, verify the file, and take the month out of the database. For the owner.

    Facts about history itself stay: what erased and what archived is asked for ever after. Reads every seal there is.
    Acts wait while the month is taken off, some milliseconds; a file that is there is never written over.
    Raises TooYoung, NotWhole, InUse; nothing has changed then, but that an unfinished file may be left.
    """
    if month >= last_before(day_of(now)):
        raise TooYoung("留痕至少在线保存六个月，这个月还不能归档。请换更早的月份。")
    path = folder / file_name(month)
    taken = _write(path, month)
    found, faults = read_file(path)
    if faults or found != taken.facts or found != _count(month):
        path.unlink()
        raise NotWhole("这个月有留痕还没有封存，或者与封存不符，没有归档。请先运行 zhitong history seal 和 zhitong history verify。")
    archived = Archived(month, taken.facts, path.name, digest_of_file(path), members_digest(taken.places))
    _keep(archived, taken, now)
    _take_off(month)
    return archived


def _write(path: Path, month: date) -> _Taken:
    taken = _Taken()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise NotWhole(f"文件 {path} 已经存在，不会覆盖。请移走它，或换一个文件夹。") from error
    with os.fdopen(descriptor, "wb") as file, gzip.open(file, "wt", encoding="utf-8") as lines:
        _line(lines, head_line(month))
        for batch in batches(0, last_number()):
            _write_batch(lines, batch, month, taken)
    return taken


def _write_batch(lines: IO[str], batch: Batch, month: date, taken: _Taken) -> None:
    begins, ends = span_of(month)
    found = facts_by_id(batch.fact_ids)
    facts = [(place, found[one]) for place, one in enumerate(batch.fact_ids) if one in found]
    own = [(place, one) for place, one in facts if begins <= one.fact.at < ends and not is_of_history(one.fact.kind)]
    if not own:
        return
    _line(lines, seal_line(batch))
    details = _details([one for _place, one in own])
    for place, one in own:
        _line(lines, fact_line(place, one.canonical, one.place.xid, details.get(one.id, [])))
    taken.facts += len(own)
    taken.places[batch.head.number] = [place for place, _one in own]


def _details(facts: list[StoredFact]) -> dict[UUID, list[tuple[str, bytes, str | None]]]:
    found: dict[UUID, list[tuple[str, bytes, str | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fact_id, field, salt, text FROM history_detail WHERE fact_id = ANY(%s) ORDER BY 1, 2",
            [[one.id for one in facts]],
        )
        for fact_id, name, salt, text in cursor.fetchall():
            found.setdefault(fact_id, []).append((name, bytes(salt), text))
    return found


def _keep(archived: Archived, taken: _Taken, now: datetime) -> None:
    row = Archive.objects.create(
        id=uuid7(), month=archived.month, facts=archived.facts, file=archived.file, file_digest=archived.file_digest,
        members=archived.members, at=now,
    )
    ArchivedPlaces.objects.bulk_create(
        [ArchivedPlaces(archive=row, number=number, places=places) for number, places in taken.places.items()],
        batch_size=1000,
    )
    record(
        str(HistoryFact.ARCHIVED.value), thing_kind="archive", thing_id=row.id, actor=_NOBODY, at=now,
        body={"month": f"{archived.month:%Y-%m}", "facts": archived.facts, "digest": archived.file_digest,
              "members": archived.members},
    )


def _take_off(month: date) -> None:
    name = f"history_fact_{month:%Y%m}"
    with connection.cursor() as cursor, _waiting_at_most(cursor):
        cursor.execute("SELECT set_config('zhitong.history', 'archive', true)")
        cursor.execute(
            f"DELETE FROM history_detail detail USING {name} fact WHERE detail.fact_id = fact.id AND NOT fact.kind LIKE %s",
            [f"{OF_HISTORY}%"],
        )
        cursor.execute("SELECT set_config('zhitong.history', '', true)")
        cursor.execute(f"ALTER TABLE history_fact DETACH PARTITION {name}")
        cursor.execute(f"INSERT INTO history_fact SELECT * FROM {name} WHERE kind LIKE %s", [f"{OF_HISTORY}%"])
        cursor.execute(f"DROP TABLE {name}")


@contextmanager
def _waiting_at_most(cursor: Any) -> Iterator[None]:
    cursor.execute("SET LOCAL lock_timeout = '10s'")
    try:
        yield
    except OperationalError as error:
        raise InUse("数据库正忙，十秒内没有取到留痕表，没有归档。请在业务少的时候再试。") from error


def _count(month: date) -> int:
    begins, ends = span_of(month)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM history_fact WHERE at >= %s AND at < %s AND NOT kind LIKE %s",
            [begins, ends, f"{OF_HISTORY}%"],
        )
        return int(cursor.fetchone()[0])


def _line(lines: IO[str], content: dict[str, Any]) -> None:
    lines.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
