"""Whom or where a quantity holds for: levels (省级以上), kinds of places (县城, 农村), networks (高速公路)."""

from __future__ import annotations

import re

from zhitong.policy.measures.words import VERB

LEVEL = re.compile(
    r"(?:国家|省|市|县|区|乡镇|镇|村|自治区|盟|旗|地)(?:、?(?:省|市|县|区|乡镇?|镇|村))*级(?:及?以上)?|"
    r"国家级(?:及以上)?|省市级?(?=重点|项目|示范|创业)|(?<![一-鿿])[省市县区](?=重点(?!.{0,2}(?:领域|行业|"
    r"产业)))"
)
PLACE = re.compile(
    r"各市县区?|各(?:设区|地级)?市(?:\([^()]{1,16}\))?|各县(?:\([^()]{1,12}\))?|设区市建成区|设区的?市|"
    r"县\((?:市|市、区|区|区、市)\)|县城(?:\(建成区\))?|地级(?:及以上)?城市(?:建成区)?|县级城市|"
    r"中心城区|主城区|城市建成区|城市主城区|建成区|城市区|城区和各?园区|城区|港城区|城市轨道交通|城乡|"
    r"城镇(?!化)|城市|县域|农村|乡村|贫困地区|脱贫地区|山区|平原地区|革命老区|"
    r"普通干线公路|普通国省道|国省干线|主干公路|高速公路|铁路|旅游|园区|开发区|社区|街道|全省|全市|全县|全区|全国"
)
NETWORK = re.compile(r"普通干线公路|普通国省道|国省干线|主干公路|高速公路|铁路|城市轨道交通")
"""Places that are themselves what is built."""
WIDE = frozenset(
    {"全省", "全市", "全县", "全区", "全国", "城乡", "社区", "街道", "园区", "开发区", "旅游", "铁路", "高速公路"}
)
"""Too wide to tell a quantity from its neighbour, or part of the thing counted: no scope unless it opens the words."""
WHOLE = frozenset({"全省", "全市", "全县", "全区", "全国"})


BEGINS = re.compile(rf"(?:{VERB}|[的、和在对]|{VERB}[、和或]{VERB})$")
"""What a place may stand behind: a verb or a joint, so that it opens what is counted."""


def scope_in(words: str) -> str | None:
    """The scope printed in the words of one quantity; a level before a place."""
    level = LEVEL.search(words)
    for found in PLACE.finditer(words):
        if found.start() > 2 and not BEGINS.search(words[: found.start()]):
            continue
        if level and not found.start() <= level.start() < found.end():
            break
        if found[0] in WHOLE or (found[0] in WIDE and found.start()):
            continue
        return re.sub(r"[,、]下同", "", found[0])
    return level[0] if level else None


NO_PLACES = (
    "地区",
    "小区",
    "社区",
    "片区",
    "棚户区",
    "示范区",
    "景区",
    "库区",
    "厂区",
    "校区",
    "病区",
    "灌区",
    "林区",
    "保护区",
    "功能区",
    "服务区",
    "集聚区",
    "试验区",
    "先行区",
    "各县",
    "各市",
)
KIND_OF_PARK = re.compile(r"(?:绿色|智慧|产业|工业|科技|物流|化工|示范|低碳|零碳|特色|农业|专业|星级|标准化?)+园区")
NAMED_PLACE = re.compile(
    r"[一-鿿]{0,7}(?:省|市|县|区|州|盟|旗|镇|乡|街道|园区|开发区|新区)(?:、[一-鿿]{2,8}(?:省|市|县|区|州|"
    r"盟|旗|镇|乡|街道|园区))*"
)


def named_place(words: str) -> str | None:
    """The words where they are the name of a place and nothing else."""
    is_place = len(words) >= 2 and words not in WHOLE and not KIND_OF_PARK.fullmatch(words) and NAMED_PLACE.fullmatch(words) is not None
    return words if is_place and not words.endswith(NO_PLACES) else None


def without_scope(words: str) -> str:
    """The words without the level or place they begin with."""
    for pattern in (LEVEL, PLACE):
        found = pattern.match(words)
        if found:
            return words[found.end() :].lstrip("的")
    return words


def without_level(words: str) -> str:
    """A name without the level it holds for (新认定省级以上孵化器 → 新认定孵化器 keeps the verb)."""
    found = LEVEL.search(words)
    return words[: found.start()] + words[found.end() :] if found and len(words) - len(found[0]) >= 2 else words
