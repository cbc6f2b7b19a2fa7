"""Whose concern a quantity is: a target, objects to be served, money put in, a threshold that only selects, the plan's own parts."""

from __future__ import annotations

import re

from zhitong.policy.measures.counting import BUILDING, Quantity
from zhitong.policy.measures.units import UnitKind
from zhitong.policy.measures.words import NEW_CLAUSE

COVERED = re.compile(
    r"帮扶|分包|包联|包保|联系服务|走访|监管|管护|维护|扶持|对接服务|^针对|针对$|^选取|重点服务|精准服务|"
    r"服务(?=\d)|一对一|联系(?:服务)?$|包抓|服务企业|结对|巡查|监测|纳入(?:管理|监管)"
)
FOR_EMPHASIS = re.compile(r"为(?:重点|对象|主体)$")
SERVING_TITLE = re.compile(r"帮扶|精准服务|服务(?:重点)?(?:企业|项目)|包联|分级监管")
MONEY_IN = re.compile(
    r"(?:总投资|计划投资|投资|投入|安排|拨付|筹集|筹措|下达|落实|争取|设立|配套|专项资金|债券|国债|财政资金|奖补|"
    r"奖励|给予|补助|补贴|资金|基金)[^,。;]{0,10}$"
)
MONEY_OUT = re.compile(
    r"固定资产投资|民间投资|工业投资|完成投资|技改投资|投资额?(?:增长|完成)|到位资金|引进资金|利用(?:外资|"
    r"内资)|合同|收入|产值|增加值|总额|税收|标准|成本|生产总值|消费|进出口|销售|贸易|贷款余额|交易额|营业|"
    r"利润"
)
FUND = re.compile(r"(?:规模)?的?[^,。;、\d]{0,10}(?:资金|基金|补助|补贴|奖励)")
THINGS = re.compile(r"的?[^,。;、\d资]{0,6}(?:企业|项目|产业|集群|园区|工程)")
CAPACITY = re.compile(r"蒸吨|千瓦|兆瓦|千伏安|平方米|亩|立方米|吨(?!标)")
DESCRIBED = re.compile(r"(?:总投资|计划投资|[、的。,]投资|^投资)额?(?:约|近)?$")
AS_STANDARD = re.compile(r"的?(?:标准|比例|规格|额度)")
FOR_LONG = re.compile(r"(?:满|连续|从事|毕业|工作|居住|缴费|取得|任职|运行|成立|参保|逾期|持续)[^,。;、\d]{0,8}$")
EXTENT = re.compile(r"(?:全长|总长|库容|占地面积|占地)(?:约)?$")
FAILED = re.compile(r"(?:未|仍未|没有|不)[^,。;、\d]{1,14}的")
NEAR_THINGS = re.compile(r"的?[^,。;、:\d()]{1,12}")
IN_A_ROW = re.compile(r"[、至和,-]?|[、,]?(?:或者?|且)[^,。;\d]{0,8}")
SELECTS_OBJECTS = re.compile(r"的?(?!以|并|用于|其中|左右|较|比|占)[一-鿿“A-Z]")
SELECTED = re.compile(
    r"(?:的)?[^,。;、\d]{0,10}(?:企业|单位|村|自然村|社区|场所|机构|小区|项目|商场|超市|园区|市场|学校|"
    r"工程|产业|污水处理厂|建筑|老年人|老人|人员|人口|群众|居民|人才|户|河流|水库|病害|锅炉|机组|车辆|"
    r"船舶|大班额|班额)"
)


def is_qualifier(text: str, quantity: Quantity, following: Quantity | None, *, is_counted: bool) -> bool:
    """Whether a value only selects objects: 超9亿元的企业, 亿元以上项目, 60周岁以上老年人, 1亿元以上、10亿元以下企业.

    `following` is the qualifier that stands next, for thresholds in a row; `is_counted` says that a number of things
    stands right behind (10亿元以上|30个).
    """
    kind = quantity.kind
    if kind in (UnitKind.SHARE, UnitKind.POINTS, UnitKind.TIMES) or quantity.unit is None:
        return False
    if kind is UnitKind.AGE and quantity.comparator == "range":
        return True
    if following is not None and IN_A_ROW.fullmatch(text, quantity.tail, following.lead):
        return _is_bounded(quantity) or "或" in text[quantity.tail : following.lead]
    if kind is UnitKind.MONEY and (FUND.match(text, quantity.tail) and not is_counted):
        return False
    if _describes(text, quantity):
        return True
    if kind in (UnitKind.SIZE, UnitKind.MONEY, UnitKind.TIME) and AS_STANDARD.match(text, quantity.tail):
        return False
    if is_counted and kind in (UnitKind.MONEY, UnitKind.AGE):
        return _is_bounded(quantity)
    before = text[max(0, quantity.lead - 6) : quantity.lead]
    is_done = BUILDING.search(before) is not None and not before.endswith("投资")
    if is_done and not (kind is UnitKind.MONEY and THINGS.match(text, quantity.tail)):
        return False
    if kind in (UnitKind.MONEY, UnitKind.SIZE, UnitKind.TIME, UnitKind.AGE):
        return _selects(text, quantity)
    return (
        _is_bounded(quantity)
        and quantity.unit.word in {"人", "户", "张", "床", "头", "只", "班"}
        and SELECTED.match(text, quantity.tail) is not None
    )


def _describes(text: str, quantity: Quantity) -> bool:
    """总投资50亿元的产业园, 80—89周岁, 毕业2年以上, 3次以上未完成的: what the things are like that are spoken of."""
    if quantity.kind is UnitKind.MONEY and quantity.comparator == "=" and text.startswith("的", quantity.tail):
        return DESCRIBED.search(text, max(0, quantity.lead - 6), quantity.lead) is not None
    if quantity.kind is UnitKind.TIME and quantity.comparator == ">=" and quantity.tail > quantity.end:
        return FOR_LONG.search(text, max(0, quantity.lead - 10), quantity.lead) is not None
    if quantity.kind is UnitKind.SIZE and quantity.comparator == "=":
        return EXTENT.search(text, max(0, quantity.lead - 6), quantity.lead) is not None
    return _is_bounded(quantity) and quantity.kind is UnitKind.COUNT and FAILED.match(text, quantity.tail) is not None


def sizes_things(text: str, quantity: Quantity, counted: Quantity) -> bool:
    """Whether a size only selects what is counted behind it: 35蒸吨以下锅炉|120台, 3000平方米以上的文化馆|1座."""
    return (
        quantity.kind is UnitKind.SIZE
        and counted.kind is UnitKind.COUNT
        and _is_bounded(quantity)
        and quantity.tail > quantity.end
        and quantity.unit is not None
        and CAPACITY.match(quantity.unit.word) is not None
        and NEAR_THINGS.fullmatch(text, quantity.tail, counted.lead) is not None
    )


def _is_bounded(quantity: Quantity) -> bool:
    return quantity.comparator != "=" and (quantity.comparator != "range" or quantity.kind is UnitKind.AGE)


def _selects(text: str, quantity: Quantity) -> bool:
    if not SELECTS_OBJECTS.match(text, quantity.tail) or NEW_CLAUSE.match(text, quantity.tail):
        return False
    if quantity.unit is not None and (
        quantity.unit.is_per or (quantity.kind is UnitKind.TIME and quantity.comparator == "<=")
    ):
        return False
    return _is_bounded(quantity) or (quantity.kind is UnitKind.AGE and text[quantity.tail] == "的")


def class_of(quantity: Quantity, before: str, behind: str, clause: str, title: str) -> str:
    """The class of a quantity that sets something; `before` and `behind` are its own words, `clause` all around it."""
    if quantity.is_structure:
        return "structure"
    if quantity.kind is UnitKind.MONEY:
        is_put_in = MONEY_IN.search(before) is not None or FUND.match(behind) is not None
        is_per = quantity.unit is not None and quantity.unit.is_per
        return "input" if is_put_in and not is_per and not MONEY_OUT.search(before) else "target"
    if quantity.kind not in (UnitKind.COUNT, UnitKind.PEOPLE):
        return "target"
    is_serving = COVERED.search(before) or COVERED.search(behind) or FOR_EMPHASIS.search(clause)
    return "coverage" if is_serving or (SERVING_TITLE.search(title) and not BUILDING.search(before)) else "target"
