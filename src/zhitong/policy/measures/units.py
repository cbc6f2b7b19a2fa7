"""What is counted: measure words and units by kind, and how they stand behind a number (个(条), 元/人/年, 个百分点)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class UnitKind(Enum):
    """What a unit measures."""

    SHARE = "share"
    POINTS = "points"
    TIMES = "times"
    MONEY = "money"
    SIZE = "size"
    COUNT = "count"
    PEOPLE = "people"
    TIME = "time"
    AGE = "age"
    RANK = "rank"
    PARTS = "parts"


WORDS = {
    UnitKind.SHARE: "% ‰ /10万 /十万",
    UnitKind.POINTS: "个百分点 百分点",
    UnitKind.TIMES: "倍 番",
    UnitKind.MONEY: "元 美元 欧元 日元 港元 港币",
    UnitKind.SIZE: (
        "平方公里 平方千米 平方米 平米 平方 ㎡ 立方米 立方 亿立方米 公里 千米 km 米 公顷 亩 吨标准煤 吨标煤 "
        "吨 公斤 千克 克 斤 升 "
        "千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 kW MW GW 度 千伏安 兆伏安 伏安 蒸吨 标准立方米 微克 毫克 标准箱 标箱 "
        "TEU 车公里 人公里 吨公里 分贝 dB 兆 Mbps Gbps "
        "μg/m³ μg/m3 µg/m³ µg/m3 ug/m³ ug/m3 mg/L"
    ),
    UnitKind.COUNT: (
        "家 户 个 项 套 座 处 条 所 次 场次 场 件 台套 台 辆 艘 架 间 栋 幢 片 块 只 头 羽 株 棵 张 部 种 类 "
        "批次 期 轮 对 例 宗 起 笔 篇 册 "
        "本 份 门 支 组 班次 班列 班 眼 口 盏 面 列 趟 航次 车位 泊位 床位 学位 岗位 机位 村 乡镇 社区 亿株 "
        "枚 根 副 桶 箱 幅 首 专列 车次 标段 款 站 棚 井 孔 段 环 例次 件次 台次 户次 "
        "家次 辆次 架次 人份 课时 学时 字 页 层 盘 粒 尾 匹 机组 个班"
    ),
    UnitKind.PEOPLE: "人次 人 名 位",
    UnitKind.TIME: "个年度 个工作日 工作日 个自然日 自然日 个月 个小时 小时 个季度 分钟 周 天 日 年",
    UnitKind.AGE: "周岁 岁",
    UnitKind.RANK: "分",
    UnitKind.PARTS: "大",
}  # fmt: skip
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split()}
PLAIN = {
    "个工作日": "工作日",
    "个自然日": "自然日",
    "百分点": "个百分点",
    "个小时": "小时",
    "大": "个",
    "/十万": "/10万",
    "个年度": "年",
    "dB": "分贝",
    "mg/L": "毫克/升",
    **dict.fromkeys(("μg/m³", "μg/m3", "µg/m³", "µg/m3", "ug/m³", "ug/m3"), "微克/立方米"),
    "㎡": "平方米",
    "平米": "平方米",
    "千米": "公里",
    "km": "公里",
}
"""One word where papers print two; the figures stay as they are."""

_WORD = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_PER = (
    "立方米|平方米|平方公里|万元|万人|千人|百人|人次|小时|分钟|工作日|人|户|亩|年|月|日|天|周|吨|公里|米|升|"
    "个|台|辆|座|床|张|村|名|所|头|例|项|件|次|公顷|斤|套|间|学期|班|家|度|千瓦时"
)
UNIT = re.compile(
    rf"(?P<word>{_WORD})(?P<also>\((?:{_WORD})(?:[、/](?:{_WORD}))*\))?(?P<per>(?:[/每·.](?:{_PER})){{1,3}})?"
)
FOLLOWS_NOT = {
    word: re.compile(signs)
    for word, signs in {
        "年": "度|底|末|内|来|级|代|初|中",
        "日": "常",
        "米": "袋|面",
        "面": "[对向临积]",
        "人": "[才员民均口]|社局|工智能|大代",
        "分": "[类级别为工布散析步期批局解担享管]",
        "对": "[外接标口全符]",
        "期": "工程|项目|间|末",
        "部": "[门署分]",
        "位": "[一于置]",
        "场": "[所地馆]",
        "站": "式",
        "班": "子",
        "类": "似",
        "门": "户",
        "口": "径",
        "组": "织",
        "家": "庭",
        "户": "外",
        "次": "全会|会议",
        "环": "境|保|节",
        "层": "级",
        "字": "号",
        "本": "[级地市县省区]",
        "支": "[持撑出部]",
        "种": "[植养业]",
        "条": "例",
        "大": "[力会于学型数]",
    }.items()
}
"""Signs behind which the word is no unit but the head of another word (3年底, 5人才, 第3次全会)."""


@dataclass(frozen=True)
class Unit:
    """`word` as it is compared (元/人/年), where it ends, and what it measures."""

    word: str
    end: int
    kind: UnitKind
    is_per: bool = False


def unit_at(text: str, start: int) -> Unit | None:
    """The unit printed at this place; None where there is none."""
    found = UNIT.match(text, start)
    if found is None:
        return None
    word = found["word"]
    if found["also"] is None and _heads_another_word(word, text, found.end("word")):
        return None
    per = (found["per"] or "").replace("每", "/").replace("·", "/").replace(".", "/")
    return Unit(PLAIN.get(word, word) + (found["also"] or "") + per, found.end(), KINDS[word], bool(per))


def _heads_another_word(word: str, text: str, end: int) -> bool:
    tell = FOLLOWS_NOT.get(word)
    return tell is not None and tell.match(text, end) is not None
