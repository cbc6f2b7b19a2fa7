"""What follows from the facts of dividing: regions that got a target owe reports on it, and the offices concerned are told."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.queries.dividing.incoming import share_audience
from zhitong.domain.plans.rules import DivisionFact
from zhitong.domain.progress.actions.assigning import assign_duties
from zhitong.kit.clock import day_of

DIVISION_THINGS = frozenset({"division", "share"})
_ANSWERED = frozenset({str(DivisionFact.CHANGED), str(DivisionFact.KEPT)})


def follow_division(fact: ReadFact) -> None:
    """Do what follows from a fact of a division or a share; doing it again changes nothing."""
    if fact.kind == str(DivisionFact.ISSUED):
        if campaign := fact.body.get("campaign"):
            assign_duties(campaign, on=day_of(fact.at))
        _tell_what_came_down(fact)
    elif fact.kind == str(DivisionFact.ASKED) or fact.kind in _ANSWERED:
        _tell_of_a_share(fact)


def _tell_what_came_down(fact: ReadFact) -> None:
    """The first division of an issuing names the offices and how many targets came with it; the others name nobody."""
    offices = fact.body.get("offices", ())
    region = directory().regions.get(UUID(fact.body["region"]))
    words = f"{region.name if region else ''}{fact.body.get('targets', 0)}个目标"
    tell([
        Telling(UUID(office), NoticeKind.SHARES_ISSUED, fact.thing_kind, fact.thing_id, words, fact.id, fact.at)
        for office in offices
    ])


def _tell_of_a_share(fact: ReadFact) -> None:
    share = share_audience(fact.thing_id)
    if share is None:
        return
    asks = fact.kind == str(DivisionFact.ASKED)
    unit_id, kind = (share.issuer_id, NoticeKind.SHARE_ASKED) if asks else (share.office_id, NoticeKind.SHARE_ANSWERED)
    if unit_id is not None:
        tell([Telling(unit_id, kind, fact.thing_kind, fact.thing_id, share.name, fact.id, fact.at)])
