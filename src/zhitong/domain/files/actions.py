"""Storing what was sent, attaching it to a thing, and dropping what was attached to nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from zhitong.domain.files.models import Attachment, Content, File
from zhitong.domain.files.queries import FileView, view_of
from zhitong.domain.files.rules.examining import Examined, examine, size_trouble
from zhitong.domain.files.rules.facts import FileFact
from zhitong.domain.files.rules.kinds import ATTACH_WITHIN, MOST_FILES, MOST_WAITING, Unfit, Verdict, too_many_waiting
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.kit.refusals import BadInput, Refused


class FilesUnfit(BadInput):
    """One or more of the files sent cannot be taken; the sentence names each."""


class TooManyFiles(BadInput):
    """More files than may stand beside one thing."""

    def __init__(self) -> None:
        super().__init__(f"一件事最多附{MOST_FILES}个文件。请去掉几个，或者合并成一份再传。")


class FileGone(Refused):
    """The file is not there: dropped after a day, never stored, or another unit's; the three are not told apart."""

    def __init__(self) -> None:
        super().__init__("有一个附件没有找到，可能放置超过一天已经清除。请重新上传后再提交。")


class AttachedAlready(Refused):
    """The file stands beside a thing already."""


class TooLateToAttach(Refused):
    """The file has waited too long."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name, its size as counted on the way, and its bytes to be read."""

    name: str
    size: int
    body: BinaryIO


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of a sending, and a sentence for each file that was not."""

    files: list[FileView] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@transaction.atomic
def store(files: Iterable[Upload], *, actor: Actor, now: datetime, with_place: bool = False) -> list[FileView]:
    """Keep files for the actor's unit, to be attached within a day; all of them or none.

    `with_place` keeps where photos were taken, until they are attached to what does not ask for it.

    Raises FilesUnfit: see `examine` for what is not taken. Source: R-E5.
    """
    taken = store_what_fits(files, actor=actor, now=now, with_place=with_place)
    if taken.refusals:
        raise FilesUnfit("".join(taken.refusals), {"files": "".join(taken.refusals)})
    return taken.files


@transaction.atomic
def store_what_fits(files: Iterable[Upload], *, actor: Actor, now: datetime, with_place: bool = False) -> Taken:
    """Keep those of the files that fit, so that a form need not be sent twice for one bad photo.

    One file after another is read, so the memory is that of the largest. Source: R-E5.
    """
    taken = Taken()
    waiting = File.objects.filter(uploader_unit_id=actor.unit_id, attached_at__isnull=True).count()
    for upload in files:
        name = clean_name(upload.name)
        try:
            trouble = too_many_waiting() if waiting + len(taken.files) >= MOST_WAITING else size_trouble(upload.size)
            if trouble:
                raise trouble
            taken.files.append(_keep(examine(name, upload.body.read()), actor, now, with_place=with_place))
        except Unfit as unfit:
            taken.refusals.append(unfit.sentence(name))
    record_many([
        Fact(str(FileFact.STORED), "file", one.id, actor, now, {"digest": one.digest}) for one in taken.files
    ])
    return taken


def _keep(one: Examined, actor: Actor, now: datetime, *, with_place: bool) -> FileView:
    digest = hashlib.sha256(one.content).hexdigest()
    _hold(digest)
    verdict = Verdict.WAITING if settings.SCANNER else Verdict.UNJUDGED  # equal bytes keep the verdict they have
    kept = Content(digest=digest, body=one.content, small=one.small, verdict=verdict.value)
    Content.objects.bulk_create([kept], ignore_conflicts=True)
    place = one.place if with_place else None
    row = File(
        content_id=digest, name=one.name, format=one.format.value, size=len(one.content), seconds=one.seconds,
        uploader_person_id=actor.person_id, uploader_unit_id=actor.unit_id, via=actor.via, uploaded_at=now,
        latitude=place.latitude if place else None, longitude=place.longitude if place else None,
    )
    row.save(force_insert=True)
    return view_of(row)


def _hold(digest: str) -> None:
    """Keep bytes from being dropped until this transaction has named them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [digest])


@transaction.atomic
def attach(
    file_ids: Sequence[UUID], thing_kind: str, thing_id: UUID, *, actor: Actor, now: datetime, caption: str = "",
    with_place: bool = False,
) -> None:
    """Put files beside a thing, after those that are there, in the order given; from now on they are seen through it.

    Where a photo was taken is forgotten, unless the thing asks for it (`with_place`).

    The room that owns the thing calls this, once it knows that the actor may add to it.
    Raises FileGone, AttachedAlready, TooLateToAttach, TooManyFiles.
    """
    wanted = list(dict.fromkeys(file_ids))
    if not wanted:
        return
    rows = File.objects.select_for_update().in_bulk(wanted)
    for file_id in wanted:
        _must_be_free(rows.get(file_id), actor, now)
    _queue_at(thing_id)
    there = Attachment.objects.filter(thing_kind=thing_kind, thing_id=thing_id).count()
    if there + len(wanted) > MOST_FILES:
        raise TooManyFiles
    Attachment.objects.bulk_create([
        Attachment(file_id=file_id, thing_kind=thing_kind, thing_id=thing_id, position=place, caption=caption)
        for place, file_id in enumerate(wanted, there)
    ])
    told = {} if with_place else {"latitude": None, "longitude": None}
    File.objects.filter(id__in=wanted).update(attached_at=now, **told)
    record_many([
        Fact(str(FileFact.ATTACHED), "file", one, actor, now, {"digest": rows[one].content_id, "thing": thing_id})
        for one in wanted
    ])


@transaction.atomic
def hand_on(file_ids: Sequence[UUID], thing_kind: str, thing_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Put files that stand beside one thing beside another, after those that are there, in the order given.

    The room that owns the first thing calls this; the second wall lets go only of what that room allows.
    Raises FileGone: one stands beside nothing that the actor may let go of. Raises TooManyFiles.
    """
    wanted = list(dict.fromkeys(file_ids))
    if not wanted:
        return
    _queue_at(thing_id)
    there = Attachment.objects.filter(thing_kind=thing_kind, thing_id=thing_id).count()
    if there + len(wanted) > MOST_FILES:
        raise TooManyFiles
    digests = dict(File.objects.filter(id__in=wanted).values_list("id", "content_id"))
    for place, file_id in enumerate(wanted, there):
        moved = Attachment.objects.filter(file_id=file_id).exclude(thing_kind=thing_kind)
        if not moved.update(thing_kind=thing_kind, thing_id=thing_id, position=place):
            raise FileGone
    record_many([
        Fact(str(FileFact.ATTACHED), "file", one, actor, now, {"digest": digests[one], "thing": thing_id})
        for one in wanted
    ])


@transaction.atomic
def let_go(file_ids: Sequence[UUID]) -> int:
    """Take files away from the things they stand beside, so that they are dropped as unattached ones are.

    For the worker, at the word of the room that owns the things; returns how many.
    """
    Attachment.objects.filter(file_id__in=file_ids).delete()
    return File.objects.filter(id__in=file_ids).update(attached_at=None)


def _queue_at(thing_id: UUID) -> None:
    """Let two who attach to one thing do so one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(thing_id)])


def _must_be_free(row: File | None, actor: Actor, now: datetime) -> None:
    if row is None or (row.attached_at is None and row.uploader_unit_id != actor.unit_id):
        raise FileGone
    if row.attached_at is not None:
        raise AttachedAlready(f"附件“{row.name}”已经用在一件事上，不能再用。请重新上传一份。")
    if now - row.uploaded_at > ATTACH_WITHIN:
        raise TooLateToAttach(f"附件“{row.name}”上传已超过24小时，不能再用。请重新上传后再提交。")


@transaction.atomic
def drop_unattached(before: datetime) -> int:
    """Drop the files that were stored before a moment and attached to nothing, with bytes that nobody else names.

    For the worker, which acts for nobody; returns how many files. Bytes held by an upload under way wait for next time.
    """
    gone = list(File.objects.select_for_update(skip_locked=True).filter(attached_at__isnull=True, uploaded_at__lt=before)
                .values_list("id", "content_id"))
    File.objects.filter(id__in=[file_id for file_id, _digest in gone]).delete()
    _drop_contents({digest for _file_id, digest in gone})
    return len(gone)


def _drop_contents(digests: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM unnest(%s::text[]) digest WHERE pg_try_advisory_xact_lock(hashtextextended(digest, 0))",
            [sorted(digests)],
        )
        held = [digest for (digest,) in cursor.fetchall()]
        cursor.execute(
            "DELETE FROM files_content content WHERE digest = ANY(%s)"
            " AND NOT EXISTS (SELECT 1 FROM files_file file WHERE file.digest = content.digest)", [held],
        )
