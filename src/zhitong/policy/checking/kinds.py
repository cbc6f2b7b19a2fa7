"""The kinds of doubt with the words a person reads; every finding of `check` is of one of these."""

from __future__ import annotations

KINDS = {
    "contradiction": "同一目标数值不一",
    "comparator": "同一目标口径不一",
    "threshold": "限定条件不一",
    "definition": "统计口径不一",
    "level": "层级不一",
    "restatement": "前后重复表述",
    "sum": "分项与合计",
    "listing": "列举与任务",
    "listed_without_task": "列名无任务",
    "task_not_listed": "任务未列名",
    "count": "项数与任务数",
    "enumeration": "列举与数目",
    "impossible_rate": "比率不可能",
    "impossible_date": "日期不存在",
    "deadline_before_issue": "期限早于成文",
    "two_names": "一个部门两个名称",
    "no_unit": "没有责任单位",
    "goal_without_task": "目标无人承担",
    "collective": "责任单位是统称",
    "no_lead": "没有牵头单位",
    "addressee_without_duty": "主送单位无任务",
    "duty_not_addressed": "承担单位未主送",
    "title_promise": "标题与正文不符",
    "numbering": "序号重复或缺漏",
    "unmeasured": "没有数量目标",
    "damaged": "文字缺失",
}
SEVERITIES = {"high": "严重", "medium": "一般", "low": "提示"}
