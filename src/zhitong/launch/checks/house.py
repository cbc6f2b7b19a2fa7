"""What doctor asks the rooms: the campaign in force, lines that end outside, the calendar, facts set aside."""

from __future__ import annotations

from collections.abc import Iterable

from zhitong.launch.doctor import Check, Verdict


def checks() -> Iterable[Check]:
    """The looks into the tables; called as zhitong_worker."""
    yield _campaign()
    yield _lines()
    yield _calendar()
    yield _set_aside()


def _campaign() -> Check:
    from zhitong.domain.campaigns.queries import campaign_in_force, is_demonstration

    head = campaign_in_force()
    if head is None:
        return Check("活动", Verdict.FAIL, "还没有载入活动包。", "运行 zhitong prepare，或 zhitong load 文件夹。")
    kind = "演示数据，时间有偏移" if is_demonstration() else "正式数据"
    return Check("活动", Verdict.OK, f"在用的活动是“{head.name}”（{head.code}），{kind}。")


def _lines() -> Check:
    """Lines whose highest keeper stands outside the territory chain: there nobody can be charged, only consulted."""
    from zhitong.domain.organisations.queries import directory

    here = directory()
    if not here.regions:
        return Check("条线", Verdict.WARN, "还没有区划和单位。", "先载入活动包。")
    root = here.root()
    outside, kept_by_nobody = [], []
    for line in here.lines.values():
        keeper = here.keeper(root.id, line.id)
        if keeper is None:
            kept_by_nobody.append(line.name)
        elif keeper.is_consulted:
            outside.append(f"{line.name}（{keeper.name}）")
    if kept_by_nobody:
        names = "、".join(kept_by_nobody)
        return Check("条线", Verdict.FAIL, f"最高一级没有单位承担：{names}。", "请在 units.yaml 里写明由谁承担，再次载入。")
    if outside:
        return Check("条线", Verdict.OK, f"在属地管理之外结束的条线，只能商请：{'、'.join(outside)}；其余条线都通到最高一级。")
    return Check("条线", Verdict.OK, "所有条线都通到最高一级。")


def _calendar() -> Check:
    from zhitong.domain.calendars.queries import calendar
    from zhitong.kit import clock

    year = clock.today().year
    missing = [str(one) for one in (year, year + 1) if one not in calendar().published_years]
    if not missing:
        return Check("工作日历", Verdict.OK, f"{year} 年和 {year + 1} 年的放假安排已有。")
    return Check(
        "工作日历", Verdict.WARN, f"还没有 {'、'.join(missing)} 年的放假安排，落在其中的时限按周末推算并标为暂定。",
        "国务院办公厅公布后升级本软件，或由最高一级的活动办公室在“工作日历”里录入。",
    )


def _set_aside() -> Check:
    from zhitong.domain.history.follow import set_aside_of
    from zhitong.work.reactions import FOLLOWER

    failed = set_aside_of(FOLLOWER)
    if not failed:
        return Check("事实之后的反应", Verdict.OK, "没有搁置的事实。")
    fact_id, reason = failed[0]
    return Check(
        "事实之后的反应", Verdict.WARN, f"有 {len(failed)} 条事实多次处理失败后搁置，第一条 {fact_id}：{reason}",
        "请把原因告诉维护人员；其余通知不受影响。",
    )
