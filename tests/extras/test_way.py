"""民生微实事 from the township up (R-C2): proposed, weighed, listed, sent up, carried through, its residents asked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests import packages
from tests.cast import acting, viewer
from tests.extras.proposals import POINTS, TODAY, does, listed, proposed, weighed
from tests.extras.proposals import afternoon as afternoon
from tests.files.samples import upload
from tests.world import NOW
from zhitong.domain.extras.actions.carrying import complete_item, rate_item
from zhitong.domain.extras.actions.deciding import (
    NothingToPublish,
    publish_list,
    put_on_the_list,
    turn_down,
    weigh,
)
from zhitong.domain.extras.actions.loading import load_criteria
from zhitong.domain.extras.actions.proposing import (
    NobodyAbove,
    NotNow,
    NotYoursToDecide,
    SentUpAlready,
    send_up,
    withdraw,
)
from zhitong.domain.extras.models import Proposal, Score
from zhitong.domain.extras.package import parse
from zhitong.domain.extras.queries.criteria import criteria_of
from zhitong.domain.extras.queries.proposals import (
    Filters,
    ProposalView,
    count_for,
    proposal_seen,
    proposals_for,
    waiting_for,
)
from zhitong.domain.extras.rules.kinds import ALLOWED, ExtraAct, ProposalState
from zhitong.domain.extras.rules.weighing import Criterion, Points, faults_of, score_of
from zhitong.domain.files.actions import store
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.plans.actions.advancing import complete_milestone
from zhitong.domain.plans.models import Task
from zhitong.domain.plans.queries import plans_seen, tasks_of_unit
from zhitong.kit.keeping import Loaded
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
NEXT_WEEK = TODAY + timedelta(days=7)


def opened(login: str, proposal: Any) -> ProposalView:
    with acting_as(viewer(login)) as here:
        return proposal_seen(here, proposal, now=NOW)


def test_a_proposal_is_weighed_listed_as_a_task_with_its_lead_and_carried_through() -> None:
    proposal = listed()
    with acting_as(viewer("park")) as here:
        [file] = store([upload()], actor=here.actor("test"), now=NOW)
    step = opened("park", proposal).steps[0]

    with pytest.raises(NotNow, match="还有1个节点没有完成：完成施工"):
        does("park", complete_item, proposal, done_on=TODAY, words="已通行", file_ids=[file.id])
    does("park", complete_milestone, step.id, done_on=TODAY)
    with pytest.raises(BadInput, match="请附现场照片"):
        does("park", complete_item, proposal, done_on=TODAY, words="已通行", file_ids=[])
    does("park", complete_item, proposal, done_on=TODAY, words="已通行", file_ids=[file.id])
    with pytest.raises(NotYoursToDecide):
        does("park", rate_item, proposal, asked=40, satisfied=40)
    with pytest.raises(BadInput, match="不能多于"):
        does("park_office", rate_item, proposal, asked=40, satisfied=41)
    does("park_office", rate_item, proposal, asked=40, satisfied=38)

    found = opened("zone_office", proposal)
    assert (found.row.state, found.row.share_done, found.row.asked, found.row.satisfied) == (ProposalState.DONE, 1, 40, 38)
    assert (found.row.score, found.rank, [one.id for one in found.files]) == (Decimal("85.00"), 1, [file.id])
    with acting_as(viewer("city_office")) as here:
        assert open_file_for(here, file.id)[0].id == file.id
    with acting_as(viewer("outsider")) as here, pytest.raises(NotFound):
        open_file_for(here, file.id)


def test_the_list_is_a_plan_beside_the_paper_and_no_paper_itself() -> None:
    listed()
    listed(title="装电梯")

    with acting_as(viewer("park")) as here:
        led = [(task.number, task.title, task.kind.value) for task in tasks_of_unit(here, here.unit_id)]
        papers = {plan.campaign for plan in plans_seen(here)}

    assert ("1", "小区门口修一条人行道", "micro_item") in led
    assert ("2", "装电梯", "micro_item") in led
    assert papers == {"hebei-2018", "bohai-2018"}
    assert Task.objects.filter(kind="micro_item").values("plan").distinct().count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": " "}, "做什么"), ({"what": "绝密"}, "非涉密"),
        ({"cost_cny": Decimal(-1)}, "资金请填"), ({"beneficiaries": 0}, "至少1人"),
        ({"by_when": TODAY}, "今天以后"), ({"funding": ""}, "从哪里来"),
    ],
)
def test_what_cannot_be_proposed_leaves_no_proposal(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        proposed(**said)
    with acting("province_office"):
        assert not Proposal.objects.exists()


def test_firms_propose_nothing() -> None:
    with pytest.raises(NotYours):
        proposed("firm")


def test_points_want_every_criterion_with_its_words_and_the_office_alone_gives_them() -> None:
    proposal = proposed()

    with pytest.raises(BadInput, match=r"“群众关注度”请打0到10分.*“能否办成”还没有打分") as wrong:
        does("park_office", weigh, proposal, [Points("attention", Decimal(11), "多"), *POINTS[1:3]])
    with pytest.raises(NotYoursToDecide):
        does("park", weigh, proposal, POINTS)
    with pytest.raises(NotNow, match="不能列入清单"):
        does("park_office", put_on_the_list, proposal, lead_unit_id=viewer("park").unit_id, steps=[("开工", NEXT_WEEK)])

    assert set(wrong.value.fields) == {"attention", "readiness"}
    assert opened("park", proposal).row.state is ProposalState.PROPOSED
    does("park_office", weigh, proposal, POINTS)
    does("park_office", weigh, proposal, [Points(one.code, Decimal(5), one.words) for one in POINTS])
    found = opened("park", proposal)
    assert (found.row.score, len(found.scores)) == (Decimal("50.00"), 4)
    assert found.scores[0].words == "三次居民会都提到"


@pytest.mark.parametrize(
    ("lead", "steps", "sentence"),
    [
        ("outsider", [("开工", NEXT_WEEK)], "从本地区的单位中选择"), ("park", [], "至少写一个节点"),
        ("park", [("开工", TODAY - timedelta(days=1))], "不能早于今天"),
    ],
)
def test_what_cannot_be_listed_makes_no_task(lead: str, steps: list[tuple[str, date]], sentence: str) -> None:
    proposal = weighed()

    with pytest.raises(BadInput, match=sentence):
        does("park_office", put_on_the_list, proposal, lead_unit_id=viewer(lead).unit_id, steps=steps)

    assert not Task.objects.filter(kind="micro_item").exists()


def test_a_proposal_is_turned_down_with_a_reason_or_taken_back() -> None:
    one, other = proposed(), proposed(title="装电梯")

    with pytest.raises(BadInput, match="不列入的理由"):
        does("park_office", turn_down, one, "")
    does("park_office", turn_down, one, "已列入园区年度工程")
    with pytest.raises(NotFound):
        does("park_office", withdraw, other, "不要了")
    does("park", withdraw, other, "改由物业做")

    assert [opened("park", it).row.state for it in (one, other)] == [ProposalState.UNLISTED, ProposalState.WITHDRAWN]
    assert opened("park", one).decision == "已列入园区年度工程"
    with pytest.raises(NotNow):
        does("park_office", weigh, one, POINTS)


def test_a_good_one_is_sent_up_once_and_weighed_anew_above() -> None:
    proposal = weighed()

    above = does("park_office", send_up, proposal, "各小区都要")
    with pytest.raises(SentUpAlready):
        does("park_office", send_up, proposal, "再推荐一次")

    found = opened("zone_office", above)
    assert (found.row.region, found.row.state, found.sent_up_from) == ("沧州渤海新区", ProposalState.PROPOSED, proposal)
    with acting_as(viewer("zone_office")) as here:
        assert [one.id for one in waiting_for(here, today=TODAY)] == [above]
    top = weighed("province_office", "province_office")
    with pytest.raises(NobodyAbove):
        does("province_office", send_up, top, "推荐")


def test_proposals_are_seen_by_proposer_and_territory_and_published_ones_by_all_below() -> None:
    county = listed("zone_office", "zone", login="zone")
    zone = Region.objects.get(code="130973").id

    assert opened("city_office", county).acts == frozenset()
    for login in ("outsider", "firm", "neighbour", "park"):
        with pytest.raises(NotFound):
            opened(login, county)
        with acting_as(viewer(login)), without_first_wall():
            assert not Proposal.objects.filter(id=county).exists()
            assert not Score.objects.filter(proposal_id=county).exists()
    with acting("park_office") as actor, pytest.raises(NotYoursToDecide):
        publish_list(viewer("park_office"), "hebei-2018", zone, actor=actor, now=NOW)
    with acting("zone_office") as actor:
        assert publish_list(viewer("zone_office"), "hebei-2018", zone, actor=actor, now=NOW) == 1
        with pytest.raises(NothingToPublish):
            publish_list(viewer("zone_office"), "hebei-2018", zone, actor=actor, now=NOW)

    assert opened("park", county).row.published_on == TODAY
    with pytest.raises(NotFound):
        opened("outsider", county)


def test_the_ranking_goes_by_score_a_page_at_a_time_and_costs_the_same(django_assert_num_queries: Any) -> None:
    for place in range(5):
        proposed(title=f"项目{place}")
    best = listed(title="最好的")

    with acting_as(viewer("park_office")) as here, django_assert_num_queries(2):
        rows = proposals_for(here, today=TODAY, limit=3)
    with acting_as(viewer("park_office")) as here:
        following = proposals_for(here, today=TODAY, after=(rows[-1].score, rows[-1].id))
        back = proposals_for(here, today=TODAY, after=(following[0].score, following[0].id), turned=True)
        counted = count_for(here, Filters(states=(ProposalState.PROPOSED,), words="项目"))

    assert (rows[0].id, len(rows), len(following), counted) == (best, 3, 3, 5)
    assert {one.id for one in back} == {one.id for one in rows}


def test_criteria_come_from_the_package_and_loading_again_changes_nothing() -> None:
    criteria, findings = parse(packages.shipped("hebei-2018"))

    assert findings == []
    assert [one.code for one in criteria_of("hebei-2018")] == ["attention", "reach", "nearness", "readiness"]
    assert load_criteria("hebei-2018", criteria) == Loaded(0, 0, 0)


CRITERIA = (Criterion("a", "甲", "", Decimal(3), 10), Criterion("b", "乙", "", Decimal(1), 5))


@pytest.mark.parametrize(
    ("a", "b", "score"), [(10, 5, "100.00"), (0, 0, "0.00"), (5, 5, "62.50"), (10, 0, "75.00")],
)
def test_the_score_is_of_a_hundred_by_weight(a: int, b: int, score: str) -> None:
    assert score_of(CRITERIA, {"a": Decimal(a), "b": Decimal(b)}) == Decimal(score)


def test_points_without_words_are_named() -> None:
    given = [Points("a", Decimal(3), " "), Points("b", Decimal(3), "好")]

    assert faults_of(CRITERIA, given) == {"a": "“甲”请写一句打分的理由。"}


def test_what_is_over_lets_nothing_happen_but_asking_the_residents() -> None:
    assert set(ALLOWED) == set(ProposalState)
    assert ALLOWED[ProposalState.DONE] == {ExtraAct.RATE}
    assert not ALLOWED[ProposalState.UNLISTED] | ALLOWED[ProposalState.WITHDRAWN]
