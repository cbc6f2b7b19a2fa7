"""The top office writes the routing rules, sees how often each was right, and what another set would have done (R-F2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged, unit_id, waiting
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.actions.rulemaking import ChangedMeanwhile, SaveRules, save_rules
from zhitong.domain.problems.actions.sharing import Designate, designate
from zhitong.domain.problems.models import RoutingRow
from zhitong.domain.problems.queries.rulemaking import Rules, drafts_of, rules_of, what_if
from zhitong.domain.problems.queries.verifying import findings_of_counts
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.rulemaking import Draft
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db
CAMPAIGN = "hebei-2018"


def to_finance() -> list[Draft]:
    return [replace(one, lead="finance") if one.code == "energy" else one for one in drafts_of(CAMPAIGN)]


def save(rules: list[Draft], login: str = "province_office", opened: str = "") -> str:
    with acting_as(viewer(login)) as here:
        return save_rules(here, SaveRules(
            campaign=CAMPAIGN, rules=rules, reason="按职责调整", opened=opened, actor=here.actor("test"), now=NOW,
        ))


def seen_by(login: str) -> Rules:
    with acting_as(viewer(login)) as here:
        return rules_of(here, CAMPAIGN, now=NOW)


def use_of(login: str, code: str) -> tuple[int | None, int | None]:
    [line] = [line for line in seen_by(login).lines if line.draft.code == code]
    return line.used, line.right


def test_a_saved_rule_sends_new_problems_and_leaves_running_ones(raised: Raise) -> None:
    before = raised()

    saving = save(to_finance())

    assert raised().standing.accountable_unit_id == unit_id("130973400-finance")
    assert before.standing.accountable_unit_id == unit_id("130973400-economy")
    assert seen_by("province_office").opened == saving
    with acting("province_office"):
        assert set(RoutingRow.objects.filter(campaign=CAMPAIGN).values_list("origin", flat=True)) == {"office"}


def test_a_rule_taken_out_of_force_is_kept_and_sends_nothing(raised: Raise) -> None:
    rules = drafts_of(CAMPAIGN)
    save([replace(one, in_force=False) if one.code == "energy" else one for one in rules])

    standing = raised().standing

    assert standing.rule_code == "industry"  # the next rule that fits
    assert len(seen_by("province_office").lines) == len(rules)


def test_who_opened_the_rules_before_another_saved_is_told(raised: Raise) -> None:
    save(to_finance())

    with pytest.raises(ChangedMeanwhile, match="分发规则刚被修改过，这次没有保存"):
        save(drafts_of(CAMPAIGN), opened="")


@pytest.mark.parametrize("login", ["city_office", "park_office"])
def test_only_the_top_office_saves(login: str) -> None:
    with pytest.raises(NotYours, match=r"分发规则由.*修改"):
        save(to_finance(), login)


@pytest.mark.parametrize("login", ["park", "firm"])
def test_who_does_not_dispatch_neither_sees_nor_saves(login: str) -> None:
    with pytest.raises(NotYours):
        seen_by(login)
    with pytest.raises(NotYours):
        save(to_finance(), login)


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"lead": "nobody"}, "没有“nobody”这条线"),
    ({"support": ("energy",)}, "主办、共同牵头、配合条线有重复"),
    ({"words": ""}, "须写明依据"),
    ({"asks": {"category": ("weather",)}}, "没有“weather”这个类别"),
    ({"asks": {"category": ("land",)}}, "死路：前面的规则“.*”已经包含“.*”的全部情形"),
])
def test_a_wrong_rule_is_refused_by_name_and_nothing_is_saved(wrong: dict[str, object], sentence: str) -> None:
    rules = [replace(one, **wrong) if one.code == "energy" else one for one in drafts_of(CAMPAIGN)]  # type: ignore[arg-type]

    with pytest.raises(BadInput, match=sentence):
        save(rules)

    assert seen_by("province_office").opened == ""


def test_a_rule_was_right_while_its_problem_stays_where_it_was_sent(raised: Raise) -> None:
    raised()
    acknowledged(raised()).does(
        "park_office", reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴"
    )
    raised().does("park", send_back, SendBack, rule="三定", whose="财政局")

    assert use_of("park_office", "energy") == (3, 1)
    assert use_of("province_office", "energy") == (3, 1)
    assert use_of("outsider", "energy") == (0, 0)
    with acting("province_office"):
        assert findings_of_counts(cuts.CUTS) == []


def test_designations_may_become_a_rule(raised: Raise) -> None:
    for _ in range(2):
        acknowledged(raised()).does(
            "park_office", designate, Designate, unit_id=unit_id("130973400-finance"), reason="以补贴为主"
        )

    [candidate] = seen_by("park_office").candidates

    assert (candidate.unit, candidate.region, candidate.count) == ("南大港产业园区财政局", "南大港产业园区", 2)
    assert seen_by("outsider").candidates == ()


def test_what_if_says_how_many_would_go_elsewhere_and_changes_nothing(raised: Raise) -> None:
    story = raised()
    waiting(raised)

    with acting_as(viewer("province_office")) as here:
        found = what_if(here, CAMPAIGN, to_finance(), now=NOW)
        same = what_if(here, CAMPAIGN, drafts_of(CAMPAIGN), now=NOW)

    assert (found.looked_at, found.is_whole, found.elsewhere, found.to_desk) == (2, True, 1, 0)
    [sample] = found.samples
    assert (sample.number, sample.before, sample.after) == (
        story.standing.number, "南大港产业园区经发局", "南大港产业园区财政局",
    )
    assert same.elsewhere == 0
    assert story.standing.accountable_unit_id == unit_id("130973400-economy")
    assert seen_by("province_office").opened == ""
