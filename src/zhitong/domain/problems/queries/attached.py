"""The files beside a problem, and one file for a viewer: through the scope of the problem it stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from zhitong.domain.cards.queries import excuse
from zhitong.domain.cards.queries.files import FILES_OF as CARD_FILES
from zhitong.domain.cards.queries.files import PROOF_OF, must_see_file
from zhitong.domain.extras.queries.sight import FILES_OF as EXTRA_FILES
from zhitong.domain.extras.queries.sight import must_see_extra
from zhitong.domain.files.queries import FileView, files_of, open_file, small_picture, whereabouts
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands, present
from zhitong.domain.papers.queries.sight import FILES_OF as PAPER_FILES
from zhitong.domain.papers.queries.sight import must_see_paper
from zhitong.domain.plans.queries.timetables import FILES_OF as MILESTONE_FILES
from zhitong.domain.plans.queries.timetables import must_see_milestone
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.rules.open_reach import is_open_to
from zhitong.kit.refusals import NotFound

FILES_OF = "problem"
"""The kind of thing that files are attached to here."""
_OF_LOWER_ROOMS: dict[str, Callable[[Viewer, UUID], None]] = {
    CARD_FILES: must_see_file, EXTRA_FILES: must_see_extra, MILESTONE_FILES: must_see_milestone,
    PAPER_FILES: must_see_paper,
}
"""The kinds of things of the rooms below that files stand beside, and who refuses a viewer there."""


def files_of_problem(problem_id: UUID) -> list[FileView]:
    """The files beside a problem that the viewer has opened, in their order, in one query; none for who reads it openly."""
    viewer = present()
    if viewer is not None and viewer.reach is Reach.OPEN:
        reporter_unit_id = Problem.objects.filter(id=problem_id).values_list("reporter_unit_id", flat=True).first()
        if is_open_to(viewer, reporter_unit_id):
            return []
    return files_of(FILES_OF, [problem_id])[problem_id]


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
    """A waiting file is for the unit that stored it, an attached one for whoever may see its problem, its
    card, or the excuse that it proves."""
    found = whereabouts(file_id)
    if not first_wall_stands():
        return
    if found.thing_id is None:
        if found.file.uploader_unit_id != viewer.unit_id:
            raise NotFound
        return
    if found.thing_kind in _OF_LOWER_ROOMS:
        _OF_LOWER_ROOMS[found.thing_kind](viewer, found.thing_id)
        return
    if found.thing_kind == PROOF_OF:
        excuse(viewer, found.thing_id)
        return
    rows = Problem.objects.filter(id=found.thing_id).values_list("number", "reporter_unit_id")
    number, reporter_unit_id = rows.first() or ("", None)
    if found.thing_kind != FILES_OF or not number:
        raise NotFound
    problem_id_of(viewer, number)
    if is_open_to(viewer, reporter_unit_id):
        raise NotFound
