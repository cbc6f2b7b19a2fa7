"""The lenses through which problems are seen: each is one index, and "all" is a union of lenses, never an OR."""

from __future__ import annotations

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.kit.choices import Word


class Lens(Word):
    """A way of looking at problems."""

    DESK = "desk", "待本单位办理"
    WAITING = "waiting", "等别人办的"
    UNIT = "unit", "本单位参与"
    TERRITORY = "territory", "本辖区"
    LINE = "line", "本条线"
    ALL = "all", "全部可见"
    MINE = "mine", "本企业反映"


def lenses_of(viewer: Viewer) -> list[Lens]:
    """The lenses a viewer has, the most useful first."""
    if viewer.unit_kind is UnitKind.SERVED:
        return [Lens.MINE]
    works = viewer.may(Permission.HANDLE) or viewer.may(Permission.DISPATCH)
    lenses = [Lens.DESK, Lens.WAITING] if works else []
    if viewer.reach in (Reach.SUBTREE, Reach.OPEN):
        lenses.append(Lens.TERRITORY)
    elif viewer.reach is Reach.LINE and viewer.line_ids:
        lenses.append(Lens.LINE)
    return [*lenses, Lens.UNIT, Lens.ALL]


def widest_of(viewer: Viewer) -> list[Lens]:
    """The lenses that together hold all a viewer may see: the territory or the line, and what the unit takes part in."""
    return [lens for lens in lenses_of(viewer) if lens in (Lens.TERRITORY, Lens.LINE, Lens.UNIT)]
