"""Which editions a viewer may see: the queries' own predicate, the same as the wall in the database."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.bulletins.models import Edition, EditionFigure, FigureCheck, PaperNumber
from zhitong.domain.bulletins.rules.kinds import EditionState, PaperSide
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands

NEVER_REACHED = frozenset({UnitKind.SERVED, UnitKind.DELEGATES})
"""Who is no addressee of an office's papers."""
OPEN_TO_CHECK = (EditionState.CHECKING.value, EditionState.TO_SIGN.value)


def sides_of(viewer: Viewer) -> list[PaperSide]:
    """The sides from which an official looks, the most useful first; the served have none."""
    if viewer.unit_kind in NEVER_REACHED:
        return []
    own = [PaperSide.OWN] if viewer.may(Permission.DISPATCH) else []
    return [*own, PaperSide.CHECKS, PaperSide.RECEIVED]


def editions_of(viewer: Viewer, side: PaperSide) -> QuerySet[Edition]:
    """The editions on one side of the viewer's unit."""
    if side is PaperSide.OWN:
        return Edition.objects.filter(unit_id=viewer.unit_id)
    if side is PaperSide.CHECKS:
        asked = Exists(FigureCheck.objects.filter(edition_id=OuterRef("id"), unit_id=viewer.unit_id))
        return Edition.objects.filter(asked, state__in=OPEN_TO_CHECK)
    return Edition.objects.filter(_reached(viewer), state=EditionState.ISSUED.value).exclude(unit_id=viewer.unit_id)


def editions_seen(viewer: Viewer) -> QuerySet[Edition]:
    """Every edition the viewer may see: of one's own unit, to check, and issued ones that reach it."""
    if not first_wall_stands():
        return Edition.objects.all()
    ids = (editions_of(viewer, side).order_by().values("id") for side in PaperSide)
    first, *others = ids
    return Edition.objects.filter(id__in=first.union(*others))


def figures_seen(viewer: Viewer, edition: Edition) -> QuerySet[EditionFigure]:
    """The figures of an edition that one sees: all for its office and after the issue, else one's own and those of all."""
    rows = EditionFigure.objects.filter(edition_id=edition.id)
    is_whole = edition.unit_id == viewer.unit_id or edition.state == EditionState.ISSUED.value
    if is_whole or not first_wall_stands():
        return rows
    return rows.filter(Q(unit_id=None) | Q(unit_id=viewer.unit_id))


def checks_seen(viewer: Viewer, edition: Edition) -> QuerySet[FigureCheck]:
    """The checks of an edition: all for its office, for a unit its own."""
    rows = FigureCheck.objects.filter(edition_id=edition.id)
    if edition.unit_id == viewer.unit_id or not first_wall_stands():
        return rows
    return rows.filter(unit_id=viewer.unit_id)


def numbers_seen(viewer: Viewer) -> QuerySet[PaperNumber]:
    """The register of one's own unit."""
    rows = PaperNumber.objects.all()
    return rows.filter(unit_id=viewer.unit_id) if first_wall_stands() else rows


def _reached(viewer: Viewer) -> Q:
    """Editions of the regions above one's own and, for who oversees a territory, of those below it."""
    if viewer.unit_kind in NEVER_REACHED:
        return Q(pk__in=[])
    above = RegionWithin.objects.filter(region_id=viewer.region_id).values("ancestor_id")
    if viewer.reach is not Reach.SUBTREE:
        return Q(region_id__in=above)
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    return Q(region_id__in=above) | Q(region_id__in=below)
