"""Our fields by what one row is: what each is called, by which words heads ask for it, what its cells hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from zhitong.domain.blanks.rules.kinds import Grain


class Shape(Enum):
    """What a field holds: text, a whole number, yuan, a ratio of 0 to 1, a day, yes or no."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    RATIO = "ratio"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One of our fields: `words` are parts of heads that ask for it, the longest that fits decides."""

    code: str
    label: str
    words: tuple[str, ...] = ()
    shape: Shape = Shape.TEXT


SEQUENCE = Field("sequence", "序号", ("序号",), Shape.WHOLE)
_REGION = ("所属地区", "所在地区", "所属县区", "所在县区", "属地", "县区", "县（市、区）", "地区", "乡镇", "辖区")
_NAME = ("企业名称", "单位名称", "项目名称", "项目单位", "公司名称", "企业（项目）名称", "名称", "企业", "公司", "诉求主体")
_CODE = ("统一社会信用代码", "信用代码", "机构代码", "税号", "项目代码")
_KIND = ("企业类别", "企业类型", "对象类别", "主体类型")
_CARE = (
    Field("lead_official", "分包领导", ("分包领导", "包联领导", "帮扶领导", "包保领导", "领导")),
    Field("caring_unit", "帮包单位", ("帮包单位", "包联单位", "帮扶单位", "分包单位", "包保单位")),
    Field("person_in_charge", "责任人", ("责任人", "包联干部", "帮扶干部", "联络员")),
    Field("person_phone", "责任人电话", ("责任人电话", "责任人联系方式", "干部电话", "联络员电话")),
)
PROBLEM = (
    SEQUENCE,
    Field("number", "问题编号", ("问题编号", "台账编号", "工单编号", "编号")),
    Field("name", "企业名称", _NAME),
    Field("code", "统一社会信用代码", _CODE),
    Field("region", "属地", _REGION),
    Field("kind", "对象类别", _KIND),
    Field("category", "问题类别", ("问题类别", "问题类型", "诉求类别", "诉求类型", "问题分类", "类别", "类型")),
    Field("text", "问题内容", ("问题内容", "反映问题", "存在问题", "具体问题", "问题描述", "诉求内容", "反映事项", "主要诉求",
                              "困难和问题", "问题及诉求", "主要问题", "内容", "事项", "诉求", "问题")),
    Field("source", "来源", ("问题来源", "反映渠道", "来源", "渠道")),
    Field("submitted_on", "反映时间", ("反映时间", "反映日期", "提出时间", "受理时间", "受理日期", "收集时间", "登记时间",
                                       "收到时间"), Shape.DAY),
    Field("unit", "承办单位", ("承办单位", "责任单位", "牵头单位", "办理单位", "主办单位", "责任部门", "牵头部门")),
    Field("state", "办理状态", ("办理状态", "办理情况", "办理进度", "进展情况", "状态", "进度", "进展")),
    Field("is_settled", "是否办结", ("是否办结", "是否解决", "是否完成", "是否销号"), Shape.YES_NO),
    Field("outcome", "办理结果", ("办理结果", "解决情况", "处理结果", "结果")),
    Field("answer", "答复内容", ("答复内容", "答复情况", "办理措施", "解决措施", "具体措施", "措施", "答复")),
    Field("answered_on", "答复时间", ("答复时间", "办结时间", "办结日期", "完成时间", "解决时间"), Shape.DAY),
    Field("due_on", "办理时限", ("办理时限", "办结时限", "完成时限", "解决时限", "时限"), Shape.DAY),
    Field("is_overdue", "是否超期", ("是否超期", "是否逾期", "是否超时"), Shape.YES_NO),
    Field("rating", "企业评价", ("企业评价", "满意度", "是否满意", "评价")),
    *_CARE,
)
SUBJECT = (
    SEQUENCE,
    Field("name", "名称", _NAME),
    Field("code", "统一社会信用代码", _CODE),
    Field("kind", "类别", (*_KIND, "类别", "类型")),
    Field("region", "属地", _REGION),
    Field("industry", "行业", ("所属行业", "行业类别", "行业")),
    Field("tier", "帮扶层级", ("帮扶层级", "层级", "级别")),
    Field("stage", "项目阶段", ("项目阶段", "建设阶段", "阶段")),
    Field("address", "经营地址", ("经营地址", "详细地址", "地址", "住所")),
    Field("revenue_cny", "上年营业收入", ("上年营业收入", "上年主营业务收入", "年营业收入", "年收入"), Shape.MONEY),
    Field("investment_cny", "总投资", ("总投资", "计划投资", "投资额"), Shape.MONEY),
    Field("invested_cny", "完成投资", ("完成投资", "累计投资"), Shape.MONEY),
    Field("progress_words", "形象进度", ("形象进度", "工程进度", "建设进展", "进展情况")),
    Field("planned_start_on", "计划开工", ("计划开工",), Shape.DAY),
    Field("started_on", "实际开工", ("开工时间", "开工日期", "实际开工"), Shape.DAY),
    Field("planned_finish_on", "计划竣工", ("计划竣工", "计划投产"), Shape.DAY),
    Field("finished_on", "实际竣工", ("竣工时间", "竣工日期", "实际竣工", "投产时间"), Shape.DAY),
    Field("figure_revenue_cny", "营业收入（最近一期）", ("主营业务收入", "营业收入", "营收"), Shape.MONEY),
    Field("figure_profit_cny", "利润总额（最近一期）", ("利润总额", "利润"), Shape.MONEY),
    Field("figure_tax_cny", "上缴税金（最近一期）", ("上缴税金", "实缴税金", "税金", "税收", "纳税"), Shape.MONEY),
    Field("figure_assets_cny", "资产总额（最近一期）", ("资产总额", "总资产"), Shape.MONEY),
    Field("figure_liabilities_cny", "负债总额（最近一期）", ("负债总额", "总负债"), Shape.MONEY),
    Field("figure_employees", "从业人数（最近一期）", ("从业人数", "职工人数", "员工人数", "用工人数", "总人数"), Shape.WHOLE),
    *_CARE,
    Field("reported", "反映问题件数", ("反映问题", "提出问题", "问题数", "诉求数", "问题件数"), Shape.WHOLE),
    Field("settled", "办结件数", ("已办结", "已解决", "办结数", "解决数", "办结", "解决"), Shape.WHOLE),
    Field("unsettled", "未办结件数", ("未办结", "未解决", "办理中", "在办"), Shape.WHOLE),
)
_NUMBERS = (
    Field("reported", "收集问题数", ("收集问题数", "问题总数", "受理总数", "问题数", "收集", "受理", "反映", "交办", "总数", "件数",
                                "合计"), Shape.WHOLE),
    Field("settled", "办结数", ("已办结", "已解决", "办结数", "解决数", "完成数", "销号", "办结", "解决"), Shape.WHOLE),
    Field("unsettled", "未办结数", ("未办结", "未解决", "办理中", "正在办理", "在办", "未完成"), Shape.WHOLE),
    Field("overdue", "超期数", ("超期", "逾期", "超时"), Shape.WHOLE),
    Field("due_soon", "临期数", ("临期", "即将到期"), Shape.WHOLE),
    Field("settled_rate", "办结率", ("办结率", "解决率", "完成率", "销号率"), Shape.RATIO),
)
_MOVED = (
    Field("new_in_period", "本期新增", ("本期新增", "本月新增", "本周新增", "本季新增", "新增", "本月收集",
                                     "本月受理", "本期收集"), Shape.WHOLE),
    Field("settled_in_period", "本期办结", ("本期办结", "本月办结", "本周办结", "本季办结", "本月解决", "本期解决"), Shape.WHOLE),
)
REGION = (SEQUENCE, Field("region", "地区", (*_REGION, "单位", "市县")), *_NUMBERS, *_MOVED)
UNIT = (
    SEQUENCE, Field("unit", "单位", ("承办单位", "责任单位", "牵头单位", "单位名称", "部门", "单位")),
    *(field for field in _NUMBERS if field.code != "due_soon"),
)
CATEGORY = (SEQUENCE, Field("category", "问题类别", ("问题类别", "问题类型", "诉求类别", "类别", "类型", "分类")),
            *(field for field in _NUMBERS if field.code not in ("overdue", "due_soon")))

FIELDS: Mapping[Grain, tuple[Field, ...]] = {
    Grain.PROBLEM: PROBLEM, Grain.SUBJECT: SUBJECT, Grain.REGION: REGION, Grain.UNIT: UNIT, Grain.CATEGORY: CATEGORY,
}
NAMED_BY: Mapping[Grain, str] = {
    Grain.PROBLEM: "number", Grain.SUBJECT: "name", Grain.REGION: "region", Grain.UNIT: "unit", Grain.CATEGORY: "category",
}
"""The field by which a printed row says what it is about."""
GAPS = (
    Field("own_unit", "填报单位", ("填报单位", "报送单位", "上报单位", "填表单位", "单位名称", "单位")),
    Field("own_person", "填报人", ("填报人", "填表人", "制表人", "报送人", "经办人", "联系人")),
    Field("own_region", "地区", ("填报地区", "地区", "县区")),
    Field("cut_off", "截止日期", ("统计截止", "截止时间", "截止日期", "截至", "填报时间", "填报日期", "填表日期", "填表时间", "报送时间",
                                 "报送日期", "日期", "时间"), Shape.DAY),
    Field("cut_off_year", "截止日期的年", (), Shape.WHOLE),
    Field("cut_off_month", "截止日期的月", (), Shape.WHOLE),
    Field("cut_off_day", "截止日期的日", (), Shape.WHOLE),
    *(replace(one, words=(*one.words, "共", "总计")) if one.code == "reported" else one for one in _NUMBERS), *_MOVED,
)
"""What a gap within a text can ask for: who fills in, when, and figures of the whole territory."""


def field_of(fields: tuple[Field, ...], code: str) -> Field | None:
    """The field with a code."""
    return next((field for field in fields if field.code == code), None)


def heads_words() -> frozenset[str]:
    """What heads of tables from above are likely to hold."""
    return frozenset(word for fields in FIELDS.values() for field in fields for word in field.words) | {"备注", "说明"}
