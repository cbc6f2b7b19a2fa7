"""The pages of targets: the list of a region, one target with its curves, proposing month by month, the answer (R-C4)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plans.conftest import region
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Curve, Indicator, Target
from zhitong.domain.plans.rules import Comparator, TermSource

pytestmark = pytest.mark.django_db
EVEN = {f"month_{place}": str(round(100 * (place + 1) / 12, 2)) for place in range(11)} | {"month_11": "100"}


@pytest.fixture
def target(db: None) -> Target:
    """A city's part of the 500 kilometres of motorway."""
    indicator = Indicator.objects.get(code="P116")
    term = NewTerm(
        indicator.id, region("1309").id, Comparator.EQUAL, Decimal(40), None, None, date(2018, 2, 1), TermSource.DIVISION,
        None, "按里程分解",
    )
    return Target.objects.get(id=set_terms([term], now=NOW)[0])


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def proposal(**values: str) -> dict[str, str]:
    return {"shape": "monthly", "since": "2018-05-01", "reason": "冬季停工", **EVEN, **values}


def waiting(target: Target) -> UUID:
    answer = signed_in("city_office").post(f"/targets/{target.id}/curve/", proposal())
    assert answer.status_code == 302, words_of(answer)
    return Curve.objects.get(target=target).id


def test_a_region_sees_its_targets_and_another_those_asked_for(target: Target) -> None:
    assert "40公里" in words_of(signed_in("city_office").get("/targets/"))
    assert "500公里（力争580公里）" in words_of(signed_in("zone_office").get("/targets/?campaign=hebei-2018&region=13&q=高速"))
    assert "净增市场主体" in words_of(signed_in("zone_office").get("/targets/"))
    assert "这里还没有目标" in words_of(signed_in("outsider").get("/targets/"))


def test_the_list_pages_through_and_costs_the_same_with_more_rows() -> None:
    client = signed_in("province_office")
    client.get("/targets/")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    assert asked("/targets/") == asked("/targets/?q=高速公路新开工")
    first = client.get("/targets/").content.decode()
    [following] = re.findall(r'href="([^"]*)" rel="next"', first)
    names = re.findall(r"/targets/[0-9a-f-]{36}/", first)
    more = re.findall(r"/targets/[0-9a-f-]{36}/", client.get("/targets/" + following.replace("&amp;", "&")).content.decode())
    assert names
    assert more
    assert not set(names) & set(more)


def test_a_target_says_what_is_due_and_draws_its_curve(target: Target) -> None:
    answer = signed_in("city").get(f"/targets/{target.id}/")

    said = words_of(answer)
    assert "到今天应完成32%，2018年12月31日前全部完成" in said
    assert "上级分解下达 · 2018年2月1日—现在" in said
    assert answer.content.decode().count("<polyline") == 1
    assert "应达80%" in said


def test_a_formula_target_says_its_arithmetic() -> None:
    ratio = Target.objects.get(indicator__code="B041")

    said = words_of(signed_in("zone").get(f"/targets/{ratio.id}/"))

    assert "不低于 1.3 × 城市低保标准（目标值 7440元/人/年）＝ 9672元/人/年" in said


def test_the_day_offered_is_written_as_a_browser_reads_it(target: Target) -> None:
    form = signed_in("city_office").get(f"/targets/{target.id}/curve/").content.decode()

    assert re.search(r'name="since" value="2018-05-01"', form)


def test_a_curve_is_looked_at_before_it_is_sent(target: Target) -> None:
    looked = signed_in("city_office").post(f"/targets/{target.id}/curve/", proposal(look="1"))

    assert (looked.status_code, looked.content.decode().count("<polyline")) == (200, 2)
    assert 'value="8.33"' in looked.content.decode()
    assert not Curve.objects.exists()


def test_a_proposed_curve_is_accepted_by_the_office_above(target: Target) -> None:
    curve_id = waiting(target)
    page = signed_in("province_office").get(f"/targets/{target.id}/")
    assert f"/targets/curves/{curve_id}/accept/" in page.content.decode()

    asked = signed_in("province_office").get(f"/targets/curves/{curve_id}/accept/")
    done = signed_in("province_office").post(f"/targets/curves/{curve_id}/accept/", {"decision": "同意"})

    assert "自2018年5月1日起" in words_of(asked)
    assert done.status_code == 302
    assert Curve.objects.get(id=curve_id).state == "accepted"
    assert signed_in("city").get(f"/targets/{target.id}/").content.decode().count("<polyline") == 1


def test_a_returned_one_needs_its_reason_and_keeps_what_held(target: Target) -> None:
    curve_id = waiting(target)

    empty = signed_in("province_office").post(f"/targets/curves/{curve_id}/return/", {"decision": ""})
    signed_in("province_office").post(f"/targets/curves/{curve_id}/return/", {"decision": "前三季度过低"})

    assert empty.status_code == 422
    assert Curve.objects.get(id=curve_id).state == "returned"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"month_5": "10"}, "不能比上个月低"), ({"month_11": "99"}, "应为100%，现在是99%"), ({"month_3": "四"}, "请只填数字"),
        ({"month_3": ""}, "逐月填写12个数，现在是11个"), ({"since": "2018-04-01"}, "最早从2018年5月1日起"),
        ({"reason": ""}, "请填写这一项"),
    ],
)
def test_what_is_wrong_stands_beside_and_what_was_typed_stays(target: Target, values: dict[str, str], said: str) -> None:
    answer = signed_in("city_office").post(f"/targets/{target.id}/curve/", proposal(**values))

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert 'value="8.33"' in answer.content.decode()
    assert not Curve.objects.exists()


def test_a_second_one_waits_and_says_so(target: Target) -> None:
    waiting(target)

    answer = signed_in("city_office").post(f"/targets/{target.id}/curve/", proposal())

    assert answer.status_code == 409
    assert "等上级认可" in words_of(answer)


@pytest.mark.parametrize(
    ("login", "path"),
    [("firm", "/targets/"), ("firm", "/targets/{target}/"), ("firm", "/targets/{target}/curve/"), ("zone", "/targets/{target}/curve/"),
     ("outsider", "/targets/{target}/curve/"), ("city_office", "/targets/curves/{curve}/accept/"),
     ("outsider", "/targets/curves/{curve}/return/"), ("firm", "/targets/curves/{curve}/accept/")],
)
def test_whose_it_is_not_finds_nothing(target: Target, login: str, path: str) -> None:
    curve_id = waiting(target)

    assert signed_in(login).get(path.format(target=target.id, curve=curve_id)).status_code == 404
