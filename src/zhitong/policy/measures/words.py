"""What a quantity is called, made of the words before it, the noun behind it and, where both are short, what was spoken of last."""

from __future__ import annotations

import re

OPENING = re.compile(
    r"(?:[、,:;)(]|每年|[一二三四五六七八九十][是要]|和|及|以及|与|的|其中|并(?!网|联)|且|同时|将|要|使得?|力争|力求|确保|保证|争取|"
    r"努力|积极|全面|大力|切实|进一步|逐步|稳步|加快|加大|分别|总共|共(?!享|同|建|产|青)|总计|合计|"
    r"原则上|到时|到(?!位|期|岗|访)|在(?!线|校|建|岗|册)|至少|以(?!上|下|内|外)|对(?!接|外|口)|针对|从(?!业)|通过|按照|"
    r"推动|推进|促进|完成|实现|使用|另|再|还|累计|选取|选择|筛选|选定|着力|重点对|并对)+"
)
VERBS = (
    "净增 新增 新建 新认定 新培育 新引进 新开工 新开通 新改建 新发展 改扩建 扩建 续建 建设 建成 建立 "
    "创建 培育 培训 认定 改造提升 改造 提升 提高 完成 实施 开展 推进 推动 组织 举办 打造 设立 "
    "布局 争创 争取 引进 扶持 重点帮扶 帮扶 选取 筛选 达到 实现 新 启动 开工 竣工 投用 安排 投入 投资 "
    "完善 配备 发展 建 拥有 形成 支持 整治 治理 修复 更新 办好 办理 "
    "年均 增长 下降 降低 减少 压减 控制 根据本地实际 确保 力争 组建 推广 建设改造 新建改造 完工 抓好 "
    "力推 重点 落实 各 均 将 不 要 应 须 应当 至少 翻"
)  # fmt: skip
VERB = "|".join(sorted(VERBS.split(), key=len, reverse=True))
VERB_FIRST = re.compile(rf"(?:{VERB})")
FROM_FIGURE = re.compile(r"^(?:从|由)[^,。;]{0,8}\d.*$")
FROM_WHAT = re.compile(r"^(.{2,}?)(?:从|由)[^,。;]*\d.*$")
TRAILING = re.compile(
    r"(?:(?:提高|提升|调整|增加|上调|降低)[到至为]|分别|的|了|要|将|须|应|需|也|任务|:|力争|确保|争取|再|各|(?<![人户年平])均|每(?:人|户|生|亩|家)(?:每?(?:年|月|天|"
    r"学年|学期))?)+$"
)
ONLY_VERBS = re.compile(rf"(?:{VERB}|[、和或及、])*")
LAST_VERBS = re.compile(rf"(?:(?:{VERB})[、和]?)+$")
NEW_CLAUSE = re.compile(
    r"(?:培育|培训|建设|建成|新增|新建|改造|开展|完成|认定|实施|推进|推动|组织|举办|打造|创建|争取|引进|"
    r"实现|提升|确保|力争|加快|加强|落实|启动|以|用于|并|其中|使|达到|占|较|比|同比)"
)
PREDICATE = re.compile(
    r"(?:进行|实施|予以|给予|承担|开展|实现|达到|纳入|获得|用于|主动|全部|均|建立|通过|完成|按照|享受|"
    r"参加|参与|得到|落户|投产|上市|入驻|为重点|为目标|率先|确保|保障|的(?:任务|目标|要求)$)"
)
STOPS = re.compile(r"[,。;:、)(\n\t]")
LONGEST_NAME = 40


def bare_lead(words: str) -> str:
    """The words before a value without what only joins them to the sentence (其中, 力争, 到)."""
    cut = words.strip("的,、;: \t\n").removeprefix(")").removesuffix("(")
    while (found := OPENING.match(cut)) and found.end():
        cut = cut[found.end() :]
    cut = FROM_FIGURE.sub("", cut)
    cut = FROM_WHAT.sub(r"\1", cut)
    return TRAILING.sub("", cut.replace("()", ""))


def noun_behind(words: str, ends_here: bool) -> str:
    """The things counted, as far as the noun goes: 家公立医院|开展试点 → 公立医院; nothing where a new clause begins.

    `ends_here` says that comparing words stand between value and noun (8家以上), behind which a verb opens a clause.
    """
    if not words or words[0] in "或" or STOPS.match(words) or (ends_here and NEW_CLAUSE.match(words)):
        return ""
    noun = words[: 2 * LONGEST_NAME].removeprefix("的")
    stop = re.search(r"[,。;:)(\n\t]", noun)
    noun = noun[: stop.start()] if stop else noun
    noun = _up_to_pause(noun)
    cut = PREDICATE.search(noun, 2)
    return (noun[: cut.start()] if cut else noun)[:LONGEST_NAME].rstrip("、和及与的等")


def _up_to_pause(noun: str) -> str:
    """新建、改造项目 goes on behind its pause, 服务点、推进… does not."""
    head, pause, rest = noun.partition("、")
    if pause and (ONLY_VERBS.fullmatch(head) or (not VERB_FIRST.match(rest) and len(rest) <= 12)):
        return f"{head}、{_up_to_pause(rest)}"
    return head


def without_verbs(words: str) -> str:
    """The noun in the words before a value: 净增市场主体 → 市场主体, 市级培育 → 市级."""
    found = ONLY_VERBS.match(words)
    cut = words[found.end() :] if found else words
    return LAST_VERBS.sub("", cut)


def without_last_verbs(words: str) -> str:
    """The words up to the verb they end with: 市级培育 → 市级."""
    return words[: len(words) - len(verbs_of(words))]


def verbs_of(words: str) -> str:
    """The verb at the end of the words before a value: 市级培育 → 培育, 县(市)建设 → 建设."""
    found = LAST_VERBS.search(words)
    return found[0] if found else ""


def title_noun(title: str | None) -> str:
    """What a task's title speaks of: 市场主体培育 → 市场主体."""
    return re.sub(r"(?:培育|建设|改造|提升|整治)?(?:工程|行动|专项行动|计划)?$", "", title or "") or (title or "")
