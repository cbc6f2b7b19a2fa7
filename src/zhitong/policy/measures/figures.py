"""Numbers in the text, and the stretches where a number is part of a name (1+30+1, “六进”, 学前三年, 〔2018〕7号)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhitong.policy.numerals import DIGITS, number_of

FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SPOKEN = "〇零○一二两三四五六七八九十百千万亿"
NUMBER = re.compile(
    rf"(?P<of>百分之|千分之)(?P<share>{_DIGITS}|[{_SPOKEN}]+(?:点[{_SPOKEN}]+)?)"
    rf"|"
    rf"(?P<digits>{_DIGITS})(?P<times>(?:[十百千](?![米瓦克伏卡赫分]))?[万亿]{{0,2}})(?P<more>[多余])?(?P<then>[万亿]{{0,2}})"
    rf"|(?P<words>[{_SPOKEN}]+)(?P<over>[多余]|来(?=[家个]))?"
)
BETWEEN = re.compile(r"[%‰]?(?:[-—–~～至到]{1,2})")

NAMES = re.compile(
    r"“[^“”。;\n]{1,24}”|‘[^‘’。;\n]{1,24}’|\"[^\"。;\n]{1,16}\"|《[^《》\n]{1,80}》"
    r"|[〔\[【(]\d{4}[〕\]】)]第?\d{1,6}号|第\d{1,6}号"
    r"|\d{1,4}(?:\+[\dNnXx]{1,4})+|\d{1,6}[:∶]\d{1,6}(?:[:∶]\d{1,6})*|\d{1,6}[×xX*]\d{1,6}"
    r"|[一二两三四五六七八九十]{1,3}分之[一二两三四五六七八九十]{1,3}|(?<=每)[十百千万](?=[一-鿿])|最[后初先]一公里"
    r"|https?://[!-~]{1,200}|[A-Za-z][\w.-]{0,40}@[A-Za-z][\w.-]{0,40}|\d{3,4}-\d{7,8}|\d{7,}"
    r"|第(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,6})(?!季度)|"
    r"[一二三四五六七八九十\d]{1,4}届(?=[一二三四五六七八九十]{1,3}次)|"
    r"[一二三四五六七八九十\d]{1,4}[次中]{1,2}全[会体]|十[六七八九]大(?!\w?[工行任领])|二十大"
    r"|十[一二三四五]五(?=[”\"规时期末以])|[一二三\d]期(?=工程|项目|建设|改造)|学前[一二三]年|"
    r"[一二三四五六七八九十两\d]{1,4}年(?=[^,。;、]{0,8}(?:行动|计划|规划|攻坚|纲要|工程|学制|制))"
    r"|[三四五六七八九十百\d]{1,4}[日天](?=攻坚|行动|会战|大战|竞赛)|\d{1,3}分钟(?=[^,。;、]{0,8}圈)|"
    r"[一\d]{1,3}小时(?=[^,。;、]{0,8}圈|服务|自助|热线|值班|不打烊|在线)"
    r"|万元(?=GDP|国内生产总值|地区生产总值|工业增加值|产值|生产总值)|单位(?=GDP)|一带一路|[千百]家万户|"
    r"万家灯火|万无一失|千方百计|一二三产业?|[一二三]产(?=业|融)"
    r"|[一二三四五六七八九十]是(?=[^,。]{2})|一[线流体致批些系定般切直律方旦样站揽把举同贯键网窗门号]|"
    r"[二三]手|四上企业|四好农村路|四大班子|五大班子|[两三四]级"
)
"""Stretches whose numbers belong to a name: quoted names, titles, document numbers, ordinals, idioms."""
LATIN = re.compile(r"[A-Za-z#№]")


@dataclass(frozen=True)
class Figure:
    """A number where it stands; `upper` where it is a range; `share` is % or ‰ when the words say so (百分之五)."""

    start: int
    end: int
    value: Decimal
    is_spoken: bool
    is_bare: bool
    """A myriad without a number before it: 亿元, 万家."""
    upper: Decimal | None = None
    share: str | None = None
    is_more: bool = False
    """二十多家, 1000余家."""


def name_spans(text: str) -> list[tuple[int, int]]:
    """The stretches in which numbers are no targets, in order."""
    return [found.span() for found in NAMES.finditer(text)]


def figures_in(text: str, hidden: bytearray) -> list[Figure]:
    """Every number outside the hidden stretches; two ends of a range are one figure."""
    read: list[Figure] = []
    for figure in _single(text, hidden):
        if read and _is_range(text, read[-1], figure):
            read[-1] = _joined(text, read[-1], figure)
        else:
            read.append(figure)
    return read


def _single(text: str, hidden: bytearray) -> Iterator[Figure]:
    for found in NUMBER.finditer(text):
        start, end = found.span()
        if any(hidden[start:end]) or _in_a_code(text, start, end, found):
            continue
        figure = _read(found)
        if figure is not None:
            yield figure


def _in_a_code(text: str, start: int, end: int, found: re.Match[str]) -> bool:
    """G228, PM2.5, 5G, 4A: a Latin letter on either side, unless it begins a unit."""
    if found["digits"] is None:
        return False
    if start and (LATIN.match(text[start - 1]) or text[start - 1] == "."):
        return True
    return bool(re.match(r"[A-Za-z]", text[end : end + 1])) and not re.match(
        r"km|kW|MW|GW|TEU|[MG]bps|mg/L|ug/m|dB", text[end : end + 4]
    )


def _read(found: re.Match[str]) -> Figure | None:
    if found["of"]:
        value = _spoken(found["share"])
        return (
            None
            if value is None
            else Figure(*found.span(), value, True, False, share="%" if found["of"] == "百分之" else "‰")
        )
    if found["digits"]:
        value = Decimal(found["digits"].replace(",", ""))
        for factor in found["times"] + found["then"]:
            value *= FACTORS[factor]
        return Figure(*found.span(), value, False, False, is_more=bool(found["more"]))
    return _read_words(found)


def _read_words(found: re.Match[str]) -> Figure | None:
    """A number in characters; 万 and 亿 alone are one of them, 三五 and 七八 are none."""
    words = found["words"]
    if len(words) > 1 and all(sign in DIGITS for sign in words):
        return None
    if words[0] in "百千万亿":
        value = Decimal(1)
        for factor in words:
            if factor not in FACTORS:
                return None
            value *= FACTORS[factor]
        return Figure(*found.span(), value, True, True, is_more=bool(found["over"]))
    spoken = number_of(words)
    return None if spoken is None else Figure(*found.span(), spoken, True, False, is_more=bool(found["over"]))


def _spoken(printed: str) -> Decimal | None:
    """百分之八点五: digits behind 点 are read one by one."""
    whole, _, part = printed.partition("点")
    value = number_of(whole)
    if value is None or not part:
        return value
    digits = [DIGITS[sign] for sign in part if sign in DIGITS]
    return value + Decimal("0." + "".join(map(str, digits))) if len(digits) == len(part) else None


def _is_range(text: str, lower: Figure, upper: Figure) -> bool:
    if upper.start - lower.end > 8 or lower.upper is not None or lower.is_spoken != upper.is_spoken:
        return False
    between = text[lower.end : upper.start]
    printed = BETWEEN.fullmatch(between) or re.fullmatch(r"([一-鿿%]{1,4}?)[-—–~～至到]{1,2}", between)
    if printed is None:
        return False
    return not printed.groups() or text.startswith(printed[1], upper.end)


def _joined(text: str, lower: Figure, upper: Figure) -> Figure:
    """1-2, 10%—15%, 5至10万: a myriad behind the upper end holds for both."""
    low, high = lower.value, upper.value
    bare = low < 10_000 and text[lower.end - 1].isdigit() and high >= 10_000 and text[upper.end - 1] in "万亿"
    if bare:
        scale = max(
            factor
            for factor in (10_000, 100_000_000)
            if high >= factor and text[upper.end - 1] == ("万" if factor == 10_000 else "亿")
        )
        low *= scale
    if low >= high:
        return upper
    return Figure(lower.start, upper.end, low, lower.is_spoken, False, high, upper.share, upper.is_more)
