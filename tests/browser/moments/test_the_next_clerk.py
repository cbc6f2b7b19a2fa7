"""The tenth moment: the clerk leaves, the next one takes over what is open, in one form and two signatures (R-B5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.browser.conftest import Visitor
from tests.browser.moments.counting import moment
from tests.browser.moments.reading import shown_to
from tests.browser.test_distribution import reported
from tests.cast import acting, viewer
from tests.problems.ways import acknowledged, unit_id
from tests.supervision.ways import issued
from tests.world import NOW, PASSWORD
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post, Tenure
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.queries.handing import Sheet, sheets_for
from zhitong.domain.subjects.actions.caring import NewCare, assign_care
from zhitong.domain.subjects.models import Subject

pytestmark = [pytest.mark.browser, pytest.mark.prove]
Visit = Callable[..., Visitor]


def _seat_administrator() -> None:
    post = Post.objects.get(unit__code="130973400-office", kind="administrator")
    seat([Seat(login="administrator", name="演示寅", password=PASSWORD, post_id=post.id, since=date(2018, 1, 1))])


def _looked_after_by_the_clerk() -> Subject:
    with acting("park_office") as actor:
        subject = Subject.objects.get(code="91130900MA00000014")
        assign_care([NewCare(
            subject_id=subject.id, tier=Rank.COUNTY, unit_id=unit_id("130973400-economy"), lead_official="演示副主任",
            person_in_charge="演示丙", person_phone="13800000001",
        )], actor=actor, now=NOW)
    return subject


def test_the_clerk_leaves_and_the_next_one_takes_over(address: str, visit: Visit) -> None:
    later, first = acknowledged(reported("环评批复未下。（演示内容）")), reported("电价政策不清。（演示内容）")
    issued("zone_office", later)
    _seat_administrator()
    subject = _looked_after_by_the_clerk()
    leaving = visit(address, "park")
    assert leaving.open("/") == 200
    office, coming = visit(address, "administrator"), visit(address)

    with moment(10) as journey:
        keeper, clerk = journey.hand(office), journey.hand(coming)
        keeper.open("/")
        keeper.go("交接", within="nav")
        keeper.go("岗位交接")
        keeper.choose("tenure_id", str(Tenure.objects.get(person__login="park").id))
        for name, text in (
            ("name", "演示新任"), ("login", "next"), ("password", PASSWORD), ("phone", "13900000009"), ("note", "调任，材料已移交。")
        ):
            keeper.write(name, text)
        keeper.go("办理交接")
        keeper.go("登记移交人纸面签字")
        clerk.open("/")
        clerk.write("login", "next")
        clerk.write("password", PASSWORD)
        clerk.go("登录", within="body")
        begun = clerk.shown
        clerk.go("看交接单")
        sheet = clerk.shown
        clerk.go("作为接收人签字")

    assert leaving.open("/") == 403
    assert "您现在没有任职的岗位" in leaving.page.inner_text("body")
    leaving.troubles.clear()
    assert begun.index("督办") < begun.index("随时可办") < begun.index("看交接单")
    for story in (first, later):
        assert story.standing.number in sheet
    assert "其他等本单位办的 1 项" in sheet
    assert "1 户写着移交人姓名的，已改为接收人" in sheet
    assert "双方已签字" in shown_to(office, "/handing/")
    assert "演示新任" in shown_to(office, f"/subjects/{subject.id}/")
    assert coming.open(f"/problems/{first.standing.number}/acknowledge/") == 200
    [kept] = [one for one in _sheets() if one.to_name == "演示新任"]
    assert (kept.is_signed, kept.from_on_paper, kept.to_on_paper) == (True, True, False)


def _sheets() -> list[Sheet]:
    with acting_as(viewer("park_office")) as here:
        return sheets_for(here)
