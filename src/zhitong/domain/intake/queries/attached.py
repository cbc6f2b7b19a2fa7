"""One file for a viewer, whatever it stands beside: a meeting here, a problem in the room below."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from zhitong.domain.files.queries import FileView, open_file, small_picture, whereabouts
from zhitong.domain.intake.queries.symposia import FILES_OF, symposium_seen
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries import attached


def open_file_for(viewer: Viewer, file_id: UUID) -> tuple[FileView, Iterator[bytes]]:
    """A file and its bytes, a mebibyte at a time; read them inside the viewer's transaction.

    Raises NotFound: there is no such file, or none for this viewer.
    """
    return open_file(file_id) if _is_of_a_meeting(viewer, file_id) else attached.open_file_for(viewer, file_id)


def small_picture_for(viewer: Viewer, file_id: UUID) -> bytes:
    """The small JPEG of a photo.

    Raises NotFound: there is no such photo, or none for this viewer.
    """
    return small_picture(file_id) if _is_of_a_meeting(viewer, file_id) else attached.small_picture_for(viewer, file_id)


def _is_of_a_meeting(viewer: Viewer, file_id: UUID) -> bool:
    """Whether it stands beside a meeting that the viewer may see."""
    found = whereabouts(file_id)
    if found.thing_kind != FILES_OF or found.thing_id is None:
        return False
    symposium_seen(viewer, found.thing_id)
    return True
