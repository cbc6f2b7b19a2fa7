"""Gates side by side, a target's lights, and the light set by the level above, as pages (R-C8, R-G1)."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.progress.reported import as_office, day, region, target_in, told
from tests.web.stories import signed_in
from zhitong.domain.plans.models import Target
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.standing import stand
from zhitong.domain.progress.models import Override
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
REASON = "汛期停工一个月，省政府专题会议已同意顺延"


@pytest.fixture
def red() -> Target:
    """A county's target that is red in August; the gates up to mid-year are frozen."""
    with as_office():
        for code in ("1309", "1301"):
            told(target_in(code, 300), "2018-08", 200)
        target = target_in("130982", 300)
        told(target, "2018-08", 10)
        stand(list(Target.objects.values_list("id", flat=True)), since=day(1, 1).date(), now=day(9, 10))
        freeze_gates(day(9, 10))
    return target


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_gates_stand_side_by_side_and_open_to_the_targets(red: Target) -> None:
    client = signed_in("province_office")
    said = words_of(client.get("/lights/gates/").content.decode())
    with CaptureQueriesContext(connection) as of_province:
        client.get("/lights/gates/")
    with CaptureQueriesContext(connection) as of_county:
        client.get("/lights/gates/?region=130982")

    assert "2018年6月30日" in said
    assert "按序时进度" in said
    assert "无数据 1" in said
    assert len(of_province) == len(of_county)
    one = words_of(client.get("/lights/gates/hebei-2018/mid_year/1309/").content.decode())
    assert "1 项目标，0 项未达到" in one
    assert "到6月30日没有可用的数据" in one


def test_no_gate_yet_says_when_there_will_be() -> None:
    assert "还没有到核定的节点" in signed_in("city_office").get("/lights/gates/").content.decode()


def test_the_office_above_sets_a_light_and_takes_it_back(red: Target) -> None:
    client = signed_in("city_office")
    shown = client.get(f"/lights/targets/{red.id}/").content.decode()
    assert "低于90%：滞后" in shown
    assert f"/lights/targets/{red.id}/2018-08/override/" in shown

    with held_at(day(9, 12)):
        sent = {"light": "amber", "reason": REASON, "once_key": str(uuid4())}
        answer = client.post(f"/lights/targets/{red.id}/2018-08/override/", sent)
        client.post(f"/lights/targets/{red.id}/2018-08/override/", sent)

        assert answer.status_code == 302
        made = Override.objects.get
        with as_office("city_office"):
            row = made()
        said = words_of(client.get(f"/lights/targets/{red.id}/").content.decode())
        assert "另定为 偏慢" in said
        assert REASON in said
        client.post(f"/lights/overrides/{red.id}/{row.id}/release/", {"once_key": str(uuid4())})
    assert "另定为" not in words_of(client.get(f"/lights/targets/{red.id}/").content.decode())


def test_what_was_typed_stays_with_the_trouble_beside_its_field(red: Target) -> None:
    answer = signed_in("city_office").post(
        f"/lights/targets/{red.id}/2018-08/override/", {"light": "amber", "reason": "同意", "once_key": str(uuid4())}
    )

    assert answer.status_code == 422
    assert "请写明另定的理由" in answer.content.decode()
    assert "同意</textarea>" in answer.content.decode()


def test_who_stands_not_above_is_told_who_does(red: Target) -> None:
    client = signed_in("neighbour")
    said = words_of(client.get(f"/lights/targets/{red.id}/").content.decode())

    assert "本级不能给自己的目标另定灯色" in said
    assert client.get(f"/lights/targets/{red.id}/2018-08/override/").status_code == 409


@pytest.mark.parametrize("login", ["outsider", "firm", "park"])
def test_for_others_there_is_nothing(red: Target, login: str) -> None:
    client = signed_in(login)

    assert client.get(f"/lights/targets/{red.id}/").status_code == 404
    assert client.get("/lights/gates/?region=1309").status_code == 404
    assert client.get("/lights/gates/hebei-2018/mid_year/1309/").status_code == 404
    assert client.post(f"/lights/targets/{red.id}/2018-08/override/", {"light": "amber"}).status_code == 404
    with as_office("city_office"):
        assert not Override.objects.filter(region_id=region("130982")).exists()
