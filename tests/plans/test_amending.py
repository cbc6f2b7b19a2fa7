"""Amendments: drafted by a region's office, decided by the office above, in force from their day, read as a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.plans.conftest import region, unit
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.scope import NotYours, without_first_wall
from zhitong.domain.plans.actions.amending.checking import AmendmentWrong
from zhitong.domain.plans.actions.amending.deciding import NotWaiting, approve_amendment, refuse_amendment
from zhitong.domain.plans.actions.amending.drafting import (
    AmendmentAsked,
    NotInDraft,
    change_draft,
    draft_amendment,
    submit_amendment,
    withdraw_amendment,
)
from zhitong.domain.plans.actions.loading import load
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Amendment, Curve, Indicator, Plan, Target, TargetTerm, Task, TaskUnit
from zhitong.domain.plans.package import PlanRecord
from zhitong.domain.plans.queries.amendments import (
    AmendmentFilters,
    AmendmentView,
    amendment_seen,
    amendments_for,
    amendments_of_target,
    amendments_of_task,
)
from zhitong.domain.plans.queries.targets import curves_on, terms_on
from zhitong.domain.plans.rules import Changed, Comparator, TermSource
from zhitong.domain.plans.rules.amending import ItemAsked
from zhitong.kit.keeping import Loaded
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

TODAY = date(2018, 4, 27)
MAY = date(2018, 5, 1)


def own(code: str) -> Target:
    return Target.objects.get(indicator__code=code, indicator__plan__campaign="hebei-2018", region__code="13")


def share_of_city(code: str = "P116", value: int = 40) -> UUID:
    indicator = Indicator.objects.get(code=code)
    term = NewTerm(
        indicator.id, region("1309").id, Comparator.EQUAL, Decimal(value), None, None, date(2018, 2, 1),
        TermSource.DIVISION, None, "",
    )
    return set_terms([term], now=NOW)[0]


def value(target: UUID, number: object = 520, comparator: str = ">=") -> ItemAsked:
    return ItemAsked(Changed.VALUE, target, {"comparator": comparator, "value": str(number), "upper": ""})


def deadline(target: UUID, day: str) -> ItemAsked:
    return ItemAsked(Changed.DEADLINE, target, {"deadline": day})


def asked(*items: ItemAsked, since: date = TODAY, **more: Any) -> AmendmentAsked:
    return replace(AmendmentAsked("关于调整高速公路建设目标的通知", "征地进度调整", "", since, items), **more)


def drafted(what: AmendmentAsked, login: str = "province_office", campaign: str = "hebei-2018") -> UUID:
    plan = Plan.objects.get(campaign=campaign)
    with acting(login) as actor:
        return draft_amendment(viewer(login), plan.id, what, actor=actor, now=NOW)


def submitted(what: AmendmentAsked, login: str = "province_office") -> UUID:
    amendment_id = drafted(what, login)
    with acting(login) as actor:
        submit_amendment(viewer(login), amendment_id, version=1, actor=actor, now=NOW)
    return amendment_id


def approve(amendment_id: UUID, login: str = "province_office", now: datetime = NOW, **more: Any) -> None:
    said = {"decision": "省领导小组第三次会议", "document_number": "冀双办〔2018〕5号", **more}
    with acting(login) as actor:
        approve_amendment(viewer(login), amendment_id, actor=actor, now=now, **said)


def seen(amendment_id: UUID, login: str = "province_office") -> AmendmentView:
    with acting(login):
        return amendment_seen(viewer(login), amendment_id)


def values_of(target: UUID) -> Sequence[tuple[Decimal, str]]:
    rows = TargetTerm.objects.filter(target=target).order_by("number")
    return [(row.value, row.since.isoformat()) for row in rows]


def test_an_approved_amendment_holds_from_its_day_and_keeps_what_was() -> None:
    target = own("P116")
    amendment_id = submitted(asked(value(target.id), deadline(target.id, "2018-11-30"), since=MAY))
    assert values_of(target.id) == [(500, "2018-01-01")]

    approve(amendment_id)

    assert values_of(target.id) == [(500, "2018-01-01"), (520, "2018-05-01")]
    newest = TargetTerm.objects.get(target=target, number=2)
    assert (newest.deadline, newest.source, newest.source_id) == (date(2018, 11, 30), "amendment", amendment_id)
    target.refresh_from_db()
    assert (target.value, target.deadline) == (520, date(2018, 11, 30))


def test_a_report_is_judged_by_the_value_in_force_at_its_periods_end() -> None:
    target = own("P116")
    approve(submitted(asked(value(target.id), since=MAY)))

    judged = {day: terms_on([target.id], day)[target.id].value for day in (date(2018, 4, 30), date(2018, 5, 31))}

    assert judged == {date(2018, 4, 30): 500, date(2018, 5, 31): 520}


def test_the_difference_reads_like_a_notice() -> None:
    target, task = own("P116"), Task.objects.get(plan__campaign="hebei-2018", number="24")
    amendment_id = submitted(asked(
        value(target.id), deadline(target.id, "2018-11-30"), value(own("P115").id, 300, "="),
        ItemAsked(Changed.ASPIRATION, target.id, {"value": "600"}), ItemAsked(Changed.CANCELLED, own("P114").id, {}),
        ItemAsked(Changed.CONTENT, task.id, {"content": "确保建成520公里。"}),
    ))

    notice = seen(amendment_id).notice

    assert notice[:3] == (
        f"将第24项任务“{task.title}”的“{target.indicator.name}”的目标值由500公里调整为≥520公里，完成时限定为2018年11月30日，"
        "力争值由580公里调整为600公里。",
        f"将第24项任务“{task.title}”的“高速公路新开工”的目标值由270公里调整为300公里。",
        f"取消第24项任务“{task.title}”的“城市轨道交通新开工”（原为44公里）。",
    )
    assert notice[3].startswith(f"将第24项任务“{task.title}”的任务内容由“")
    assert notice[3].endswith("调整为“确保建成520公里。”。")


def test_units_and_content_change_at_once_and_loading_again_leaves_them(written: list[PlanRecord]) -> None:
    task = Task.objects.get(plan__campaign="hebei-2018", number="24")
    lead = {"unit": str(unit("省发展改革委").id), "role": "lead", "part": "", "name": "省发展改革委"}
    approve(submitted(asked(
        ItemAsked(Changed.UNITS, task.id, {"units": [lead]}), ItemAsked(Changed.CONTENT, task.id, {"content": "改了"}),
        ItemAsked(Changed.ASPIRATION, own("P116").id, {"value": ""}),
    )))

    with acting("province_office"):
        again = load(written, now=NOW)

    task.refresh_from_db()
    assert (again, task.content) == (Loaded(), "改了")
    assert list(TaskUnit.objects.filter(task=task).values_list("as_printed", "role")) == [("省发展改革委", "lead")]
    assert own("P116").aspiration_value is None


def test_a_city_asks_and_the_province_approves() -> None:
    target_id = share_of_city()
    amendment_id = submitted(asked(value(target_id, 36, "=")), "city_office")

    with pytest.raises(NotYours, match="上一级活动办公室"):
        approve(amendment_id, "city_office")
    approve(amendment_id, decision="", document_number="")

    assert values_of(target_id)[-1] == (36, "2018-04-27")
    told = seen(amendment_id)
    assert (told.state.label, told.decided_by, told.region) == ("已批准", unit_name("13-office"), "沧州市")


def unit_name(code: str) -> str:
    return Unit.objects.get(code=code).name


def office_of(code: str) -> UUID:
    return Unit.objects.get(code=f"{code}-office").id


def test_at_the_top_whose_approval_it_is_is_registered() -> None:
    amendment_id = submitted(asked(value(own("P116").id)))

    with pytest.raises(BadInput) as refused:
        approve(amendment_id, decision="", document_number="")

    assert set(refused.value.fields) == {"decision", "document_number"}
    assert values_of(own("P116").id) == [(500, "2018-01-01")]


def test_an_amendment_approved_late_holds_from_the_earliest_day_that_may_be() -> None:
    target = own("P116")
    amendment_id = submitted(asked(value(target.id)))

    approve(amendment_id, now=NOW + timedelta(days=40))

    assert values_of(target.id)[-1] == (520, "2018-06-01")


@pytest.mark.parametrize(
    ("since", "document", "said"),
    [(date(2018, 4, 26), "", "不能早于2018年4月27日"), (date(2018, 3, 31), "冀双办〔2018〕5号", "不能早于2018年4月1日")],
)
def test_no_amendment_reaches_into_a_period_that_has_ended(since: date, document: str, said: str) -> None:
    with pytest.raises(AmendmentWrong) as refused:
        drafted(asked(value(own("P116").id), since=since, document_number=document))

    assert said in refused.value.fields["since"]


def test_what_a_paper_has_ordered_may_hold_from_this_months_first_day() -> None:
    approve(submitted(asked(value(own("P116").id), since=date(2018, 4, 1), document_number="冀双办〔2018〕5号")))

    assert values_of(own("P116").id)[-1] == (520, "2018-04-01")


WRONG: list[tuple[Any, str]] = [
    (lambda target: value(target, 500, "="), "与现在相同"),
    (lambda target: value(target, "五百"), "请填写调整后的数"),
    (lambda target: value(target, "1e30"), "过大或小数过多"),
    (lambda target: value(target, 1, "约"), "比较方式"),
    (lambda target: ItemAsked(Changed.VALUE, target, {"comparator": "range", "value": "5", "upper": "3"}), "上限不能小于下限"),
    (lambda target: deadline(target, "2018-04-01"), "完成时限不能早于生效日"),
    (lambda target: deadline(target, "十一月底"), "应为日期"),
    (lambda target: ItemAsked(Changed.CONTENT, target, {"content": "改"}), "由印发方案的一级调整"),
    (lambda target: value(UUID(int=1)), "不是本地在这份方案里的目标"),
]


@pytest.mark.parametrize(("line", "said"), WRONG)
def test_a_line_that_cannot_be_so_is_said_at_its_place(line: Any, said: str) -> None:
    target = own("P116").id

    with pytest.raises(AmendmentWrong) as refused:
        drafted(asked(value(own("P115").id, 300), line(target)))

    assert said in refused.value.fields["items-1"]
    with acting("province_office"):
        assert not Amendment.objects.exists()


def test_an_amendment_says_what_why_and_something() -> None:
    with pytest.raises(AmendmentWrong) as refused:
        drafted(asked(title=" ", reason=""))

    assert set(refused.value.fields) == {"title", "reason", "items"}


def test_words_too_long_to_keep_are_refused_beside_their_field() -> None:
    with pytest.raises(AmendmentWrong) as refused:
        drafted(asked(value(own("P116").id), title="调" * 121, document_number="号" * 61))

    assert set(refused.value.fields) == {"title", "document_number"}


def test_one_thing_is_changed_once_and_what_is_cancelled_by_nothing_else() -> None:
    target = own("P116").id

    for lines, said in (
        ([value(target), value(target, 530)], "只能调整一次"),
        ([value(target), ItemAsked(Changed.CANCELLED, target, {})], "不能同时调整"),
    ):
        with pytest.raises(AmendmentWrong) as refused:
            drafted(asked(*lines))
        assert said in refused.value.fields["items"]


def test_a_cancelled_target_is_amended_no_more() -> None:
    target = own("P116")
    approve(submitted(asked(ItemAsked(Changed.CANCELLED, target.id, {}))))

    with pytest.raises(AmendmentWrong, match="已经取消"):
        drafted(asked(value(target.id)))

    assert terms_on([target.id], TODAY)[target.id].is_cancelled


def test_what_has_changed_since_it_was_submitted_is_not_approved_as_it_was() -> None:
    target = own("P116")
    first, second = submitted(asked(value(target.id))), submitted(asked(value(target.id, 510)))
    approve(first)

    with pytest.raises(NotWaiting, match="已有变动"):
        approve(second)

    assert values_of(target.id)[-1] == (520, "2018-04-27")


def test_a_refused_one_changes_nothing_and_says_why() -> None:
    amendment_id = submitted(asked(value(own("P116").id)))
    with acting("province_office") as actor:
        for decision in ("", "保留原目标"):
            try:
                refuse_amendment(viewer("province_office"), amendment_id, decision=decision, actor=actor, now=NOW)
            except BadInput:
                assert decision == ""

    assert (seen(amendment_id).state.value, seen(amendment_id).decision) == ("refused", "保留原目标")
    assert values_of(own("P116").id) == [(500, "2018-01-01")]


def test_a_draft_is_changed_by_who_read_it_last_and_not_after_it_was_sent() -> None:
    amendment_id = drafted(asked(value(own("P116").id)))
    with acting("province_office") as actor:
        who = viewer("province_office")
        change_draft(who, amendment_id, asked(value(own("P116").id, 530)), version=1, actor=actor, now=NOW)
        with pytest.raises(NotInDraft, match="刚被同事改过"):
            change_draft(who, amendment_id, asked(value(own("P116").id, 540)), version=1, actor=actor, now=NOW)
        submit_amendment(who, amendment_id, version=2, actor=actor, now=NOW)
        with pytest.raises(NotInDraft, match="已经提请批准"):
            change_draft(who, amendment_id, asked(value(own("P116").id, 540)), version=3, actor=actor, now=NOW)
        withdraw_amendment(who, amendment_id, actor=actor, now=NOW)

    told = seen(amendment_id)
    assert (told.state.value, told.items[0].after["value"]) == ("withdrawn", "530")
    with pytest.raises(NotWaiting):
        approve(amendment_id)


@pytest.mark.parametrize("login", ["province", "city", "outsider"])
def test_who_is_no_office_of_the_region_amends_nothing_of_it(login: str) -> None:
    with pytest.raises((NotYours, AmendmentWrong)):
        drafted(asked(value(own("P116").id)), login)


def test_an_amendment_is_read_above_and_below_and_a_draft_only_at_home() -> None:
    target_id = share_of_city()
    amendment_id = drafted(asked(value(target_id, 36)), "city_office")

    with pytest.raises(NotFound):
        seen(amendment_id, "province_office")
    assert seen(amendment_id, "city").title
    with acting("city_office") as actor:
        submit_amendment(viewer("city_office"), amendment_id, version=1, actor=actor, now=NOW)

    for login in ("province_office", "zone", "city"):
        assert seen(amendment_id, login).number == 1
    for login in ("outsider", "firm"):
        with pytest.raises(NotFound):
            seen(amendment_id, login)


def test_the_second_wall_alone_shows_no_more() -> None:
    amendment_id = drafted(asked(value(share_of_city(), 36)), "city_office")

    with without_first_wall():
        for login, count in (("city", 1), ("province_office", 0), ("outsider", 0)):
            with acting(login):
                found = amendments_for(viewer(login), AmendmentFilters())
            assert [row.id for row in found] == [amendment_id] * count, login


def test_a_later_deadline_spreads_the_accepted_curve_anew_and_leaves_the_first() -> None:
    target = own("P116")
    Curve.objects.create(
        target=target, number=1, shape="linear", since=date(2018, 1, 1), state="accepted", proposed_at=NOW,
        points=[["2018-01-01", "0"], ["2018-12-31", "1"]],
    )

    approve(submitted(asked(deadline(target.id, "2019-06-30"), since=MAY)))

    before, after = (curves_on([target.id], day)[target.id] for day in (date(2018, 4, 30), MAY))
    assert (before.number, after.number) == (1, 2)
    assert after.points[-1] == (date(2019, 6, 30), 1)


def test_the_history_of_a_target_and_of_its_task_tells_of_it() -> None:
    target = own("P116")
    amendment_id = submitted(asked(value(target.id)))
    approve(amendment_id)
    assert target.indicator.task_id is not None

    with acting("zone"):
        of_target = amendments_of_target(viewer("zone"), target.id)
        of_task = amendments_of_task(viewer("zone"), target.indicator.task_id)
        other = amendments_of_target(viewer("zone"), own("P103").id)

    assert [one.id for one in of_target] == [one.id for one in of_task] == [amendment_id]
    assert other == []


def test_the_fact_names_the_units_concerned() -> None:
    amendment_id = submitted(asked(value(own("P116").id)))
    approve(amendment_id)

    with acting("province_office"):
        told = facts_about(amendment_id)
    concerned = TaskUnit.objects.filter(task=own("P116").indicator.task, unit__isnull=False)
    below = {str(office_of("1309"))}

    assert [one.kind for one in told] == ["plans.amendment_drafted", "plans.amendment_submitted", "plans.amended"]
    assert {str(one) for one in concerned.values_list("unit_id", flat=True)} | below <= set(told[-1].body["units"])
