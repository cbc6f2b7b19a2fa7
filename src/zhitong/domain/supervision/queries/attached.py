"""The paper of an instruction: its pictures, for whoever reads its words."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.supervision.models import Instruction, InstructionText
from zhitong.domain.supervision.rules.kinds import InstructionKind
from zhitong.kit.refusals import NotFound

FILES_OF = "instruction"
"""The kind of thing that files are attached to here."""


def files_of_instruction(instruction_id: UUID) -> tuple[FileView, ...]:
    """The pictures of an instruction's paper, in their order, in one query; the second wall leaves out what is not the viewer's."""
    return tuple(files_of(FILES_OF, [instruction_id])[instruction_id])


def must_see_files_of(viewer: Viewer, instruction_id: UUID) -> None:
    """Refuse the paper of an instruction to whoever may not read its words; a read mark is for the unit that keeps it.

    Raises NotFound.
    """
    if InstructionText.objects.filter(instruction_id=instruction_id).exists():
        return
    kept = Instruction.objects.filter(id=instruction_id, kind=InstructionKind.READ.value, by_unit_id=viewer.unit_id)
    if not kept.exists():
        raise NotFound
