"""Tasks as pages show them: who is what in it, what is to be reached by when, and the words it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import ClauseView, TargetView, TaskView, UnitInTask
from zhitong.domain.plans.rules import IndicatorClass, Role, TaskKind, full_name

REACHED = (IndicatorClass.TARGET, IndicatorClass.COVERAGE)
"""What a list of tasks shows; the rest stands on the task's own page."""


@dataclass(frozen=True)
class UnitLine:
    """A unit in a task; `url` leads to its page where the viewer may go there."""

    name: str
    part: str
    url: str


@dataclass(frozen=True)
class RoleLine:
    """The units of one role."""

    role: str
    units: Sequence[UnitLine]


@dataclass(frozen=True)
class TargetLine:
    """A target with its name as one reads it, and where its words stand."""

    target: TargetView
    name: str
    place: str


@dataclass(frozen=True)
class TaskLine:
    """A task in a list; `parts` counts the targets that are parts of another of the same task: its own page has them."""

    task: TaskView
    url: str
    roles: Sequence[RoleLine]
    targets: Sequence[TargetLine]
    parts: int


@dataclass(frozen=True)
class Piece:
    """A stretch of a quotation; marked where a target stands."""

    text: str
    is_marked: bool = False


def line_of(task: TaskView, viewer: Viewer, here: Directory) -> TaskLine:
    """A task with its units by role and what it is to reach."""
    reached = [one for one in task.targets if one.reading_class in REACHED]
    own = {one.code for one in reached}
    whole = [one for one in reached if own.isdisjoint(one.part_of)]
    return TaskLine(
        task, page_of(task.campaign, task.number), roles_of(task.units, viewer, here), target_lines(whole),
        len(reached) - len(whole),
    )


def target_lines(targets: Sequence[TargetView]) -> list[TargetLine]:
    """Targets with their names."""
    return [TargetLine(one, target_name(one), place_of(one.clause)) for one in targets]


def target_name(one: TargetView) -> str:
    """The indicator with what it covers, said once."""
    return full_name(one.name, one.scope)


def roles_of(units: Sequence[UnitInTask], viewer: Viewer, here: Directory) -> list[RoleLine]:
    """The units by role, leads first."""
    lines = []
    for role in Role:
        own = [
            UnitLine(one.as_printed, one.part, _unit_page(one.unit_id, viewer, here)) for one in units
            if one.role is role
        ]
        if own:
            lines.append(RoleLine(role.label, own))
    return lines


def _unit_page(unit_id: UUID | None, viewer: Viewer, here: Directory) -> str:
    unit = here.units.get(unit_id) if unit_id else None
    return reverse("territory:unit", args=[unit.code]) if unit and viewer.unit_kind is not UnitKind.SERVED else ""


def page_of(campaign: str, number: str) -> str:
    """The page of a task."""
    return reverse("plan:task", args=[campaign, number])


def name_of(task: TaskView) -> str:
    """A task as people call it: numbered tasks by number, special actions by their place in the paper."""
    return f"{task.number} {task.title}"


def pieces_of(content: str, targets: Sequence[TargetView]) -> list[Piece]:
    """The words of a task with those of its targets marked, each once, where it is first said."""
    spans: list[tuple[int, int]] = []
    for words in sorted({one.clause.text for one in targets if one.clause.text}, key=len, reverse=True):
        start = content.find(words)
        end = start + len(words)
        if start >= 0 and all(end <= other or start >= until for other, until in spans):
            spans.append((start, end))
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [Piece(content[at:start]), Piece(content[start:end], is_marked=True)]
        at = end
    return [one for one in (*pieces, Piece(content[at:])) if one.text]


def place_of(clause: ClauseView) -> str:
    """Where the words stand in the document's text."""
    return _("第 %(start)d–%(end)d 字") % {"start": clause.start + 1, "end": clause.end}


def units_in_words(task: TaskView, *roles: Role) -> str:
    """The units of some roles in one cell of a sheet, with their parts."""
    return "、".join(
        f"{one.as_printed}（{one.part}）" if one.part else one.as_printed for one in task.units if one.role in roles
    )


def counted(kinds: dict[TaskKind, int], numbered: frozenset[TaskKind]) -> tuple[int, int]:
    """How many numbered tasks and how many special actions a plan has."""
    return sum(kinds[kind] for kind in numbered), kinds[TaskKind.SPECIAL_ACTION]
