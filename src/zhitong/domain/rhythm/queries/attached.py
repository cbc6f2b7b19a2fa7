"""One file for a viewer, whatever it stands beside: a decision here, the rest in the rooms below."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from zhitong.domain.files.queries import FileView, open_file, small_picture, whereabouts
from zhitong.domain.inspections.queries import attached
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.queries.sight import FILES_OF, must_see_decision


def open_file_for(viewer: Viewer, file_id: UUID) -> tuple[FileView, Iterator[bytes]]:
    """A file and its bytes, a mebibyte at a time; read them inside the viewer's transaction.

    Raises NotFound: there is no such file, or none for this viewer.
    """
    return open_file(file_id) if _is_of_a_decision(viewer, file_id) else attached.open_file_for(viewer, file_id)


def small_picture_for(viewer: Viewer, file_id: UUID) -> bytes:
    """The small JPEG of a photo.

    Raises NotFound: there is no such photo, or none for this viewer.
    """
    return small_picture(file_id) if _is_of_a_decision(viewer, file_id) else attached.small_picture_for(viewer, file_id)


def _is_of_a_decision(viewer: Viewer, file_id: UUID) -> bool:
    found = whereabouts(file_id)
    if found.thing_kind != FILES_OF or found.thing_id is None:
        return False
    must_see_decision(viewer, found.thing_id)
    return True
