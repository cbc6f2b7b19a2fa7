"""The words of a comparison as a person reads them: relations, what differs, and verdicts."""

from __future__ import annotations

RELATIONS = {
    "same": "照用", "adapted": "调整", "split": "拆分", "merged": "合并", "missing": "缺失", "local_only": "本级新增",
}  # fmt: skip
SUBJECTS = {
    "target": "目标", "title": "标题", "units": "单位", "scope": "范围", "deadline": "期限", "text": "表述", "coverage": "承接",
}  # fmt: skip
VERDICTS = {
    "raised": "提高", "lowered": "降低", "scaled": "按本地规模", "redefined": "口径改变", "dropped": "未承接", "added": "新增",
    "changed": "改变", "localised": "落到本级", "no_lead": "未写牵头", "earlier": "提前", "later": "推后", "formula": "概括承接",
    "ask": "请确认",
}  # fmt: skip
KINDS = {
    "coverage": "覆盖情况", "missing_task": "任务缺失", "lowered": "目标降低", "redefined": "口径改变", "dropped": "目标未承接",
    "question": "请确认",
}  # fmt: skip
