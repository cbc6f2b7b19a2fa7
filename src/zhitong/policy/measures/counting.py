"""One number with its unit and the words around it: whether it counts or measures something, and what. 净增50万户以上 → ≥ 500 000 户."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from zhitong.policy.measures.comparators import comparator_of, lead_of, tail_of
from zhitong.policy.measures.figures import Figure
from zhitong.policy.measures.units import Unit, UnitKind, unit_at

STRUCTURE_NOUN = re.compile(
    r"(?:重[点大]|专项|主要|关键|基本|核心)?(?:专项行动|行动|民心工程|民生工程|民生实事|实事|工程|方面|"
    r"领域|环节|专项|任务|功能|方案|类别|举措|抓手|体系|机制|企业|对象|设施|"
    r"[^,。;、\d]{0,8}(?:专项行动|民心工程|实施方案|专项方案|民生实事|重点工程|重点领域|重点任务|重点对象))"
)
UNITLESS = re.compile(r"(?:[收入床护人生师士]比|指数|系数|弹性|评分|得分|倍数|生育率|万车死亡率)(?:总体|分别|力争|平均|要|应)*$")
"""What has no unit: 城乡居民收入比, 综合指数, 系数."""
NO_UNIT_NOUN = re.compile(r"(?:环节|方面|领域|重点)(?![^,。;、]{0,4}\d)")
SPOKEN_KINDS = frozenset(
    {UnitKind.MONEY, UnitKind.SHARE, UnitKind.POINTS, UnitKind.TIMES, UnitKind.TIME, UnitKind.AGE}
)
BUILDING = re.compile(
    r"(?:新建|建成|建设|建立|创建|培育|新增|引进|打造|设立|布局|改造|完成|开工|竣工|投用|认定|争创|组建|"
    r"至少|不少于|不低于|举办|开展|组织|达到|选派|配备|配齐|扶持|完工|实施|形成|推出|选树)(?:了|好|出)?$"
)
EACH = re.compile(
    r"每(?P<who>人|户|生|亩|名学生|家|床|张(?=床)|张|村|辆|台|吨|平方米|例|所)(?:床位)?(?:(?:每|/)(?P<when>年|月|学年|学期|天|"
    r"日))?[^,。;\d]{0,8}(?:\d[\d.]*万?元(?:和|、))?$"
)
AVERAGE = re.compile(r"(?:人均每?(?P<when>[月年])|(?P<early>[月年])人均)$")
PEOPLE_BEHIND = re.compile(r"[一-鿿]{0,6}?(?:人口|农民工?|群众|学生|职工|老年?人|居民|党员|干部|游客|大学生)")
HOMES_BEHIND = re.compile(r"[一-鿿]{0,4}?(?:农户|贫困户|低保户)")
SMALL_IDIOMS = re.compile(r"[一两][个条项名次套支种类张块片面层场门份点笔]")
NAMED_BEFORE = re.compile(
    r"(?:附件|附表|表|图|专栏|注|页|热线|电话|传真|邮编|邮箱|型|版|编号|序号|代码|第|No\.?|[A-Za-z]|"
    r"[-—/.])$",
    re.IGNORECASE,
)
HAS_WORD_BEFORE = re.compile(r"[一-鿿”)]$")
DAMAGED_BEHIND = re.compile(
    r"(?:及?以[上下内]|左右)|[,。;、)(\n\t]|(?:培育|培训|建设|建成|新增|新建|改造|开展|完成|认定)|$"
)


@dataclass(frozen=True)
class Quantity:
    """`start`–`end` are number and unit; `lead` and `tail` reach over the comparing words on both sides."""

    start: int
    end: int
    lead: int
    tail: int
    value: Decimal
    unit: Unit | None
    comparator: str
    upper: Decimal | None = None
    is_spoken: bool = False
    is_damaged: bool = False
    is_structure: bool = False
    before: str | None = None
    """The sign the words before it give."""
    behind: str | None = None
    """The sign the words behind it, or behind the last of its row, give."""

    @property
    def kind(self) -> UnitKind:
        """What its unit measures; things are counted where the unit was lost."""
        return self.unit.kind if self.unit else UnitKind.COUNT


def quantity_of(text: str, figure: Figure, floor: int) -> Quantity | None:
    """A figure with its unit and its comparing words, which reach back to `floor` at most; None where it counts nothing."""
    unit = _share_unit(figure) or _with_person(text, figure, unit_at(text, figure.end))
    before, lead = lead_of(text, figure.start, floor)
    if unit is None and text[figure.end - 1] in "万亿" and not figure.is_bare:
        unit = _people_behind(text, figure)
    if unit is None:
        return _bare(text, figure, before, lead)
    if unit.word in {"名", "位"} and text[lead - 1 : lead] == "前":
        before = "<="
    if unit.word in {"名", "位"} and text[lead - 1 : lead] in {"后", "末"}:
        return None
    behind, tail = tail_of(text, unit.end)
    sign = "range" if figure.upper is not None else comparator_of(before, behind)
    if figure.is_more and sign == "=":
        sign = ">"
    structure = _is_structure(text, figure, unit, behind)
    if not structure and figure.is_spoken and not _is_meant(text, figure, unit, lead, before, behind):
        return None
    if _is_idle(text, figure, unit, lead, before, behind):
        return None
    return Quantity(
        figure.start,
        unit.end,
        lead,
        tail,
        figure.value,
        unit,
        sign,
        figure.upper,
        figure.is_spoken,
        is_structure=structure,
        before=before,
        behind=behind,
    )


def _with_person(text: str, figure: Figure, unit: Unit | None) -> Unit | None:
    """每人每年580元 → 元/人/年, wherever the comparing words stand between."""
    if unit is None or unit.kind is not UnitKind.MONEY or unit.is_per:
        return unit
    each = EACH.search(text, max(0, figure.start - 18), figure.start)
    if each:
        whom = "".join(f"/{one}" for one in (each["who"], each["when"]) if one)
        return replace(unit, word=unit.word + whom, is_per=True)
    average = AVERAGE.search(text, max(0, figure.start - 4), figure.start)
    if average:
        return replace(unit, word=f"{unit.word}/人/{average['when'] or average['early']}", is_per=True)
    is_monthly = text.endswith("每月", 0, figure.start)
    return replace(unit, word=f"{unit.word}/月", is_per=True) if is_monthly else unit


def _people_behind(text: str, figure: Figure) -> Unit | None:
    """5.2万贫困人口, 30万农户: behind a myriad the noun stands for its unit."""
    if PEOPLE_BEHIND.match(text, figure.end):
        return Unit("人", figure.end, UnitKind.PEOPLE)
    return Unit("户", figure.end, UnitKind.COUNT) if HOMES_BEHIND.match(text, figure.end) else None


def _share_unit(figure: Figure) -> Unit | None:
    return Unit(figure.share, figure.end, UnitKind.SHARE) if figure.share else None


def _is_structure(text: str, figure: Figure, unit: Unit, behind: str | None) -> bool:
    """五大重点领域, 6个方面, 20项民心工程: parts of the plan itself; 百家企业 is its name."""
    if unit.kind is UnitKind.PARTS:
        return figure.value <= 30
    if behind or figure.upper is not None or unit.word not in {"个", "项", "类", "件", "家", "户", "条", "种"}:
        return False
    if figure.is_bare:
        return unit.word in {"家", "户"} and text[figure.start - 1 : figure.start] not in {"(", "/", ":"}
    if unit.word in {"类", "种"}:
        return figure.value <= 12 and not BUILDING.search(text[max(0, figure.start - 6) : figure.start])
    if unit.word in {"家", "户"} or figure.value > 60:
        return False
    noun = STRUCTURE_NOUN.match(text, unit.end)
    return (
        noun is not None
        and (figure.is_spoken or noun[0] not in {"企业", "体系", "机制", "设施", "对象", "工程", "任务"})
        and figure.value > 1
    )


def _is_meant(text: str, figure: Figure, unit: Unit, lead: int, before: str | None, behind: str | None) -> bool:
    """Whether a number in characters counts: 建成一个 and 九十家以上 do, 一个窗口 and 两个责任 do not."""
    if figure.is_bare and unit.kind is not UnitKind.MONEY:
        return False
    if before not in (None, "=") or behind or figure.upper is not None or unit.is_per:
        return not (figure.is_bare and before == "=")
    if unit.kind in SPOKEN_KINDS:
        return not figure.is_bare and unit.kind is not UnitKind.TIME
    if figure.value > 12:
        return True
    if (
        SMALL_IDIOMS.match(text[figure.start : unit.end])
        and figure.value == 1
        and unit.word not in {"个", "家", "座", "所", "处"}
    ):
        return False
    if figure.value == 1:
        return bool(
            re.search(r"(?:建成|新建|创建|设立|至少|培育|建设)$", text[max(0, lead - 4) : lead])
            and not re.match("批|系列", text[unit.end : unit.end + 2])
        )
    return bool(BUILDING.search(text[max(0, figure.start - 6) : figure.start]))


def _is_idle(text: str, figure: Figure, unit: Unit, lead: int, before: str | None, behind: str | None) -> bool:
    """Numbers with a unit that set nothing: durations inside words, marks to be given or taken, the 24小时 of a hotline."""
    if unit.kind is UnitKind.TIME:
        if unit.word == "年" and (1949 <= figure.value <= 2100 or text[lead - 1 : lead] in {"用", "经", "过"}):
            return True
        return (
            behind is None
            and before in (None, "=")
            and not re.search(r"(?:达到?|天数|时间|时限|期限|[至到为])$", text[max(0, figure.start - 4) : figure.start])
        )
    if unit.kind is UnitKind.RANK:
        return not (before or behind) or bool(re.search(r"[加减扣得记计]\w?$", text[max(0, lead - 2) : lead]))
    if unit.kind is UnitKind.AGE:
        return (
            behind is None
            and before is None
            and figure.upper is None
            and not re.search(r"(?:提高|增加|延长)$", text[max(0, lead - 4) : lead])
        )
    return False


def _bare(text: str, figure: Figure, before: str | None, lead: int) -> Quantity | None:
    """A number whose unit the text lost (企业8以上, 人员100,): damaged, nothing is put in its place."""
    if figure.is_spoken:
        noun = NO_UNIT_NOUN.match(text, figure.end)
        if noun is None or figure.is_bare or not 2 <= figure.value <= 20:
            return None
        unit = Unit("个", figure.end, UnitKind.PARTS)
        return Quantity(figure.start, noun.end(), figure.start, noun.end(), figure.value, unit, "=", is_structure=True)
    head = text[max(0, figure.start - 8) : figure.start]
    if not HAS_WORD_BEFORE.search(head) or NAMED_BEFORE.search(head) or not DAMAGED_BEHIND.match(text, figure.end):
        return None
    if figure.upper is not None or (1949 <= figure.value <= 2100 and text[figure.start : figure.end].isdigit()):
        return None
    behind, tail = tail_of(text, figure.end)
    is_damaged = UNITLESS.search(text, max(0, lead - 10), lead) is None
    sign = comparator_of(before, behind)
    return Quantity(figure.start, figure.end, lead, tail, figure.value, None, sign, is_damaged=is_damaged)
