"""The files beside a problem, seen through its scope."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, present
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.rules.open_reach import is_open_to
from zhitong.kit.refusals import NotFound

FILES_OF = "problem"
"""The kind of thing that files are attached to here."""


def files_of_problem(problem_id: UUID) -> list[FileView]:
    """The files beside a problem that the viewer has opened, in their order, in one query; none for who reads it openly."""
    viewer = present()
    if viewer is not None and viewer.reach is Reach.OPEN:
        reporter_unit_id = Problem.objects.filter(id=problem_id).values_list("reporter_unit_id", flat=True).first()
        if is_open_to(viewer, reporter_unit_id):
            return []
    return files_of(FILES_OF, [problem_id])[problem_id]


def must_see_files_of(viewer: Viewer, problem_id: UUID) -> None:
    """Refuse the files of a problem to whoever may not open it, or reads it openly.

    Raises NotFound.
    """
    rows = Problem.objects.filter(id=problem_id).values_list("number", "reporter_unit_id")
    number, reporter_unit_id = rows.first() or ("", None)
    if not number:
        raise NotFound
    problem_id_of(viewer, number)
    if is_open_to(viewer, reporter_unit_id):
        raise NotFound
