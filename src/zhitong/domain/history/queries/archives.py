"""Which months were taken out of the database, what of each seal they took, and their files read back."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from zhitong.domain.history.models import Archive, ArchivedPlaces
from zhitong.domain.history.rules.archives import Archived, faults_of, members_digest
from zhitong.domain.history.rules.faults import Fault, FaultKind
from zhitong.kit.trouble import Trouble

_RECORDED = """
SELECT body ->> 'members', body ->> 'digest' FROM history_fact WHERE kind = 'history.archived'
"""


class ArchiveNotRead(Trouble):
    """The file of a month cannot be read."""


def archives() -> list[Archived]:
    """The months that were taken out, the newest first; one query."""
    rows = Archive.objects.order_by("-month", "-id")
    return [Archived(row.month, row.facts, row.file, row.file_digest, row.members) for row in rows]


def archived_places(number: int) -> set[int]:
    """Which facts of a seal stand in files, by their places; one query."""
    rows = ArchivedPlaces.objects.filter(number=number).values_list("places", flat=True)
    return {place for places in rows for place in places}


def archives_that_do_not_hold() -> Iterator[Fault]:
    """Archives of which no fact tells, or which claim other facts than those that were taken."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED)
        told = set(cursor.fetchall())
    taken: dict[Any, dict[int, list[int]]] = {}
    for archive_id, number, places in ArchivedPlaces.objects.values_list("archive_id", "number", "places"):
        taken.setdefault(archive_id, {})[number] = places
    for row in Archive.objects.order_by("id"):
        if members_digest(taken.pop(row.id, {})) != row.members or (row.members, row.file_digest) not in told:
            yield Fault(kind=FaultKind.ARCHIVE_ALTERED, field=row.file)
    if taken:
        yield Fault(kind=FaultKind.ARCHIVE_ALTERED)


def faults_of_file(path: Path) -> tuple[int, list[Fault]]:
    """How many facts the file of a month holds, and what does not hold in it, or against what was recorded of it.

    Raises ArchiveNotRead.
    """
    digest = digest_of_file(path)
    known = Archive.objects.filter(file_digest=digest).values_list("facts", flat=True).first()
    facts, faults = read_file(path)
    if known is None or known != facts:
        faults.append(Fault(kind=FaultKind.ARCHIVE_ALTERED, field=path.name))
    return facts, faults


def read_file(path: Path) -> tuple[int, list[Fault]]:
    """The same without what was recorded. Raises ArchiveNotRead: it is no file of a month."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            if "month" not in json.loads(next(lines)):
                raise ValueError("no head")
            return faults_of(lines)
    except (OSError, EOFError, StopIteration, ValueError, LookupError, TypeError) as error:
        raise ArchiveNotRead(f"文件 {path} 不是归档的留痕，或者已经损坏，请换用备份的那一份。") from error


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises ArchiveNotRead."""
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise ArchiveNotRead(f"读不了文件 {path}，请核对文件名后再试。") from error
