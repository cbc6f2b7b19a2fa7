"""One file for a viewer, whatever it stands beside: the paper of an instruction here, the rest in the rooms below."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from zhitong.domain.files.queries import FileView, files_of, open_file, small_picture, whereabouts
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.supervision.models import Instruction, InstructionText
from zhitong.domain.supervision.rules.kinds import InstructionKind
from zhitong.domain.visits.queries import attached
from zhitong.kit.refusals import NotFound

FILES_OF = "instruction"
"""The kind of thing that files are attached to here."""


def files_of_instruction(instruction_id: UUID) -> tuple[FileView, ...]:
    """The pictures of an instruction's paper, in their order, in one query; the second wall leaves out what is not the viewer's."""
    return tuple(files_of(FILES_OF, [instruction_id])[instruction_id])


def open_file_for(viewer: Viewer, file_id: UUID) -> tuple[FileView, Iterator[bytes]]:
    """A file and its bytes, a mebibyte at a time; read them inside the viewer's transaction.

    Raises NotFound: there is no such file, or none for this viewer.
    """
    return open_file(file_id) if _is_of_an_instruction(viewer, file_id) else attached.open_file_for(viewer, file_id)


def small_picture_for(viewer: Viewer, file_id: UUID) -> bytes:
    """The small JPEG of a photo.

    Raises NotFound: there is no such photo, or none for this viewer.
    """
    return small_picture(file_id) if _is_of_an_instruction(viewer, file_id) else attached.small_picture_for(viewer, file_id)


def _is_of_an_instruction(viewer: Viewer, file_id: UUID) -> bool:
    """Whether it stands beside an instruction whose words this viewer reads; a read mark is for the unit that keeps it."""
    found = whereabouts(file_id)
    if found.thing_kind != FILES_OF or found.thing_id is None:
        return False
    if not first_wall_stands() or InstructionText.objects.filter(instruction_id=found.thing_id).exists():
        return True
    kept = Instruction.objects.filter(id=found.thing_id, kind=InstructionKind.READ.value, by_unit_id=viewer.unit_id)
    if not kept.exists():
        raise NotFound
    return True
