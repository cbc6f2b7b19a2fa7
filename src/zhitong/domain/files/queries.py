"""Files for the rooms whose things they stand beside: which there are, and their bytes. The second wall holds here alone;
whoever calls has asked whether the thing may be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.files.models import Attachment, Content, File
from zhitong.domain.files.rules.kinds import MEBIBYTE, SERVED_AS, FileFormat, FileKind, Verdict
from zhitong.domain.files.rules.places import Place
from zhitong.kit.refusals import NotFound, Refused


class FileWaits(Refused):
    """The scanner has not judged the file yet."""

    def __init__(self) -> None:
        super().__init__("这个附件正在查毒，通常一分钟内完成。请稍后再打开。")


class FileInfected(Refused):
    """The scanner found something in the file; nobody opens it any more."""

    def __init__(self) -> None:
        super().__init__("这个附件查出病毒，已经隔离，不能打开。请联系上传的单位杀毒后重新上传一份。")


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as a page shows it; `seconds` is the length of a recording, where it is told; `place` where a photo was
    taken, beside what asks for it.
    """

    id: UUID
    name: str
    format: FileFormat
    size: int
    seconds: int | None
    digest: str
    uploader_unit_id: UUID | None
    uploaded_at: datetime
    attached_at: datetime | None = None
    caption: str = ""
    place: Place | None = None

    @property
    def kind(self) -> FileKind:
        """What a person calls it."""
        return SERVED_AS[self.format].kind

    @property
    def is_photo(self) -> bool:
        """Whether it can be looked at in place."""
        return self.kind is FileKind.PHOTO

    @property
    def media_type(self) -> str:
        """What it is served as."""
        return SERVED_AS[self.format].media_type


def view_of(row: File, caption: str = "") -> FileView:
    """A row as it is shown."""
    place = Place(row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
    return FileView(
        row.id, row.name, FileFormat(row.format), row.size, row.seconds, row.content_id, row.uploader_unit_id,
        row.uploaded_at, row.attached_at, caption, place,
    )


def files_of(thing_kind: str, thing_ids: Collection[UUID]) -> dict[UUID, list[FileView]]:
    """The files of things of one kind, in their order, in one query; a thing without files has an empty list."""
    found: dict[UUID, list[FileView]] = {thing_id: [] for thing_id in thing_ids}
    rows = Attachment.objects.filter(thing_kind=thing_kind, thing_id__in=found).select_related("file")
    for row in rows.order_by("thing_id", "position"):
        found[row.thing_id].append(view_of(row.file, row.caption))
    return found


def waiting_files(unit_id: UUID | None, file_ids: Collection[UUID]) -> list[FileView]:
    """Those of the files that this unit has stored and not attached yet, oldest first."""
    rows = File.objects.filter(id__in=file_ids, uploader_unit_id=unit_id, attached_at__isnull=True)
    return [view_of(row) for row in rows.order_by("id")]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A file and the thing it stands beside; a file that waits has none."""

    file: FileView
    thing_kind: str
    thing_id: UUID | None


def whereabouts(file_id: UUID) -> Whereabouts:
    """A file, and through which thing it is seen.

    Raises NotFound: there is no such file, or none behind the second wall.
    """
    row = File.objects.select_related("attachment").filter(id=file_id).first()
    if row is None:
        raise NotFound
    place = getattr(row, "attachment", None)
    if place is None:
        return Whereabouts(view_of(row), "", None)
    return Whereabouts(view_of(row, place.caption), place.thing_kind, place.thing_id)


def open_file(file_id: UUID) -> tuple[FileView, Iterator[bytes]]:
    """A file and its bytes, a mebibyte at a time; read them inside the viewer's transaction.

    Raises NotFound: there is no such file, or none behind the second wall.
    Raises FileWaits, FileInfected: a scanner is asked, and has not found it clean.
    """
    found = whereabouts(file_id).file
    _must_be_open(found.digest)
    return found, _slices(found)


def small_picture(file_id: UUID) -> bytes:
    """The small picture of a photo.

    Raises NotFound: there is no such photo, or none behind the second wall. Raises FileWaits, FileInfected.
    """
    digest = File.objects.filter(id=file_id).values_list("content_id", flat=True).first()
    small = Content.objects.filter(digest=digest).values_list("small", flat=True).first()
    if small is None or digest is None:
        raise NotFound
    _must_be_open(digest)
    return bytes(small)


def _must_be_open(digest: str) -> None:
    verdict = Content.objects.filter(digest=digest).values_list("verdict", flat=True).first()
    if verdict == Verdict.WAITING.value:
        raise FileWaits
    if verdict == Verdict.INFECTED.value:
        raise FileInfected


def _slices(file: FileView) -> Iterator[bytes]:
    for start in range(1, file.size + 1, MEBIBYTE):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT substring(body FROM %s::int FOR %s::int) FROM files_content WHERE digest = %s",
                [start, MEBIBYTE, file.digest],
            )
            [body] = cursor.fetchone()
        yield bytes(body)
