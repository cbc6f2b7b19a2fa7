"""Tiers set by hand: with reason and permission, by the level that decides, the rule's word beside it (R-D2)."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.tiering.conftest import HEBEI, YI, Known, earns, lists_of, tier_of
from tests.tiering.test_runs import adopted, kept, run_of
from tests.world import NOW
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.tiering.actions.overriding import NothingToRelease, NotThisLevel, override, release
from zhitong.domain.tiering.models import Move
from zhitong.domain.tiering.queries.moves import MoveFilters, moves_for, tiering_of
from zhitong.domain.tiering.queries.runs import ResultFilters, results_for
from zhitong.domain.tiering.rules.kinds import Conflict
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def set_by(login: str, subject_id: UUID, rank: Rank | None, reason: str = "行业代表", allowed_by: str = "演示秘书长") -> None:
    with acting(login) as actor:
        override(
            viewer(login), subject_id, rank, reason=reason, allowed_by=allowed_by, campaign=HEBEI, actor=actor, now=NOW
        )


def released(login: str, subject_id: UUID, reason: str = "不再需要") -> Rank | None:
    with acting(login) as actor:
        return release(viewer(login), subject_id, reason=reason, campaign=HEBEI, actor=actor, now=NOW)


def test_a_hand_sets_a_tier_and_the_rule_stands_beside_it(known: Known) -> None:
    set_by("province_office", known["large"], Rank.PROVINCE)

    with acting_as(viewer("province_office")) as who:
        told = tiering_of(who, HEBEI, known["large"])
        assert (told.subject.tier, told.by_rule, told.hand_reason) == (Rank.PROVINCE, Rank.CITY, "行业代表")
        assert told.subject.tier_words == (
            "人工确定为省级重点帮扶：行业代表。按规则：主营业务收入20亿元，超过10亿元，列为市级重点帮扶。"
        )
        [move] = told.moves
        assert (move.allowed_by, move.before, move.after) == ("演示秘书长", Rank.CITY, Rank.PROVINCE)
        assert lists_of(known["large"]) == {"industry-province": True}


def test_later_runs_leave_it_and_tell_the_difference(known: Known) -> None:
    set_by("province_office", known["large"], Rank.PROVINCE)
    earns(known["large"], YI // 2)

    assert adopted("province_office", kept("province_office")) == 0

    with acting_as(viewer("province_office")) as who:
        [odd] = results_for(who, run_of("province_office"), ResultFilters(conflict=Conflict.HAND_DIFFERS))
        assert (odd.subject_id, odd.by_rule, odd.tier) == (known["large"], None, Rank.PROVINCE)


def test_a_released_tier_follows_the_rule_again(known: Known) -> None:
    set_by("province_office", known["large"], Rank.PROVINCE)

    assert released("province_office", known["large"]) is Rank.CITY

    with acting_as(viewer("province_office")) as who:
        told = tiering_of(who, HEBEI, known["large"])
        assert (told.subject.tier, told.hand_reason, len(told.moves)) == (Rank.CITY, "", 2)
    with pytest.raises(NothingToRelease):
        released("province_office", known["large"])


def test_a_level_that_keeps_no_list_is_refused_by_name(known: Known) -> None:
    with pytest.raises(BadInput) as refused:
        set_by("city_office", known["large"], Rank.TOWNSHIP)

    assert refused.value.fields == {"tier": "乡级没有帮扶名单，请选省级、市级、县级，或不列入。"}
    with acting_as(viewer("city_office")):
        assert tier_of(known["large"]) is Rank.CITY


def test_a_hand_may_take_a_firm_off_every_tier(known: Known) -> None:
    set_by("city_office", known["large"], None, reason="已停产")

    with acting("city_office"):
        assert tier_of(known["large"]) is None


@pytest.mark.parametrize(
    ("login", "name", "rank", "refused"),
    [
        ("city_office", "giant", Rank.CITY, NotThisLevel),  # the province's own
        ("city_office", "large", Rank.PROVINCE, NotThisLevel),
        ("province_office", "small", Rank.CITY, NotThisLevel),
        ("zone_office", "small", Rank.CITY, NotThisLevel),
        ("outsider", "small", None, NotFound),
        ("province", "giant", None, NotYours),
        ("firm", "small", None, NotYours),
    ],
)
def test_only_the_level_that_decides_sets_it(
    known: Known, login: str, name: str, rank: Rank | None, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        set_by(login, known[name], rank)

    with acting("province_office"):
        assert not Move.objects.exists()


@pytest.mark.parametrize(("reason", "allowed_by", "field"), [("", "演示秘书长", "reason"), ("理由", " ", "allowed_by"),
                                                              ("长" * 201, "演示秘书长", "reason")])  # fmt: skip
def test_without_reason_or_permission_nothing_is_set(known: Known, reason: str, allowed_by: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        set_by("city_office", known["large"], None, reason, allowed_by)

    assert set(refused.value.fields) == {field}
    with acting("city_office"):
        assert tier_of(known["large"]) is Rank.CITY


def test_moves_are_for_the_territory_and_the_firm_asks_elsewhere(known: Known) -> None:
    set_by("city_office", known["large"], None, reason="已停产")

    with acting_as(viewer("zone_office")) as who:
        assert [row.subject_id for row in moves_for(who, MoveFilters())] == [known["large"]]
    with acting_as(viewer("outsider")) as who:
        assert moves_for(who, MoveFilters()) == []
        with pytest.raises(NotFound):
            tiering_of(who, HEBEI, known["large"])
    with acting_as(viewer("firm")) as who, pytest.raises(NotFound):
        moves_for(who, MoveFilters())


def test_a_line_of_work_reads_the_tier_without_the_figures(known: Known) -> None:
    with acting_as(viewer("city")) as who:
        told = tiering_of(who, HEBEI, known["large"])

    assert (told.by_rule, told.rule_words, told.may_set) == (Rank.CITY, "", False)
