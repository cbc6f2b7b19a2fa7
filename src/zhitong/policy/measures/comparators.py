"""Above, below or exactly: what the words before and behind a value say."""

from __future__ import annotations

import re

BEFORE = {
    ">=": (
        "不低于 不少于 不小于 不得低于 不得少于 不能少于 不能低于 不短于 不亚于 不弱于 至少 最少 最低 起码 "
        "大于等于 ≥"
    ),
    "<=": (
        "不超过 不高于 不大于 不多于 不得超过 不得高于 不能超过 不长于 不迟于 不超出 不突破 不得突破 不能突破 控制在 限制在 压控在 "
        "至多 最多 最高 最长 小于等于 ≤"
    ),
    ">": "超过 超出 超 过 突破 高于 大于 多于 高出 迈上 跨越 >",
    "<": "低于 少于 小于 不足 不到 不满 未满 <",
    "=": (
        "提高到 提升到 增加到 增长到 上升到 扩大到 发展到 提高至 提升至 增加至 增长至 上升至 扩大至 发展至 "
        "达到了 达到 达 降低到 下降到 减少到 压缩到 缩短到 压减到 降到 "
        "降低至 下降至 减少至 压缩至 缩短至 压减至 降至 减至 保持在 稳定在 维持在 保持 稳定 为 大约 约 近 "
        "将近 接近 共 共计 总计 合计 是 有 至 到 实现 :"
    ),
}  # fmt: skip
SIGN_BEFORE = {word: sign for sign, words in BEFORE.items() for word in words.split()}
NO_LEAD = r"(?<![通经不]过)(?<![签合契节制公预条集]约)"
"""Words that only end like a comparing one: 通过, 签约."""
LEAD = re.compile(r"(?:" + "|".join(sorted(map(re.escape, SIGN_BEFORE), key=len, reverse=True)) + rf"){NO_LEAD}$")
FAR_LEAD = re.compile(
    r"(不低于|不少于|不高于|不超过|高于|超过|低于|达到|相当于|为)[^,。;、]{2,20}的$|"
    r"(不低于|不少于|不高于|不超过)[^,。;、\d并且]{2,12}$"
)
DOING = re.compile(
    r"(至少|不少于|最少|不低于|不超过|至多|最多)(?:要|应)?(?:建设|建成|建立|培育|完成|开展|组织|举办|新建|"
    r"配备|设立|创建|打造|改造|安排|选派|选取|建|设|有|配)(?:好|成|立|置)?$"
)
"""至少建设1所: the comparing word stands before the verb."""
BEHIND = {
    ">=": "及以上 以上(含) (含)以上 或以上 以上 之上",
    "<=": "及以下 (含)以下 (含)以内 以下 以内 之内 内",
    "=": "左右 上下",
    "": "之间",
}
SIGN_BEHIND = {word: sign for sign, words in BEHIND.items() for word in words.split()}
TAIL = re.compile(r"(?:" + "|".join(sorted(map(re.escape, SIGN_BEHIND), key=len, reverse=True)) + r")")
LONGEST_LEAD = 8


def lead_of(text: str, start: int, floor: int) -> tuple[str | None, int]:
    """The sign the words right before a value give, and where they begin; (None, start) where they say nothing."""
    sign: str | None = None
    begin = start
    while found := LEAD.search(text[max(floor, begin - LONGEST_LEAD) : begin]):
        said = SIGN_BEFORE[found[0]]
        sign = said if sign in (None, "=") else sign
        begin -= len(found[0])
    if sign in (None, "=") and (done := DOING.search(text[max(floor, begin - LONGEST_LEAD) : begin])):
        return SIGN_BEFORE[done[1]], begin
    low = max(floor, start - 32)
    if sign is None and (far := FAR_LEAD.search(text[low:start])):
        return SIGN_BEFORE.get(far[1] or far[2], "="), low + far.start()
    return sign, begin


def tail_of(text: str, end: int) -> tuple[str | None, int]:
    """The sign the words right behind a value give, and where they end."""
    found = TAIL.match(text, end)
    if found is None or (found[0] == "内" and text[found.end() : found.end() + 1] in {"容", "部", "设", "外"}):
        return None, end
    return SIGN_BEHIND[found[0]], found.end()


def comparator_of(before: str | None, behind: str | None) -> str:
    """One sign out of both: 达到85%以上 is >=, 控制在3%左右 is =, 超过5家 is >."""
    if behind is None:
        return before or "="
    if behind == "=" or not before:
        return behind or "="
    return behind if before in ("=", ">", "<", behind) else before
