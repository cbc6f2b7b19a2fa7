"""Another light set by the level above (issue 5, point 5): by its office alone, reasoned, beside the computed one."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.progress.reported import as_office, day, region, target_in, told
from zhitong.domain.history.queries import facts_about
from zhitong.domain.plans.models import Target
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.actions.overriding import NotOverridden, override, release
from zhitong.domain.progress.actions.standing import stand
from zhitong.domain.progress.models import Override
from zhitong.domain.progress.queries.standings import overrides_in_force, standings_of_region
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
REASON = "汛期停工一个月，省政府专题会议已同意顺延"


@pytest.fixture
def red() -> Target:
    """A county's target that is red in August."""
    with as_office():
        target = target_in("130982", 300)
        told(target, "2018-08", 10)
        stand([target.id], since=day(1, 1).date(), now=day(9, 10))
    return target


def set_by(login: str, target: Target, light: Light = Light.AMBER, reason: str = REASON, period: str = "2018-08") -> UUID:
    with as_office(login) as here:
        return override(
            target_id=target.id, period=period, light=light, reason=reason, actor=here.actor("test"), now=day(9, 12)
        )


def test_the_office_above_sets_it_and_both_are_shown(red: Target) -> None:
    set_by("city_office", red)

    with as_office("city_office") as here:
        [one] = standings_of_region(here, region("130982"))
        assert (one.light, one.shown) == (Light.RED, Light.AMBER)
        assert one.override is not None
        assert one.override.reason == REASON
        assert overrides_in_force(here, [region("130982")]) == 1
        assert [fact.kind for fact in facts_about(red.id)] == ["standing.overridden"]


def test_it_is_taken_back_and_the_row_stays(red: Target) -> None:
    made = set_by("city_office", red)

    with as_office("city_office") as here:
        release(override_id=made, actor=here.actor("test"), now=day(9, 13))
        assert standings_of_region(here, region("130982"))[0].shown is Light.RED
        assert Override.objects.get(id=made).released_at == day(9, 13)
        with pytest.raises(NotOverridden, match="已经撤销"):
            release(override_id=made, actor=here.actor("test"), now=day(9, 13))


@pytest.mark.parametrize(("login", "sentence"), [
    ("province_office", "只能由.*办公室另定"), ("city", "只能由.*办公室另定"), ("neighbour", "本级不能给自己"),
])
def test_nobody_else_sets_it(red: Target, login: str, sentence: str) -> None:
    with pytest.raises(NotOverridden, match=sentence):
        set_by(login, red)


@pytest.mark.parametrize("login", ["outsider", "firm"])
def test_for_others_it_is_not_there(red: Target, login: str) -> None:
    with pytest.raises(NotFound):
        set_by(login, red)


def test_nobody_stands_above_the_root() -> None:
    with as_office():
        target = Target.objects.filter(region__code="13", indicator__task__isnull=False, indicator__kind="count")[0]
        told(target, "2018-08", 1)
        stand([target.id], since=day(1, 1).date(), now=day(9, 10))

    with pytest.raises(NotOverridden, match="最高一级"):
        set_by("province_office", target)


@pytest.mark.parametrize(("light", "reason", "field"), [
    (Light.AMBER, "同意", "reason"), (Light.RED, REASON, "light"), (Light.DONE, REASON, "light"), (Light.AMBER, "长" * 401, "reason"),
])
def test_what_is_wrong_is_said_beside_its_field(red: Target, light: Light, reason: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        set_by("city_office", red, light, reason)
    assert list(refused.value.fields) == [field]


def test_missing_stays_missing(red: Target) -> None:
    with as_office():
        told(red, "2018-07", None, state="owed")
        stand([red.id], since=day(1, 1).date(), now=day(9, 10))

    with pytest.raises(BadInput) as refused:
        set_by("city_office", red, period="2018-07")
    assert "没有数据" in refused.value.fields["light"]


def test_one_at_a_time(red: Target) -> None:
    set_by("city_office", red)

    with pytest.raises(NotOverridden, match="请先撤销"):
        set_by("city_office", red, Light.GREEN)


