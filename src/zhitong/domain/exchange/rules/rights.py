"""Which posts may send in which kind of table. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer

NEEDED: Mapping[UploadKind, tuple[Permission, ...]] = {
    UploadKind.SUBJECTS: (Permission.DISPATCH,), UploadKind.CARE: (Permission.DISPATCH,),
    UploadKind.CARDS: (Permission.REPORT, Permission.DISPATCH), UploadKind.LEDGER: (Permission.DISPATCH,),
    UploadKind.UNITS: (Permission.ADMINISTER,), UploadKind.PEOPLE: (Permission.ADMINISTER,),
}
"""One of these. Cards: the served send their own, the office that collects fills them in for them (代填)."""


def kinds_for(viewer: Viewer) -> list[UploadKind]:
    """What a viewer may send in, in the order of the menu."""
    return [kind for kind in NEEDED if may_send(viewer, kind)]


def may_send(viewer: Viewer, kind: UploadKind) -> bool:
    """Whether a post may send in a kind; delegates report, but for nobody's cards."""
    if kind is UploadKind.CARDS and viewer.unit_kind is UnitKind.DELEGATES:
        return False
    return any(viewer.may(permission) for permission in NEEDED[kind])
