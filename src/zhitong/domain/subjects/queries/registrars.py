"""Who may keep the register of what: asked before an act, and for what a page offers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.subjects.models import AssistanceList, Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.registrars import may_rearrange, may_register
from zhitong.kit.refusals import NotFound

Entry = tuple[SubjectKind, UUID]
"""(kind, region) of one to be registered."""


def kinds_registered_by(viewer: Viewer) -> list[SubjectKind]:
    """The kinds that a viewer may register in its own territory; one query."""
    above, lines = _above(viewer.region_id), _leading_lines()
    return [
        kind for kind in SubjectKind
        if may_register(viewer, region_ids_above=above, leading_lines=lines.get(kind, frozenset()))
    ]


def require_may_register(viewer: Viewer, entries: Iterable[Entry]) -> None:
    """Refuse when one of these lies outside what the viewer keeps; one query.

    Raises NotYours: the post registers nobody, or the kind is led by another line. Raises NotFound: the place is outside
    its territory.
    """
    require(viewer, Permission.REGISTER)
    lines, regions = _leading_lines(), directory().regions
    for kind, region_id in set(entries):
        if region_id not in regions or viewer.region_id not in _above(region_id):
            raise NotFound("这个区划不在您的辖区内，请选本辖区的区划。")
        if not may_register(viewer, region_ids_above=_above(region_id), leading_lines=lines.get(kind, frozenset())):
            raise NotYours(f"{kind.label}由牵头部门和活动办公室登记、修改，您的单位不牵头这一类。请转告本级活动办公室。")


def require_may_change(viewer: Viewer, subject_ids: Iterable[UUID]) -> None:
    """Refuse when one of these is not the viewer's to change; two queries.

    Raises NotFound: one is not there for this viewer. Raises NotYours: see `require_may_register`.
    """
    require_may_register(viewer, _places_of(subject_ids))


def require_may_rearrange(viewer: Viewer, subject_ids: Iterable[UUID]) -> None:
    """Refuse when one of these is not the viewer's to end, merge, split or move; one query.

    Raises NotFound: one is not there for this viewer. Raises NotYours: the viewer is no office of its territory.
    """
    for _kind, region_id in _places_of(subject_ids):
        if not may_rearrange(viewer, region_ids_above=_above(region_id)):
            raise NotYours("注销、迁出、合并、拆分、认定属地和名单调整由属地活动办公室办理。请转告本级活动办公室。")


def _places_of(subject_ids: Iterable[UUID]) -> list[Entry]:
    wanted = set(subject_ids)
    found = list(Subject.objects.filter(id__in=wanted).values_list("kind", "region_id"))
    if len(found) != len(wanted):
        raise NotFound
    return [(SubjectKind(kind), region_id) for kind, region_id in found]


def _above(region_id: UUID) -> set[UUID]:
    return {region.id for region in directory().path(region_id)}


def _leading_lines() -> dict[SubjectKind, set[UUID]]:
    """The lines that lead the service of each kind, as the lists of all campaigns say."""
    led: dict[SubjectKind, set[UUID]] = {}
    rows = AssistanceList.objects.filter(line__isnull=False).values_list("kind", "line_id").distinct()
    for kind, line_id in rows:
        led.setdefault(SubjectKind(kind), set()).add(line_id)
    return led
