"""Which posts may send in which kind of table. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer

NEEDED: Mapping[UploadKind, Permission] = {
    UploadKind.SUBJECTS: Permission.DISPATCH, UploadKind.CARE: Permission.DISPATCH, UploadKind.CARDS: Permission.REPORT,
    UploadKind.LEDGER: Permission.DISPATCH,
}


def kinds_for(viewer: Viewer) -> list[UploadKind]:
    """What a viewer may send in, in the order of the menu."""
    return [kind for kind, permission in NEEDED.items() if viewer.may(permission)]
