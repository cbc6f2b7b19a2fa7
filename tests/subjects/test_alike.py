"""Doubles are found before they are made: by code, name and telephone, as far as one sees (R-D1); and who may register."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, official_of, viewer
from tests.phones import give_phone
from tests.subjects.conftest import region_id, sound_code
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.subjects.actions.loading import follow_regions
from zhitong.domain.subjects.actions.registering import NewSubject, NotRegistered, register
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries import alike
from zhitong.domain.subjects.queries.alike import EVER, Asked, Likeness, alike_to, key_at
from zhitong.domain.subjects.queries.registrars import (
    kinds_registered_by,
    require_may_change,
    require_may_rearrange,
    require_may_register,
)
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.names import is_alike, probes_of
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound
from zhitong.kit.sealing.columns import digest_for

Firm = Callable[..., NewSubject]


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The city's campaign office."""
    with acting("city_office") as actor:
        yield actor


@pytest.fixture
def known(clerk: Actor, firm: Firm, rules: list[TierRule]) -> UUID:
    entry = firm(name="沧州恒通管道装备有限公司", contact_phone="0317-5760001", industry="c3311", region="130973")
    return register([entry], rules=rules, actor=clerk, now=NOW)[0]


def asked(name: str, region: str = "130982", **more: Any) -> Asked:
    return Asked(name=name, region_id=region_id(region), **more)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        ({"name": "任丘恒通管道装备股份有限公司"}, Likeness.SAME_NAME), ({"name": "恒通石油管道装备有限公司"}, Likeness.ALIKE_NAME),
        ({"name": "演示另一户", "phone": "0317-5760001"}, Likeness.SAME_PHONE), ({"name": "华瑞管道装备有限公司"}, None),
        ({"name": "沧州恒通管道装备有限公司", "region": "130123"}, Likeness.SAME_NAME),
        ({"name": "恒通管道装备厂", "region": "130123"}, None),
    ],
)  # fmt: skip
def test_who_may_be_the_same_is_shown_with_the_reason(known: UUID, one: dict[str, Any], why: Likeness | None) -> None:
    with acting_as(viewer("province_office")):
        found = alike_to([asked("演示无关"), asked(**one)])

    assert {place: [(row.id, row.why) for row in rows] for place, rows in found.items()} == ({1: [(known, why)]} if why else {})


def test_ones_own_row_is_not_like_itself(known: UUID) -> None:
    with acting_as(viewer("city_office")):
        assert alike_to([asked("沧州恒通管道装备有限公司", id=known)]) == {}


def test_who_does_not_see_it_is_not_told_of_it(known: UUID) -> None:
    for login in ("outsider", "park_office", "firm"):
        with acting_as(viewer(login)):
            assert alike_to([asked("沧州恒通管道装备有限公司")]) == {}


def test_a_thousand_are_compared_in_one_statement(known: UUID, clerk: Actor) -> None:
    many = [*(asked(f"演示第{number}号企业") for number in range(1000)), asked("恒通管道装备厂")]

    with CaptureQueriesContext(connection) as asked_for:
        found = alike_to(many)

    assert list(found) == [1000]
    assert len([one for one in asked_for.captured_queries if "organisations_version" not in one["sql"]]) == 1


def registered(names: Sequence[str], region: str = "130982") -> list[UUID]:
    """Firms put straight into the register under these names; returns their ids, rising."""
    place, here, known = region_id(region), directory(), Subject.objects.count()
    rows = Subject.objects.bulk_create([
        Subject(kind="industry", name=name, name_key=key_at(name, place, here), code=sound_code(5000 + known + number), region_id=place)
        for number, name in enumerate(names)
    ])
    return [row.id for row in rows]


def found_for(name: str, region: str = "130982", before: UUID = EVER) -> set[UUID]:
    """Whoever looks like a name."""
    return {one.id for one in alike_to([asked(name, region)], before=before).get(0, [])}


def test_the_lists_of_signs_miss_nobody_whom_the_rule_calls_alike(clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2018)
    begun = ["".join(chance.choices("恒通华瑞管道装备", k=6)) for _ in range(12)]
    names = list(dict.fromkeys(one[: chance.randint(3, 6)] + "".join(chance.choices("管道装备厂", k=3)) for one in begun * 8))
    ids = registered(names)
    monkeypatch.setattr(alike, "SHOWN", len(names))

    found = alike_to([asked(name) for name in names])

    wanted = [{ids[there] for there, other in enumerate(names) if is_alike(name, other)} for name in names]
    assert [{one.id for one in found[place]} for place in range(len(names))] == wanted
    assert 2 * len(names) < sum(map(len, wanted)) < len(names) ** 2 / 3


def test_of_very_many_that_share_their_signs_a_hundred_are_looked_at_and_the_rare_sign_tells(clerk: Actor) -> None:
    chance = random.Random(2018)
    [rare, *_] = registered(["管道装备鑫鼎", *("管道装备" + "".join(chance.choices("甲乙丙丁戊己庚辛", k=2)) for _ in range(250))])
    give_phone(Subject.objects.all(), "0317-5760001", "contact_phone")
    phone = digest_for(Subject, "contact_phone", "0317-5760001")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject FROM subjects_alike(%s, %s, %s::int[], %s::int[], '{}', %s, %s::uuid[], %s::uuid)",
            [["无"], ["管道装备制鑫鼎"], *([one] for one in probes_of("管道装备制鑫鼎")), [phone], [region_id("1309")], EVER],
        )
        found = {row[0] for row in cursor.fetchall()}

    assert rare in found
    assert len(found) <= 200


def test_whoever_comes_after_the_asking_began_is_not_compared(clerk: Actor) -> None:
    [first] = registered(["恒通管道装备"])
    began = uuid7()
    [second] = registered(["恒通管道装备制造"], region="130983")

    assert found_for("恒通管道装备", before=began) == {first}
    assert found_for("恒通管道装备") == {first, second}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, (True, False, False)), ({"name": "华瑞化工机械", "name_key": "华瑞化工机械"}, (False, True, False)),
        ({"region": "130123"}, (False, False, True)), ({"ended_on": NOW.date()}, (False, False, False)),
    ],
)  # fmt: skip
def test_the_lists_follow_a_name_a_place_and_an_end(clerk: Actor, change: dict[str, Any], found: tuple[bool, ...]) -> None:
    [one] = registered(["恒通管道装备"])
    moved = {"region_id": region_id(change["region"])} if "region" in change else change

    with acting_as(viewer("province_office")):
        Subject.objects.filter(id=one).update(**moved)

        asked_for = [("恒通管道装备厂", "130982"), ("华瑞化工机械厂", "130982"), ("恒通管道装备厂", "130123")]
        assert tuple(found_for(*words) == {one} for words in asked_for) == found


def test_nobody_but_the_house_reads_the_lists(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(who, 'subjects_name_part', 'SELECT, INSERT, UPDATE, DELETE'),"
            " has_function_privilege(who, 'subjects_follow_regions()', 'EXECUTE')"
            " FROM unnest('{zhitong_web,zhitong_worker}'::text[]) AS who"
        )
        assert cursor.fetchall() == [(False, False)] * 2


def test_names_are_compared_where_their_region_hangs_after_a_reform(fresh_database: str) -> None:
    with config.as_role("owner", name=fresh_database):
        county, city = region_id("130982"), region_id("1301")
        [one] = registered(["恒通管道装备"])
        RegionWithin.objects.filter(region_id=county, depth=1).delete()
        RegionWithin.objects.create(region_id=county, ancestor_id=city, depth=1)

        moved = (follow_regions(), follow_regions())

        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tree_id FROM subjects_name_part WHERE subject_id = %s", [one])
            assert cursor.fetchall() == [(city,)]
    assert moved == (1, 0)


def test_an_alike_one_asks_for_a_reason_and_then_goes_on(known: UUID, clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    twin: dict[str, Any] = {"name": "任丘恒通管道装备有限公司", "region": "130982"}

    with pytest.raises(NotRegistered) as refused:
        register([firm(**twin)], rules=rules, actor=clerk, now=NOW)
    [new] = register([firm(**twin, alike_reason="另一家，法定代表人不同")], rules=rules, actor=clerk, now=NOW)

    assert "沧州恒通管道装备有限公司" in refused.value.fields["0"]
    assert "仍然登记" in refused.value.fields["0"]
    assert [one.id for one in refused.value.alike[0]] == [known]
    assert facts_about(new)[-1].words["alike_reason"] == "另一家，法定代表人不同"


def test_one_enterprise_is_not_registered_again_as_another_kind_unasked(
    known: UUID, clerk: Actor, firm: Firm, rules: list[TierRule]
) -> None:
    code = Subject.objects.get(id=known).code

    with pytest.raises(NotRegistered, match="1条") as refused:
        register([firm(kind=SubjectKind.TECH_SME, code=code, name="演示另一户")], rules=rules, actor=clerk, now=NOW)

    assert refused.value.alike[0][0].why is Likeness.SAME_CODE


def test_a_code_that_another_territory_has_registered_is_said_to_be_taken(firm: Firm, rules: list[TierRule], db: None) -> None:
    with acting("outsider") as actor:
        register([firm(region="130123", code="91139999MA0555555X", code_reason="已看原件")], rules=rules, actor=actor, now=NOW)

    with acting("zone_office") as actor, pytest.raises(NotRegistered, match="别的辖区"):
        register([firm(code="91139999MA0555555X", code_reason="已看原件")], rules=rules, actor=actor, now=NOW)


def test_what_is_registered_is_kept_in_the_words_of_the_standard(known: UUID) -> None:
    row = Subject.objects.get(id=known)

    assert (row.industry, row.name_key) == ("金属制品业", "恒通管道装备")


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [
        ("130973-office", list(SubjectKind)), ("1309-industry", [SubjectKind.INDUSTRY]), ("1309-science", [SubjectKind.TECH_SME]),
        ("130973401-government", list(SubjectKind)), ("13-inspection", []),
    ],
)
def test_who_registers_what(db: None, unit: str, kinds: list[SubjectKind]) -> None:
    with acting_as(official_of(unit)) as who:
        assert kinds_registered_by(who) == kinds


def test_offices_keep_their_territory_departments_their_kind_and_others_nothing(known: UUID, db: None) -> None:
    place = region_id("130973")

    with acting_as(official_of("1309-industry")) as who:
        require_may_change(who, [known])
        with pytest.raises(NotYours, match="牵头部门"):
            require_may_register(who, [(SubjectKind.PROJECT, place)])
        with pytest.raises(NotYours, match="活动办公室办理"):
            require_may_rearrange(who, [known])
    with acting_as(viewer("park_office")) as who:
        with pytest.raises(NotFound):
            require_may_register(who, [(SubjectKind.INDUSTRY, place)])
        with pytest.raises(NotFound):
            require_may_change(who, [known])
    with acting_as(viewer("firm")) as who, pytest.raises(NotYours):
        require_may_register(who, [(SubjectKind.INDUSTRY, place)])
    with acting_as(viewer("city_office")) as who:
        require_may_rearrange(who, [known])
