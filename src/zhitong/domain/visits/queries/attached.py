"""One file for a viewer, whatever it stands beside: a visit here, something of a room below."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from zhitong.domain.files.queries import FileView, open_file, small_picture, whereabouts
from zhitong.domain.intake.queries import attached
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.visits.models import Visit
from zhitong.domain.visits.queries.sight import of_concern
from zhitong.kit.refusals import NotFound

FILES_OF = "visit"
"""The kind of thing that files are attached to here."""


def open_file_for(viewer: Viewer, file_id: UUID) -> tuple[FileView, Iterator[bytes]]:
    """A file and its bytes, a mebibyte at a time; read them inside the viewer's transaction.

    Raises NotFound: there is no such file, or none for this viewer.
    """
    return open_file(file_id) if _is_of_a_visit(viewer, file_id) else attached.open_file_for(viewer, file_id)


def small_picture_for(viewer: Viewer, file_id: UUID) -> bytes:
    """The small JPEG of a photo.

    Raises NotFound: there is no such photo, or none for this viewer.
    """
    return small_picture(file_id) if _is_of_a_visit(viewer, file_id) else attached.small_picture_for(viewer, file_id)


def _is_of_a_visit(viewer: Viewer, file_id: UUID) -> bool:
    """Whether it stands beside a visit that the viewer may see."""
    found = whereabouts(file_id)
    if found.thing_kind != FILES_OF or found.thing_id is None:
        return False
    if not Visit.objects.filter(of_concern(viewer), id=found.thing_id).exists():
        raise NotFound
    return True
