"""The columns a kind of upload knows: what their heads are called, what their cells hold. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from zhitong.domain.cards.rules.templates import Template
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.staffing import LONGEST_UNIT, OPENED
from zhitong.domain.subjects.rules.describing import SUB_KINDS
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.kit.sheets.table import plain

WAN = 10_000
ID, VERSION = "id", "version"
ROUND = "round"
"""What must be chosen with a table of cards."""
FIELD = "field_"
"""Stands before the code of a field of a card in the code of its column."""


class Shape(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    MONEY = "money"
    DAY = "day"
    CHOICE = "choice"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head in the template, other words its head is known by, whether a row needs it, an example."""

    code: str
    label: str
    words: tuple[str, ...] = ()
    shape: Shape = Shape.TEXT
    needed: bool = False
    options: tuple[str, ...] = ()
    example: str = ""
    longest: int = 200

    @property
    def head(self) -> str:
        """The head as the template prints it: needed ones are starred."""
        return f"{self.label}*" if self.needed else self.label


_HIDDEN = (Column(ID, "系统编号", shape=Shape.HIDDEN), Column(VERSION, "系统版本", shape=Shape.HIDDEN))
_NAME_WORDS = ("企业名称", "单位名称", "项目名称", "平台名称", "公司名称", "名称", "企业", "公司", "单位")
_CODE_WORDS = ("信用代码", "社会信用", "项目代码", "机构代码", "税号", "代码")

SUBJECTS = (
    Column("name", "名称", _NAME_WORDS, needed=True, longest=120, example="演示石化设备有限公司"),
    Column("code", "统一社会信用代码（项目代码）", _CODE_WORDS, needed=True, longest=40, example="91130900MA0000001B"),
    Column("kind", "类别", ("对象类别", "企业类别", "类型"), Shape.CHOICE, needed=True,
           options=tuple(kind.label for kind in SubjectKind), example=SubjectKind.INDUSTRY.label),
    Column("region", "属地", ("所在地区", "所属区域", "所属地区", "所在县区", "区划", "地区", "乡镇", "县区"), needed=True, longest=60),
    Column("sub_kind", "小类", ("小类", "平台类型"), Shape.CHOICE,
           options=tuple(word.label for words in SUB_KINDS.values() for word in words)),
    Column("stage", "项目阶段", ("阶段",), Shape.CHOICE, options=tuple(stage.label for stage in ProjectStage)),
    Column("importance", "重点级别", (), Shape.CHOICE, options=tuple(rank.label for rank in Rank)),
    Column("industry", "行业", ("所属行业", "行业类别"), longest=60, example="C26或化学原料和化学制品制造业"),
    Column("revenue_cny", "上年营业收入（万元）", ("主营业务收入", "营业收入", "营收", "年收入"), Shape.MONEY, example="12000.5"),
    Column("investment_cny", "总投资（万元）", ("计划投资", "总投资", "投资额"), Shape.MONEY),
    Column("progress_words", "形象进度", ("工程进度", "进展情况"), longest=400),
    Column("planned_start_on", "计划开工", ("计划开工",), Shape.DAY),
    Column("started_on", "实际开工", ("开工日期", "开工时间"), Shape.DAY),
    Column("planned_finish_on", "计划竣工", ("计划竣工", "计划投产"), Shape.DAY),
    Column("finished_on", "实际竣工", ("竣工日期", "竣工时间"), Shape.DAY),
    Column("address", "经营地址", ("详细地址", "地址", "住所")),
    Column("contact", "联系人", ("联系人",), longest=40),
    Column("contact_phone", "联系电话", ("电话", "手机"), longest=30),
    Column("code_reason", "代码说明", ("代码备注",), example="代码校验不符但确实如此时写明原因"),
    Column("alike_reason", "相似说明", example="与已登记的相近但不是同一户时写明理由"),
    *_HIDDEN,
)
CARE = (
    Column("name", "企业名称", _NAME_WORDS, longest=120),
    Column("code", "统一社会信用代码（项目代码）", _CODE_WORDS, needed=True, longest=40),
    Column("tier", "帮扶层级", ("层级", "级别"), Shape.CHOICE, options=tuple(rank.label for rank in Rank)),
    Column("unit", "帮包单位", ("包联单位", "帮扶单位", "责任单位", "分包单位"), needed=True, longest=60),
    Column("lead_official", "分包领导", ("包联领导", "帮扶领导", "领导"), needed=True, longest=40),
    Column("person_in_charge", "责任人", ("包联干部", "帮扶干部", "联系人"), needed=True, longest=40),
    Column("person_phone", "责任人电话", ("责任人手机", "干部电话"), longest=30),
    Column("liaison", "联络员", (), longest=40),
    Column("liaison_phone", "联络员电话", ("联络员手机",), longest=30),
    Column("reason", "变更理由", ("理由",)),
)
LEDGER = (
    Column("firm", "企业名称", (*_NAME_WORDS, "诉求主体", "反映人"), needed=True, longest=120),
    Column("code", "统一社会信用代码", _CODE_WORDS, longest=40),
    Column("text", "反映事项", ("问题内容", "诉求内容", "反映问题", "具体问题", "问题描述", "内容", "事项", "问题", "诉求"), needed=True,
           longest=5000),
    Column("happened", "反映日期", ("受理时间", "反映时间", "登记时间", "收到时间", "日期", "时间"), Shape.DAY, needed=True),
    Column("unit", "承办单位", ("责任单位", "办理单位", "牵头单位"), longest=120),
    Column("state", "办理状态", ("办理情况", "是否办结", "状态", "进度"), longest=60),
    Column("result", "办理结果", ("处理结果", "解决情况", "答复内容", "结果", "答复"), longest=2000),
    Column("category", "问题类别", ("类别", "分类"), longest=60),
    Column("region", "属地", ("所在地区", "地区", "乡镇", "县区"), longest=60),
)
UNITS = (
    Column("region", "所在区划", ("所在区划", "区划", "属地", "地区"), needed=True, longest=60),
    Column("unit", "单位全称", ("单位全称", "单位名称", "单位", "部门", "机构", "名称"), needed=True, longest=LONGEST_UNIT,
           example="演示市演示工作专班"),
    Column("kind", "单位类别", ("单位类别", "类别", "性质", "类型"), Shape.CHOICE, needed=True,
           options=tuple(kind.label for kind in OPENED)),
)
PEOPLE = (
    Column("unit", "单位", ("单位", "部门", "机构"), needed=True, longest=120, example="任选本辖区一个单位的全称"),
    Column("name", "姓名", ("姓名", "名字"), needed=True, longest=40, example="演示甲"),
    Column("title", "职务", ("职务", "职位", "岗位"), needed=True, longest=60, example="科员"),
    Column("phone", "手机", ("手机", "电话", "联系方式"), needed=True, longest=30, example="13800000000"),
)
OWING = Column("owing", "应报单位", longest=120)
"""Who owes a card, for people to read; the code or the hidden number says whose card it is."""
FIRM_CODE = Column("code", "统一社会信用代码（项目代码）", _CODE_WORDS, longest=40)


def columns_of_card(form: Template) -> tuple[Column, ...]:
    """A column for each field of a card, after those that say whose card it is; the number of the template stands hidden."""
    fields = (
        Column(f"{FIELD}{one.code}", f"{one.label}（{one.unit}）" if one.unit else one.label, (one.label,),
               options=tuple(option.label for option in one.options), longest=one.longest)
        for one in form.fields()
    )  # fmt: skip
    return (OWING, FIRM_CODE, *fields, Column(ID, "系统编号", shape=Shape.HIDDEN))


FIXED: Mapping[UploadKind, tuple[Column, ...]] = {
    UploadKind.SUBJECTS: SUBJECTS, UploadKind.CARE: CARE, UploadKind.LEDGER: LEDGER,
    UploadKind.UNITS: UNITS, UploadKind.PEOPLE: PEOPLE,
}
"""Those of cards come with the template of their round."""

Mapped = dict[str, str]
"""For each head the code of its column; empty for what is kept as it was sent and not read."""


def words_of(columns: Iterable[Column]) -> frozenset[str]:
    """What heads of such a table are likely to hold."""
    return frozenset(word for column in columns for word in (plain(column.label), *column.words))


def mapping_guessed(heads: Sequence[str], columns: Sequence[Column], kept: Mapping[str, str]) -> Mapped:
    """What each head means: as a person said before, else by its label, else by its words; no column twice."""
    known = {column.code for column in columns}
    found = {head: kept[head] for head in heads if head in kept and kept[head] in known | {""}}
    for fits in (_is_label, _has_word):
        for column in columns:
            if column.code in found.values():
                continue
            head = next((head for head in heads if head and head not in found and fits(column, plain(head))), None)
            if head is not None:
                found[head] = column.code
    return {head: found.get(head, "") for head in heads if head}


def _is_label(column: Column, head: str) -> bool:
    return head == plain(column.label)


def _has_word(column: Column, head: str) -> bool:
    bare = re.sub(r"\(.*?\)", "", head)
    return any(word in bare for word in column.words)


def mark_of(heads: Iterable[str]) -> str:
    """What tells sets of heads apart, whatever their order."""
    return hashlib.sha256("\n".join(sorted(heads)).encode()).hexdigest()
