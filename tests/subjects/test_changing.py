"""Changing the register, and the place of one: against the version that was read, with what was replaced (R-D1, R-D7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, viewer
from tests.subjects.conftest import region_id
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.actions.changing import Change, ChangedMeanwhile, NotChanged, change, relocate
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.subjects.queries.told import told_of
from zhitong.domain.subjects.rules.cuts import CUTS, KINDS
from zhitong.domain.subjects.rules.describing import Field, fields_of, troubles_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.actions import rebuild
from zhitong.domain.tallies.queries import counts, differences
from zhitong.kit.refusals import NotFound

Firm = Callable[..., NewSubject]
PROJECT: dict[str, Any] = {"kind": SubjectKind.PROJECT, "stage": "preparation", "revenue_cny": None}


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office."""
    with acting("zone_office") as actor:
        yield actor


@pytest.fixture
def project_id(clerk: Actor, firm: Firm, rules: list[TierRule]) -> UUID:
    return register([firm(**PROJECT, code="2018-130973-01", name="演示恒通铸管项目")], rules=rules, actor=clerk, now=NOW)[0]


def test_a_change_is_kept_counted_and_told(clerk: Actor, project_id: UUID) -> None:
    zone = region_id("130973")
    before = counts(KINDS, [zone], by=("stage",))
    values = {Field.STAGE: "construction", Field.STARTED: date(2018, 4, 2), Field.PROGRESS: " 主体封顶 ", Field.NAME: "演示恒通铸管项目"}

    changed = change([Change(subject_id=project_id, values=values, version=1)], actor=clerk, now=NOW)

    row = Subject.objects.get(id=project_id)
    assert changed == [project_id]
    assert (row.stage, row.started_on, row.progress_words, row.version) == ("construction", date(2018, 4, 2), "主体封顶", 2)
    told = facts_about(project_id)[-1]
    assert (told.kind, told.body["fields"]) == ("subject.changed", ["progress_words", "stage", "started_on"])
    assert told.words["stage"] == "前期 → 新开工/续建"
    after = counts(KINDS, [zone], by=("stage",))
    assert after[(zone, "construction")] - before.get((zone, "construction"), 0) == 1
    assert before[(zone, "preparation")] - after.get((zone, "preparation"), 0) == 1


def test_what_is_said_again_changes_nothing(clerk: Actor, project_id: UUID) -> None:
    before = len(facts_about(project_id))

    assert change([Change(subject_id=project_id, values={Field.STAGE: "preparation"})], actor=clerk, now=NOW) == []
    assert (Subject.objects.get(id=project_id).version, len(facts_about(project_id))) == (1, before)


def test_who_was_quicker_is_named_and_nothing_is_lost(clerk: Actor, project_id: UUID) -> None:
    change([Change(subject_id=project_id, values={Field.PROGRESS: "打桩"}, version=1)], actor=clerk, now=NOW)

    with pytest.raises(ChangedMeanwhile, match=r"渤海新区.*改动"):
        change([Change(subject_id=project_id, values={Field.PROGRESS: "挖土"}, version=1)], actor=clerk, now=NOW)

    assert Subject.objects.get(id=project_id).progress_words == "打桩"


def test_a_new_name_is_the_units_name_too_and_of_a_telephone_only_that_it_changed_is_told(
    clerk: Actor, firm: Firm, rules: list[TierRule]
) -> None:
    [one] = register([firm(name="演示恒通化工有限公司")], rules=rules, actor=clerk, now=NOW)

    change([Change(subject_id=one, values={Field.NAME: "演示华瑞化工有限公司", Field.CONTACT_PHONE: "0317-5760001"})], actor=clerk, now=NOW)

    row = Subject.objects.select_related("unit").get(id=one)
    assert (row.unit.name, row.name_key, row.contact_phone) == ("演示华瑞化工有限公司", "演示华瑞化工", "0317-5760001")
    assert facts_about(one)[-1].words["contact_phone"] == "已更新"
    assert told_of(subject_seen(viewer("zone_office"), one))[0].words[0] == "名称：演示恒通化工有限公司 → 演示华瑞化工有限公司"


def test_one_wrong_change_stops_them_all(clerk: Actor, project_id: UUID, firm: Firm, rules: list[TierRule]) -> None:
    other = firm(name="演示华瑞石化项目", code="2018-130973-02", **PROJECT)
    [other_id] = register([other], rules=rules, actor=clerk, now=NOW)
    wrong = [
        Change(subject_id=other_id, values={Field.PROGRESS: "打桩"}),
        Change(subject_id=project_id, values={
            Field.PLANNED_START: date(2018, 6, 1), Field.PLANNED_FINISH: date(2018, 5, 1), Field.TAX_REGION: region_id("1309"),
        }),
    ]

    with pytest.raises(NotChanged) as refused:
        change(wrong, actor=clerk, now=NOW)
    with pytest.raises(NotChanged, match="同类服务对象"):
        change([Change(subject_id=other_id, values={Field.CODE: "2018-130973-01"}, alike_reason="另一期")], actor=clerk, now=NOW)
    with pytest.raises(NotChanged) as alike:
        change([Change(subject_id=other_id, values={Field.NAME: "演示恒通铸管项目"})], actor=clerk, now=NOW)

    assert set(refused.value.by_field) == {Field.PLANNED_FINISH, Field.TAX_REGION}
    assert alike.value.alike[0][0].id == project_id
    row = Subject.objects.get(id=other_id)
    assert (row.progress_words, row.version, row.name) == ("", 1, other.name)


def test_a_hundred_changes_take_no_more_statements_than_two(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    ids = register([firm() for _ in range(100)], rules=rules, actor=clerk, now=NOW)

    def said(those: list[UUID], words: str) -> list[Change]:
        return [Change(subject_id=one, values={Field.ADDRESS: words, Field.CONTACT: words}, version=None) for one in those]

    with CaptureQueriesContext(connection) as few:
        change(said(ids[:2], "一路"), actor=clerk, now=NOW)
    with CaptureQueriesContext(connection) as many:
        change(said(ids, "二路"), actor=clerk, now=NOW)

    assert len(few) == len(many)


def test_outside_ones_territory_there_is_nothing_to_change(project_id: UUID) -> None:
    with acting("outsider") as actor, pytest.raises(NotFound):
        change([Change(subject_id=project_id, values={Field.PROGRESS: "打桩"})], actor=actor, now=NOW)


def test_a_place_moves_by_ruling_and_by_moving(fresh_database: str, firm: Firm, rules: list[TierRule]) -> None:
    with config.as_role("owner", name=fresh_database):
        rebuild(CUTS)
    park = region_id("130973400")

    with acting("zone_office") as clerk:
        [one] = register([firm()], rules=rules, actor=clerk, now=NOW)
        with pytest.raises(NotChanged, match="理由"):
            relocate(subject_id=one, region_id=park, reason=" ", is_ruling=True, version=1, actor=clerk, now=NOW)
        relocate(subject_id=one, region_id=park, reason="管委会专题会议定", is_ruling=True, version=1, actor=clerk, now=NOW)
        ruled = Subject.objects.select_related("unit").get(id=one)
        relocate(subject_id=one, region_id=region_id("130973"), reason="迁回", is_ruling=False, version=2, actor=clerk, now=NOW)
        moved = Subject.objects.get(id=one)
        words = told_of(subject_seen(viewer("zone_office"), one))[1].words

    assert (ruled.region_id, ruled.operating_region_id, ruled.unit.region_id) == (park, region_id("130973"), park)
    assert (moved.operating_region_id, moved.region_reason, moved.version) == (None, "", 3)
    assert words == ("沧州渤海新区 → 南大港产业园区（认定）", "管委会专题会议定")
    with config.as_role("owner", name=fresh_database):
        assert differences(KINDS) == []


def test_a_place_outside_ones_territory_cannot_be_given(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    [one] = register([firm()], rules=rules, actor=clerk, now=NOW)

    with pytest.raises(NotChanged, match="上级办公室"):
        relocate(subject_id=one, region_id=region_id("130123"), reason="迁出", is_ruling=False, version=1, actor=clerk, now=NOW)
    with acting_as(viewer("province_office")) as upper:
        relocate(
            subject_id=one, region_id=region_id("130123"), reason="迁出", is_ruling=False, version=1,
            actor=upper.actor("test"), now=NOW,
        )
        assert Subject.objects.get(id=one).region_id == region_id("130123")


@pytest.mark.parametrize(
    ("kind", "field", "value", "says"),
    [
        (SubjectKind.INDUSTRY, Field.INDUSTRY, "打铁", "GB/T 4754-2017"),
        (SubjectKind.INDUSTRY, Field.STAGE, "preparation", "不填项目阶段"),
        (SubjectKind.SERVICES, Field.SUB_KIND, "incubator", "小类只能是"), (SubjectKind.INDUSTRY, Field.CONTACT_PHONE, "张三", "联系电话"),
        (SubjectKind.WORK, Field.TAX_REGION, UUID(int=1), "不填纳税地"), (SubjectKind.PROJECT, Field.INVESTMENT, -1, "总投资"),
        (SubjectKind.INDUSTRY, Field.NAME, "长" * 121, "最多120个字"),
    ],
)  # fmt: skip
def test_what_a_field_may_hold(kind: SubjectKind, field: Field, value: object, says: str) -> None:
    sound = {Field.NAME: "演示", Field.CODE: "X1", Field.CODE_REASON: "已看原件"}

    assert troubles_of(kind, sound) == {}
    assert says in troubles_of(kind, {**sound, field: value})[field]


def test_each_kind_has_fields_of_its_own() -> None:
    assert Field.SUB_KIND in fields_of(SubjectKind.PLATFORM)
    assert Field.STAGE not in fields_of(SubjectKind.PLATFORM)
    assert {Field.STAGE, Field.IMPORTANCE, Field.PROGRESS} <= set(fields_of(SubjectKind.PROJECT))
    assert not {Field.STAGE, Field.INVESTMENT} & set(fields_of(SubjectKind.INDUSTRY))
