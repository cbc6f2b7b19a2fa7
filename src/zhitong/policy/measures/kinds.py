"""What kind of quantity it is: growth, rate, increment, total, count, amount or a standard to be kept."""

from __future__ import annotations

import re

from zhitong.policy.measures.counting import Quantity
from zhitong.policy.measures.units import UnitKind

GROWTH = re.compile(
    r"(?:增长|增速|增幅|增加|提升|提高|下降|降低|降幅|减少|压减|压缩|缩减|递增|递减|递降|回落|涨幅|上升|"
    r"上涨|下调|上调|上浮|削减|节约|增值|改善|提速|精简|压降|下浮|缩短|减免|攀升)(?:率|幅度?|速度|比例|水平)?"
    r"(?:年均|均|分别|幅度|力争|同比|预期|目标|控制|保持|稳定)*$"
)
CUT = re.compile(
    r"(?:^|[、和及,]|同比|至少|大幅|力争)(?:压减|压缩|压降|精简|缩减|削减|减少|降低|节约|下调)[^、率比重占]{2,14}$"
)
"""压减一般性支出5%: the verb stands before what is made less."""
RAISED = re.compile(r"(?:提高|增加|上调|新增)$")
TO = re.compile(r"[到至]")
INCREMENT = re.compile(
    r"净增|新增(?!长)|新认定|新培育|新引进|新发展|新设立|新登记|新注册|新创建|"
    r"(?<![或和、])新建(?![、和及或]?(?:改|扩|续|提升|、))|增加(?![到至值])|新入库|再(?:新建|培育)|新纳入"
)
GAINED = re.compile(r"净增|新增(?!长)|增加(?![到至值])")
TOTAL = re.compile(r"总数|总量|总额|累计|总规模|保有量|存量|拥有|总面积|总里程|总人数|总值|总产值|规模$|余额|库存")
STANDARD = re.compile(r"标准|补助|补贴|待遇|保费|工资|底线|限值|浓度|门槛|奖励|奖补")
PERIOD_TARGET = re.compile(r"天数")


def kind_of(quantity: Quantity, words: str, compared: str) -> str:
    """The kind of a quantity; `words` stand before it, `compared` are the comparing words between (提高到)."""
    kind = quantity.kind
    if quantity.unit is None and not quantity.is_damaged:
        return "rate" if words.endswith("比") else "standard"
    if kind is UnitKind.SHARE:
        return "growth_rate" if _grows(words, compared) else "rate"
    if kind is UnitKind.POINTS:
        return "increment"
    if kind is UnitKind.TIMES:
        return _times(words)
    if kind is UnitKind.TIME:
        return "count" if PERIOD_TARGET.search(words) else "standard"
    if kind in (UnitKind.AGE, UnitKind.RANK):
        return "standard"
    if kind is UnitKind.MONEY and RAISED.search(words) and not TO.search(compared):
        return "increment"
    if kind is UnitKind.MONEY and ((quantity.unit and quantity.unit.is_per) or STANDARD.search(words)):
        return "standard"
    return _of_things(quantity, words)


def _of_things(quantity: Quantity, words: str) -> str:
    if words.endswith("前"):
        return "standard"
    if (GAINED if quantity.kind is UnitKind.MONEY else INCREMENT).search(words):
        return "increment"
    if TOTAL.search(words):
        return "total"
    if quantity.kind in (UnitKind.MONEY, UnitKind.SIZE):
        return "standard" if quantity.unit and "/" in quantity.unit.word and STANDARD.search(words) else "amount"
    return "count"


def _grows(words: str, compared: str) -> bool:
    return (GROWTH.search(words) or CUT.search(words)) is not None and not (TO.search(compared) and "达到" not in compared)


def _times(words: str) -> str:
    if STANDARD.search(words):
        return "standard"
    return "growth_rate" if re.search(r"增长|增加|翻|提高|提升|扩大", words) else "rate"
