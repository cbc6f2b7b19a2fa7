"""The words by which papers hand out work: labels before the names, verbs after them, limits of time beside them."""

from __future__ import annotations

import re

LEAD, SUPPORT, RESPONSIBLE = "lead", "support", "responsible"
PERSON, DUE, OTHER = "person", "due", "other"
"""What a label may announce beside units: somebody's name, a limit of time, anything else."""
ROLES = (LEAD, SUPPORT, RESPONSIBLE)
JOINED = "joined"
"""Who stands before the word leads, who stands behind it supports: A会同B."""

_BODY = "(?:责任)?(?:单位|部门|处室|科室|机构|主体)"
_LABELS = {
    PERSON: (
        "(?:牵头|责任|分管|包联|包保|主管|联系|挂钩|挂帅|负责|督导|督办)(?:负责|责任|市级|县级|区级|省级)?(?:领导|人员|人|同志)",
        "联络员", "市领导", "县领导", "区领导", "省领导",
    ),
    OTHER: ("(?:督导|督办|督查|监督|考核|验收|监管|报送)(?:责任)?(?:单位|部门)",),
    DUE: (
        "(?:完成|办理|整改|工作|推进|落实|实施|达标)?(?:时限|期限)(?:要求)?", "(?:完成|实施|推进|整改)(?:时间|日期)",
        "时间(?:节点|要求|进度|安排)", "进度(?:要求|安排)",
    ),
    LEAD: (f"(?:总|主要)?牵头(?:负责)?{_BODY}", f"责任牵头{_BODY}", f"第一{_BODY}", f"主要(?:责任|负责){_BODY}",
        "主办(?:单位|部门)", "主责(?:单位|部门)"),
    SUPPORT: (f"(?:积极)?(?:配合|协办|协助|协同|协作|参与|参加|参建|支持|会办|配套)(?:落实|实施)?{_BODY}", "成员单位"),
    RESPONSIBLE: (
        "责任(?:单位|部门|主体|处室|科室|机构)(?:及责任人|和责任人|、责任人|及时限)?",
        "(?:承办|承担|实施|落实|负责|执行|完成|办理|组织|组织实施|推进)(?:责任)?(?:单位|部门|主体)",
        "(?:责任|任务|职责|工作)?分工",
    ),
}  # fmt: skip
_SHORT_LABELS = {
    LEAD: "牵头|主办|主责",
    SUPPORT: "配合|协办|协助|参与",
    RESPONSIBLE: "责任|负责|承办|落实",
    DUE: "时限|时间",
}


def _spaced(words: str) -> str:
    """The same pattern with a space allowed between two characters of a word (责 任 单 位)."""
    return re.sub(r"([\u4e00-\u9fff])", r"\1 ?", words)


_LONG = "|".join(f"(?P<{kind}>{'|'.join(map(_spaced, words))})" for kind, words in _LABELS.items())
_SHORT = "|".join(f"(?P<{kind}_short>{words})" for kind, words in _SHORT_LABELS.items())
_OF_LEVEL = "(?:[省市县区州盟旗镇乡国][级直属家]?|第[一二三](?=牵头))?"

_TAIL = r" ?(?:\([^()\n]{1,30}\))? ?\*{0,2} ?"
LABEL = re.compile(
    rf"{_OF_LEVEL}(?:{_LONG}|(?<=[ ,、;。(\n)])(?:{_SHORT})(?= ?:)){_TAIL}(?P<mark>:|为(?!牵头|责任|配合)|是(?!牵头))"
)
"""A label with its colon, anywhere; short ones (牵头:) only behind a mark."""
LABEL_AT_START = re.compile(
    rf"{_OF_LEVEL}(?:{_LONG}|(?:{_SHORT})(?= ?:)) ?(?:\([^()\n]{{1,30}}\))? ?\** ?(?P<mark>[:为是]| (?=\S)|(?=[省市县区州]))"
)
"""A label where one is expected: short ones need their colon, long ones may have lost it."""
LABEL_INSIDE = re.compile(
    rf"{_OF_LEVEL}(?:{_LONG}|(?<=[ ,、;。(\n)])(?:{_SHORT})(?= ?:)){_TAIL}(?P<mark>:|为(?!牵头|责任|配合)|(?=[省市县区州]))"
)
"""A further label in the same stretch; behind a comma a long one may have lost its colon."""
LABEL_IN_BRACKET = re.compile(rf"\({_OF_LEVEL}(?:{_LONG}) ?\)(?= ?(?!会同|牵头|负责|配合|的)[:\d\u4e00-\u9fff])")
"""【牵头单位】市教育局: brackets in place of a colon."""
NO_PART_LABEL = re.compile(
    r"(?:范围|目标|要求|内容|任务|事项|措施|依据|备注|说明|方式|地点|对象|标准|项目|进度|成果|联系电话|电话)$"
)
TIME_HEAD = re.compile(r"(?:时限|期限|时间|节点|进度|日期)(?:要求|安排|节点|表)?$")
"""The head of a column that says until when."""
PART_IN_BRACKET = re.compile(r"\((?:具体|主要)?负责(?P<part>[^()]{2,20})\)$")
UNKNOWN_LABEL = re.compile(r"(?P<said>[^:,、;。()\n]{2,14}):")


LONGEST_LABEL = 48
FIRST_OF_LABELS = "".join(
    sorted(set("省市县区州盟旗镇乡国牵责分包主联挂负督考验监报完办整工推落实达时进总第积配协参支会成承执组任职"))
)
LAST_OF_LABELS = frozenset("位门体室构人员导志络限求间期日点度排工头责办合助与实")


def kind_of(label: re.Match[str]) -> str:
    """What the label announces: lead, support, responsible, person, due or other."""
    return next(
        name.removesuffix("_short") for name, found in label.groupdict().items() if found is not None and name != "mark"
    )


STRONG_VERBS = {
    "总牵头": LEAD, "牵头": LEAD, "负总责": LEAD, "抓总": LEAD, "主办": LEAD, "主抓": LEAD, "主责": LEAD,
    "配合": SUPPORT, "协助": SUPPORT, "协办": SUPPORT, "参与": SUPPORT, "参加": SUPPORT, "协同": SUPPORT, "协作": SUPPORT,
    **dict.fromkeys(("为牵头单位", "为牵头部门", "为主办单位", "为牵头责任单位"), LEAD),
    **dict.fromkeys(("为配合单位", "为配合部门", "为协办单位", "为参与单位", "为参加单位", "为成员单位", "为协同单位"), SUPPORT),
    **dict.fromkeys(("为责任单位", "为责任部门", "为承办单位", "为实施单位", "为实施主体", "为责任主体", "为落实主体"), RESPONSIBLE),
    "负责": RESPONSIBLE, "承办": RESPONSIBLE, "会同": JOINED, "联合": JOINED,
}  # fmt: skip
WEAK_VERBS = {
    "统筹": LEAD, "组织": LEAD, "指导": SUPPORT, "督促": SUPPORT, "督导": SUPPORT, "监督": SUPPORT, "支持": SUPPORT,
    "落实": RESPONSIBLE, "实施": RESPONSIBLE, "组织实施": RESPONSIBLE, "推进": RESPONSIBLE, "承担": RESPONSIBLE,
    "执行": RESPONSIBLE, "汇总": RESPONSIBLE, "办理": RESPONSIBLE, "完成": RESPONSIBLE, "做好": RESPONSIBLE, "抓好": RESPONSIBLE,
}  # fmt: skip
"""Words that also stand inside names (组织部, 市场监督管理局): a verb only behind a whole unit."""


def _any_of(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


VERB = re.compile(
    rf"(?P<strong>{_any_of(STRONG_VERBS)})(?!单位|部门|领导|处室|科室|机构|责任单位|人|同志|制(?![定订])|的|务|会(?!同))|(?P<weak>{_any_of(WEAK_VERBS)})(?!单位|部门)"
)
HELPS = re.compile(r"(?:好|相关|有关|具体|各项)*(?:配合|协助|协同)")
ROLE_AS_NAME = re.compile(r"(?:总?牵头|责任|配合|协办|主办|承办|参与|成员|实施|落实)(?:单位|部门)")
ROLE_IN_BRACKET = re.compile(
    r"\((?:总?(?P<lead>牵头|主办|主责)|(?P<support>配合|协办|协助|参与)|(?P<responsible>负责|责任|承办))(?:单位|部门)?\)$"
)
MANNER = re.compile(
    r"(?:按照?|依照?|依据|根据|结合)[各自有关相部门法定的规工作职责能权限分任务范围内要求实际情况]{2,18}$"
)
MANNERS = (
    "分别", "共同", "联合", "各自", "具体", "统一", "密切", "积极", "主动", "分工", "分头", "主要", "直接", "全面", "一并", "做好", "抓好",
    "协同", "给予", "分级", "也要", "应当", "将", "要", "须", "应", "总", "相应", "认真", "切实",
)  # fmt: skip
BY_DUTY = re.compile(r"职责|职能|分别|分工")

TAKE_ANY_NAME = frozenset({"总牵头", "牵头", "负总责", "负责", "配合"})
NO_NAMES = frozenset({"等", "等等", "其中", "下同", "以下简称", "同时", "并", "此项工作", "该项工作"})
SENTENCE_START = re.compile(r"要|应|须|必须|认真|按照|根据|为了|加强|建立|完善|推进|开展|确保|并|其|不|已|对|在")
LIST_END = re.compile(r"等(?:有关|相关)?(?:部门|单位)(?=[\u4e00-\u9fff]{2})")
LEVELS = frozenset("省市县区州乡镇")
"""One of these alone before 、 is no name: 市、县两级政府."""
BY_WHOM = re.compile(r"(?<![自理缘])由(?!于|此)")
EACH = "分别"
_OF_WHICH = re.compile(r"(?:其中|同时|并|具体)?[ ,:]*")


def behind_of_which(words: str, place: int) -> int:
    """The place behind 其中 or 同时, where a part begins with one."""
    found = _OF_WHICH.match(words, place)
    return found.end() if found else place


NO_PART = re.compile(
    r"(?:负责|落实|组织|实施|推进|推动|督导|督促|指导|做好|抓好|开展|完成|办理|统筹|协调|抓落实|抓总|配合|相关|有关|具体|工作|任务|事宜|事项|此项|该项|本项|各项|责任|按期|共同|抓|好|等|并|的|,|。)*"
)
"""An object that says nothing beyond the verb: 牵头负责落实, 配合做好相关工作."""

DUE_WORDS = re.compile(
    r"(?:力争|确保|并|于|在|到|至|截至|须|应){0,3} ?(?:(?:20)?\d\d年|20\d\d[./-]\d|\d{1,2}月|今年|明年|本年|当年|年底|年内|年末|"
    r"全年|每年|每月|每季|"
    r"上半年|下半年|第?[一二三四1-4]季度|长期|持续|常年|常态|即日|立即|自?印发之日|\d+个?(?:工作)?日内)[^。;\n]{0,30}"
)
"""A limit of time standing for itself: 2018年6月底前完成, 长期坚持."""
