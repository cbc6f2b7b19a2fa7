"""What a saved view is, whom it is shared with, and how it is cut to who opens it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.kit.choices import Word

LONGEST_NAME, MOST_OF_A_POST = 30, 20


class Sharing(Word):
    """Who finds a saved view in the list."""

    POST = "post", "仅本岗位"
    UNIT = "unit", "本单位"
    BELOW = "below", "本单位和下级地区各单位"
    REGION = "region", "本辖区各单位"


class Form(Word):
    """How a division is shown."""

    CHART = "chart", "图"
    TABLE = "table", "表"


class ViewFact(Word):
    """What is recorded of a saved view."""

    SAVED = "view.saved", "保存视图"
    RENAMED = "view.renamed", "视图改名"
    SHARED = "view.shared", "调整视图共享范围"
    DELETED = "view.deleted", "删除视图"


@dataclass(frozen=True, slots=True)
class Look:
    """A way of looking: where, at which line (None: all), over which time, divided by what, shown how.

    `dimension` is the stored word, which the house may have given up since; `first` and `last` belong to chosen days.
    """

    region_id: UUID
    line_id: UUID | None = None
    stretch: StretchKind = StretchKind.ALL
    first: date | None = None
    last: date | None = None
    dimension: str = ""
    form: Form = Form.CHART


@dataclass(frozen=True, slots=True)
class Opened:
    """A view as its reader may look: `notes` say, a sentence each, what is not as it was saved."""

    look: Look
    notes: tuple[str, ...]


def opened_by(viewer: Viewer, look: Look, here: Directory) -> Opened:
    """A look cut to the reader's own region and lines; what was given up since is the default instead."""
    region_id, of_region = _region(viewer, look.region_id, here)
    line_id, of_line = _line(viewer, look.line_id, here)
    dimension, of_dimension = _dimension(look.dimension, dimensions_of(viewer, line_id))
    found = Look(region_id, line_id, look.stretch, look.first, look.last, dimension, look.form)
    return Opened(found, tuple(filter(None, (of_region, of_line, of_dimension))))


def dimensions_of(viewer: Viewer, line_id: UUID | None) -> list[Dimension]:
    """What a viewer's figures are divided by: those of a line only by lines and regions."""
    of_line = [Dimension.LINE, Dimension.REGION]
    return list(Dimension) if viewer.reach is Reach.SUBTREE and line_id is None else of_line


def may_look(viewer: Viewer, region_id: UUID, here: Directory) -> bool:
    """Whether a viewer oversees a region: it is the viewer's own or lies below it."""
    if not viewer.may(Permission.OVERSEE) or region_id not in here.regions:
        return False
    return viewer.region_id in {one.id for one in here.path(region_id)}


def _region(viewer: Viewer, region_id: UUID, here: Directory) -> tuple[UUID, str]:
    if may_look(viewer, region_id, here):
        return region_id, ""
    own = here.regions[viewer.region_id].name
    if region_id not in here.regions:
        return viewer.region_id, f"这个视图原来看的地区已经撤并，现在看的是{own}。"
    return viewer.region_id, f"这个视图保存时看的是{here.regions[region_id].name}，不在您的查看范围内，现在看的是{own}。"


def _line(viewer: Viewer, line_id: UUID | None, here: Directory) -> tuple[UUID | None, str]:
    if line_id is None or line_id in lines_of(viewer, here):
        return line_id, ""
    if line_id not in here.lines:
        return None, "这个视图原来看的条线已经停用，现在看的是您所管的全部条线。"
    return None, f"“{here.lines[line_id].name}”条线不在您的查看范围内，现在看的是您所管的全部条线。"


def lines_of(viewer: Viewer, here: Directory) -> Collection[UUID]:
    """The lines that a viewer may look at one by one."""
    return here.lines.keys() if viewer.reach is Reach.SUBTREE else viewer.line_ids


def _dimension(word: str, offered: list[Dimension]) -> tuple[str, str]:
    """The division itself where it is still offered; else none, so that the first one is shown."""
    if not word or word in {one.value for one in offered}:
        return word, ""
    known = next((one.label for one in Dimension if one.value == word), "")
    if not known:
        return "", f"这个视图原来的分法已经停用，现在按{offered[0].label}分。"
    return "", f"您的查看范围不能按{known}分，现在按{offered[0].label}分。"
