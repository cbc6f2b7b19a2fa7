"""Which papers a viewer may see: the queries' own predicate, the same as the wall in the database."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.supervision.models import Instruction, Item, Supervision, Urging
from zhitong.domain.supervision.rules.kinds import Side, SupervisionState

_SIGNED = ~Q(state=SupervisionState.DRAFTED.value)


def supervisions_of(viewer: Viewer, side: Side) -> QuerySet[Supervision]:
    """The papers on one side of the viewer's unit; of the territory those that are signed."""
    if side is Side.SENT:
        return Supervision.objects.filter(by_unit_id=viewer.unit_id)
    if side is Side.RECEIVED:
        return Supervision.objects.filter(_SIGNED, unit_id=viewer.unit_id)
    if viewer.reach is not Reach.SUBTREE:
        return Supervision.objects.none()
    if viewer.is_root:
        return Supervision.objects.filter(_SIGNED)
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    return Supervision.objects.filter(_SIGNED, unit_region_id__in=below)


def supervisions_seen(viewer: Viewer) -> QuerySet[Supervision]:
    """Every paper the viewer may see."""
    if not first_wall_stands():
        return Supervision.objects.all()
    ids = (supervisions_of(viewer, side).order_by().values("id") for side in Side)
    first, *others = ids
    return Supervision.objects.filter(id__in=first.union(*others))


def instructions_seen(viewer: Viewer) -> QuerySet[Instruction]:
    """Instructions of the clerk's own unit, of one's region for its campaign office, and those with an item for one."""
    if not first_wall_stands():
        return Instruction.objects.all()
    own_item = Exists(Item.objects.filter(instruction_id=OuterRef("id"), unit_id=viewer.unit_id))
    return Instruction.objects.filter(_kept_by(viewer) | Q(own_item))


def items_seen(viewer: Viewer) -> QuerySet[Item]:
    """All items of the instructions one keeps, of the others one's own."""
    if not first_wall_stands():
        return Item.objects.all()
    return Item.objects.filter(_kept_by(viewer) | Q(unit_id=viewer.unit_id))


def urgings_seen(viewer: Viewer) -> QuerySet[Urging]:
    """Urgings by the viewer's unit; for officials also those whose paper, if any, they may see. The problem is asked for
    by the caller."""
    own = Urging.objects.filter(by_unit_id=viewer.unit_id)
    if not first_wall_stands():
        return Urging.objects.all()
    if viewer.unit_kind is UnitKind.SERVED:
        return own
    papers = Q(supervision=None) | Q(supervision__in=supervisions_seen(viewer))
    instructions = Q(instruction=None) | Q(instruction__in=instructions_seen(viewer))
    return Urging.objects.filter(Q(by_unit_id=viewer.unit_id) | papers & instructions)


def _kept_by(viewer: Viewer) -> Q:
    own = Q(by_unit_id=viewer.unit_id)
    return own | Q(region_id=viewer.region_id) if viewer.unit_kind is UnitKind.CAMPAIGN_OFFICE else own
