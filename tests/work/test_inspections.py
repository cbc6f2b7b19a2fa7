"""Who is told of an inspection: its approver, its objects unless it is unannounced, and of findings each side (R-G3)."""

from __future__ import annotations

from tests.cast import acting_as, official_of, viewer
from tests.following import follow_all
from tests.inspections.looking import OFFICE, approved, does, found
from tests.inspections.looking import afternoon as afternoon
from zhitong.config import database as config
from zhitong.domain.inspections.actions.finding import answer_finding
from zhitong.domain.inspections.rules.kinds import Way
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.web.notices.leading import address_of
from zhitong.work.reactions import FOLLOWER, react


def told(who: Viewer) -> dict[NoticeKind, str]:
    with acting_as(who) as here:
        return {notice.kind: address_of(notice) for notice in unread_for(here)}


def test_each_side_is_told_and_who_is_looked_at_unannounced_is_not(fresh_database: str) -> None:
    approver = official_of(OFFICE)
    made = approved(inspector=approver)
    approved(inspector=approver, way=Way.UNANNOUNCED, title="暗访")
    finding = found(made)
    does("city", answer_finding, finding, "已整改")

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    assert told(viewer("city")) == {
        NoticeKind.INSPECTED: f"/inspections/{made}/", NoticeKind.TO_RECTIFY: f"/inspections/findings/{finding}/",
    }
    with acting_as(viewer("city")) as here:
        assert len([one for one in unread_for(here) if one.kind is NoticeKind.INSPECTED]) == 1
    assert told(approver).keys() == {NoticeKind.PLAN_TO_APPROVE}
    assert told(viewer("city_office")).keys() == {NoticeKind.PLAN_APPROVED, NoticeKind.RECTIFIED}
    assert told(viewer("outsider")) == {}
