"""One file for a viewer, through the thing it stands beside: each room says once who may see its things.

A room calls `opens_files_of` when it is made ready; doors open any file by the two functions here and need not know the rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from zhitong.domain.files.queries import FileView, open_file, small_picture, whereabouts
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

MustSee = Callable[[Viewer, UUID], object]
"""Raises NotFound where the thing is not there for this viewer."""

_MUST_SEE: dict[str, MustSee] = {}


def opens_files_of(thing_kind: str, must_see: MustSee) -> None:
    """Whoever passes `must_see` for a thing of this kind opens the files beside it; said again, the same."""
    _MUST_SEE[thing_kind] = must_see


def kinds_with_files() -> frozenset[str]:
    """The kinds of things that files stand beside."""
    return frozenset(_MUST_SEE)


def open_file_for(viewer: Viewer, file_id: UUID) -> tuple[FileView, Iterator[bytes]]:
    """A file and its bytes, a mebibyte at a time; read them inside the viewer's transaction.

    Raises NotFound: there is no such file, or none for this viewer.
    """
    _must_see(viewer, file_id)
    return open_file(file_id)


def small_picture_for(viewer: Viewer, file_id: UUID) -> bytes:
    """The small JPEG of a photo.

    Raises NotFound: there is no such photo, or none for this viewer.
    """
    _must_see(viewer, file_id)
    return small_picture(file_id)


def _must_see(viewer: Viewer, file_id: UUID) -> None:
    """A waiting file is for the unit that stored it, an attached one for whoever may see its thing."""
    found = whereabouts(file_id)
    if not first_wall_stands():
        return
    if found.thing_id is not None and found.thing_kind in _MUST_SEE:
        _MUST_SEE[found.thing_kind](viewer, found.thing_id)
    elif found.thing_id is not None or found.file.uploader_unit_id != viewer.unit_id:
        raise NotFound
