"""Keeping and adopting runs: everybody judged, what each level decides, lists and moves that follow (R-D2)."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, viewer
from tests.tiering.conftest import HEBEI, YI, Known, earns, enlisted, lists_of, tier_of
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.cuts import CUTS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tallies.queries import differences
from zhitong.domain.tiering.actions.adopting import NotAdoptable, adopt
from zhitong.domain.tiering.actions.running import StandardWrong, keep_run
from zhitong.domain.tiering.models import Move, Run
from zhitong.domain.tiering.queries.duties import duties_for
from zhitong.domain.tiering.queries.moves import MoveFilters, moves_for
from zhitong.domain.tiering.queries.runs import (
    ResultFilters,
    RunView,
    latest_run,
    named_at_quotas,
    results_for,
    run_seen,
)
from zhitong.domain.tiering.queries.standards import standard_in_force
from zhitong.domain.tiering.queries.what_if import what_if
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
INDUSTRY = SubjectKind.INDUSTRY


def kept(login: str, **changes: dict[str, int]) -> UUID:
    """A run of an office over the industry of its region, by the standard in force or a changed one."""
    with acting(login) as actor:
        who = viewer(login)
        standard = standard_in_force(HEBEI, INDUSTRY, who.region_id)
        standard = standard.changed(changes.get("thresholds", {}), changes.get("numbers", {}))
        return keep_run(who, standard, campaign=HEBEI, actor=actor, now=NOW)


def adopted(login: str, run_id: UUID, reason: str = "领导小组会议审定") -> int:
    with acting(login) as actor:
        return adopt(viewer(login), run_id, reason, actor=actor, now=NOW)


def run_of(login: str) -> RunView:
    with acting_as(viewer(login)) as who:
        found = latest_run(who, HEBEI, INDUSTRY)
        assert found is not None
        return found


def test_a_run_judges_everybody_of_the_kind_in_the_region(known: Known) -> None:
    kept("province_office")

    run = run_of("province_office")
    assert run.summary.judged == 8  # with the two firms of the small world
    assert {line.quota.key: (line.quota.number, line.given, line.difference) for line in run.summary.lines} == {
        "province": (216, 1, -215), "city": (600, 2, -598), "county": (5747, 3, -5744)
    }
    assert run.summary.conflicts == {Conflict.NO_FIGURE: 1, Conflict.BELOW: 1}
    assert run.own_moves == 0


def test_a_lower_office_judges_its_own_region_by_the_rules_from_above_without_their_quotas(known: Known) -> None:
    kept("city_office")

    run = run_of("city_office")
    assert run.summary.judged == 7
    assert {line.quota.number for line in run.summary.lines} == {None}
    with acting_as(viewer("province_office")) as who:
        assert run_seen(who, run.id).region == run.region
    with acting_as(viewer("outsider")) as who, pytest.raises(NotFound):
        run_seen(who, run.id)
    with acting_as(viewer("outsider")) as who, without_first_wall():
        assert not Run.objects.filter(id=run.id).exists()


def test_results_explain_themselves_and_can_be_narrowed(known: Known) -> None:
    enlisted(known["small"], "industry-city")
    kept("province_office")

    with acting_as(viewer("province_office")) as who:
        run = run_of("province_office")
        [odd] = results_for(who, run, ResultFilters(conflict=Conflict.LIST_DIFFERS))
        [lacking] = results_for(who, run, ResultFilters(conflict=Conflict.NO_FIGURE))
        top = results_for(who, run, ResultFilters(tier=Rank.PROVINCE))
        following = named_at_quotas(who, run)["province", QuotaPlace.NEXT]
        with CaptureQueriesContext(connection) as asked:
            results_for(who, run, ResultFilters())
    assert (odd.subject_id, odd.tier) == (known["small"], Rank.COUNTY)
    assert lacking.words == "还没有主营业务收入，不能按标准分级，请补报后重新分级。"
    assert [row.subject_id for row in top] == [known["giant"]]
    assert [row.subject_id for row in following[:2]] == [known["elsewhere"], known["large"]]
    assert len([one for one in asked.captured_queries if "tiering_result" in one["sql"]]) == 1


def test_a_line_of_work_reads_results_without_the_figures(known: Known) -> None:
    kept("city_office")

    with acting_as(viewer("city")) as who:
        rows = results_for(who, run_of("city"), ResultFilters())
    assert {row.words for row in rows} == {""}
    assert known["giant"] in {row.subject_id for row in rows}


def test_a_new_run_takes_the_place_of_one_that_was_not_adopted(known: Known) -> None:
    first, second = kept("city_office"), kept("city_office")

    with acting("city_office"):
        assert list(Run.objects.values_list("id", flat=True)) == [second]
    assert first != second


def test_adopting_moves_what_the_level_decides_and_lists_follow(known: Known) -> None:
    enlisted(known["large"], "industry-city")
    earns(known["large"], 70 * YI)  # city → province: the province decides
    earns(known["small"], 11 * YI)  # county → city: the city decides
    run_id = kept("province_office")

    assert adopted("province_office", run_id) == 1

    with acting("province_office"):
        assert (tier_of(known["large"]), tier_of(known["small"])) == (Rank.PROVINCE, Rank.COUNTY)
        assert lists_of(known["large"]) == {"industry-city": False, "industry-province": True}
        row = Subject.objects.get(id=known["large"])
        assert (row.version, row.tier_words) == (2, "主营业务收入70亿元，超过50亿元，列为省级重点帮扶。")
        [move] = moves_for(viewer("province_office"), MoveFilters())
        assert (move.before, move.after, move.reason) == (Rank.CITY, Rank.PROVINCE, "领导小组会议审定")
        assert differences(CUTS[0]) == []
    assert adopted("city_office", kept("city_office")) == 1
    with acting("city_office"):
        assert tier_of(known["small"]) is Rank.CITY


def test_what_falls_out_goes_where_the_rule_says_and_off_the_list(known: Known) -> None:
    enlisted(known["giant"], "industry-province")
    earns(known["giant"], YI // 10)

    assert adopted("province_office", kept("province_office")) == 1

    with acting("province_office"):
        assert tier_of(known["giant"]) is None
        assert lists_of(known["giant"]) == {"industry-province": False}


@pytest.mark.parametrize(
    ("login", "refused"), [("city_office", NotFound), ("outsider", NotFound), ("province", NotYours), ("firm", NotYours)]
)
def test_only_the_office_of_the_region_adopts(known: Known, login: str, refused: type[Exception]) -> None:
    earns(known["large"], 70 * YI)
    run_id = kept("province_office")

    with pytest.raises(refused):
        adopted(login, run_id)

    with acting("province_office"):
        assert tier_of(known["large"]) is Rank.CITY


def test_a_run_is_adopted_once_for_a_reason_and_only_while_it_still_holds(known: Known) -> None:
    earns(known["large"], 70 * YI)
    run_id = kept("province_office")

    with pytest.raises(BadInput, match="理由"):
        adopted("province_office", run_id, " ")
    with acting("province_office"):
        Subject.objects.filter(id=known["large"]).update(tier="county")
    with pytest.raises(NotAdoptable, match="又有变动（演示企业2等），请重新测算"):
        adopted("province_office", run_id)
    with acting("province_office"):
        Subject.objects.filter(id=known["large"]).update(tier="city")
        assert not Move.objects.exists()
    assert adopted("province_office", run_id) == 1
    with pytest.raises(NotAdoptable, match="已经采用过"):
        adopted("province_office", run_id)


def test_an_adopted_standard_holds_below_and_its_quotas_only_here(known: Known) -> None:
    adopted("province_office", kept("province_office", thresholds={"province": 15 * YI}, numbers={"province": 3}))

    with acting("city_office"):
        assert tier_of(known["large"]) is Rank.PROVINCE
        here = directory().root().id
        there = viewer("city_office").region_id
        assert standard_in_force(HEBEI, INDUSTRY, here).quotas[0].number == 3
        below = standard_in_force(HEBEI, INDUSTRY, there)
        assert (below.rules[0].conditions[0].over, below.quotas[0].number) == (15 * YI, None)


def test_thresholds_that_cross_are_not_kept(known: Known) -> None:
    with pytest.raises(StandardWrong) as refused:
        kept("province_office", thresholds={"city": 60 * YI})

    assert refused.value.fields == {"city": "市级的标准要低于省级的标准，请改正。"}
    with acting("province_office"):
        assert not Run.objects.exists()


def test_a_what_if_tells_who_would_move_and_stores_nothing(known: Known) -> None:
    with acting_as(viewer("province_office")) as who:
        found = what_if(who, HEBEI, INDUSTRY, thresholds={"province": 15 * YI}, numbers={"province": 2})

        assert {(one.subject_id, one.before, one.after) for one in found.moves} == {
            (known["large"], Rank.CITY, Rank.PROVINCE), (known["elsewhere"], Rank.CITY, Rank.PROVINCE)
        }
        assert found.summary.lines[0].difference == 1
        assert found.in_force.quotas[0].number == 216
        assert not Run.objects.exists()
    with acting_as(viewer("firm")) as who, pytest.raises(NotFound):
        what_if(who, HEBEI, INDUSTRY, thresholds={}, numbers={})


def test_a_run_that_would_move_somebody_waits_for_its_office_until_it_is_adopted(known: Known) -> None:
    run_id = kept("zone_office", thresholds={"county": 30_000_000})
    with acting_as(viewer("zone_office")) as who:
        waiting = duties_for(who)
        own = run_seen(who, run_id).own_moves

    moved = adopted("zone_office", run_id)

    assert [(one.run_id, one.kind, one.moves) for one in waiting] == [(run_id, INDUSTRY, own)]
    assert moved == own > 0
    for login in ("zone_office", "park_office", "zone", "outsider"):
        with acting_as(viewer(login)) as other:
            assert duties_for(other) == []
