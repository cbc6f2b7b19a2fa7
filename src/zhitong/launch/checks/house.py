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
    yield _sealed()


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


def _sealed() -> Check:
    """Whether what stands sealed can be opened with the keys that are here, by the newest values of every column."""
    from zhitong.kit.sealing.ring import Cipher, ring, seals_now
    from zhitong.kit.sealing.stored import counts_of, opens, sealed_columns
    from zhitong.kit.trouble import Trouble

    name, unsealed = "个人信息加密", 0
    try:
        for column in sealed_columns():
            counts = counts_of(column)
            unsealed += counts.get("", 0)
            missing = sorted(counts.keys() - {"", *ring().opening})
            if missing:
                found = f"缺少密钥 {'、'.join(missing)}，{column.name} 有内容读不出来。"
                return Check(name, Verdict.FAIL, found, "请把原来的密钥文件放回。")
            list(opens(column, 20))
    except Trouble as trouble:
        return Check(name, Verdict.FAIL, str(trouble), "请把原来的密钥文件放回，再运行 zhitong keys status。")
    if not seals_now():
        found = f"升级后还没有开始加密，有 {unsealed} 项没有加密。"
        return Check(name, Verdict.WARN, found, "全部进程都换成新版本后，运行 zhitong keys rotate；设了 ZHITONG_SEALING=ready 的先去掉。")
    if unsealed:
        return Check(name, Verdict.WARN, f"有 {unsealed} 项还没有加密。", "请运行 zhitong keys rotate。")
    return Check(name, Verdict.OK, f"手机号码等都已加密（{Cipher(ring().sealing.cipher).label}），密钥 {ring().sealing.id} 可用。")
