"""The papers of the demonstration's offices: a circular that was issued, one whose figures are being checked, a brief in draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.bulletins.actions.editions import checking, drafting, issuing, numbering
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

CITY, ZONE = "cangzhouban", "bohaiban"
CONFIRMING = ("bohaiban", "renqiuban", "cangzhou", "cangzhougong")
JULY, AUGUST = (datetime(2018, month, 31, 23, 59, 59, tzinfo=SHANGHAI) for month in (7, 8))
OBJECTION = "解决率的分母里有一件是8月31日下午才转到我局的，请核对。"


def circulate() -> None:
    """Issue July's circular of the city, send August's to be checked, and draft the brief of a zone.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    july = _drafted(CITY, PaperKind.CIRCULAR, JULY, _at(8, 2, 9))
    _checked(july, _at(8, 2, 10), CONFIRMING)
    _issued(july, _at(8, 6, 9))
    august = _drafted(CITY, PaperKind.CIRCULAR, AUGUST, _at(9, 14, 14))
    _checked(august, _at(9, 14, 15), CONFIRMING[:2])
    with acting_as(viewer_of("cangzhougong")) as unit:
        checking.object_to(edition_id=august, words=OBJECTION, actor=unit.actor("rehearsal"), now=_at(9, 14, 17))
    _drafted(ZONE, PaperKind.BRIEF, AUGUST, _at(9, 14, 16))
    with acting_as(viewer_of(CITY)) as office:
        numbering.reserve(
            kind=PaperKind.CIRCULAR, reason="线下先行送签的专项通报（演示）", actor=office.actor("rehearsal"), now=_at(9, 12, 11)
        )


def _at(month: int, day: int, hour: int) -> datetime:
    return datetime(2018, month, day, hour, 10, tzinfo=SHANGHAI)


def _drafted(login: str, kind: PaperKind, cut_off: datetime, now: datetime) -> UUID:
    with acting_as(viewer_of(login)) as office:
        return drafting.draft(kind=kind, cut_off=cut_off, actor=office.actor("rehearsal"), now=now)


def _checked(edition_id: UUID, now: datetime, confirming: Sequence[str]) -> None:
    """Ask everybody named; those of the accounts that are named confirm within the hour."""
    with acting_as(viewer_of(CITY)) as office:
        checking.send_to_check(edition_id=edition_id, actor=office.actor("rehearsal"), now=now)
    for login in confirming:
        with acting_as(viewer_of(login)) as unit:
            checking.confirm(edition_id=edition_id, actor=unit.actor("rehearsal"), now=now.replace(minute=50))


def _issued(edition_id: UUID, now: datetime) -> None:
    with acting_as(viewer_of(CITY)) as office:
        actor = office.actor("rehearsal")
        checking.submit(edition_id=edition_id, actor=actor, now=now)
        issuing.issue(issuing.Issuing(
            edition_id=edition_id, signed_by="演示主任", signed_on=date(2018, 8, 6), actor=actor, now=now,
        ))
