"""What recurs (每季度一次, 月督查) and what is due within a span (2个工作日内): periods to be kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhitong.policy.measures.clauses import Clause
from zhitong.policy.measures.comparators import lead_of
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.units import UnitKind
from zhitong.policy.measures.words import LONGEST_NAME
from zhitong.policy.numerals import number_of

_SPAN = (
    r"半年|季度末?|学期|星期|半月|两周|两月|两年|[二两三四五六七八九十\d]个?(?:月|年|周|天)|年度|年|季|月|旬|"
    r"周|日|天"
)
_DEED = (
    "督查|督导|督办|调度|考核|考评|推动|例会|通报|报告|报送|分析|研判|汇总|总结|评估|检查|会商|排名|小结|"
    "监测|公示|公布|讲评|点评|评比|统计|简报|碰头会|"
    "调研|巡查|巡检|走访|研究|推进|排查|评价|晾晒|比武|测评|会诊|回访|暗访|约谈|报|会"
)
_NUM = r"\d+|[一二两三四五六七八九十]{1,3}"
EVERY = re.compile(
    rf"(?<![\d人户村县校年])(?:每(?:个)?(?P<span>{_SPAN})(?!人|户|亩|生)|(?:按|逐)(?P<by>月|季度?|周|旬|日|"
    rf"年度?)(?=[一-鿿])|一(?P<one>月|季|周|年|日|旬|天)一(?=[一-鿿]))"
)
TIMES = re.compile(
    rf"(?:(?P<how>不少于|至少|不低于|不超过|至多|"
    rf"最多)[一-鿿]{{0,4}}?)?(?P<n>{_NUM})(?:[-—~至到](?P<upper>{_NUM}))?(?:次|场次|场|轮|期|"
    rf"回)(?P<more>以上)?"
)
SHORT = re.compile(
    rf"(?<![\d一二三四五六七八九十半每本当全上下今去明按逐前整满一])(?P<span>[周旬月季年日])(?P<deed>{_DEED})"
)
BESIDE = re.compile(r"[,。;:、(“\n\t]|(?:行|持|按|立|度|定|施|展|好)$")
WITHIN = re.compile(r"(?:内|以内|之内|前|以前)$")
FARTHEST = 120
"""Signs behind a span that are read for its deed."""
OFTEN = 24
"""More events than these in a span are a number to be reached."""
STOP = re.compile(r"[,。;:\n\t()]")
SQUEEZED = re.compile(
    r"压缩|缩短|压减|控制在|减至|降至|降到|精简|提速|缩减|办结时限|审批时[限间]|办理时[限间]|开办时间|"
    r"时间|时长|天数|周期"
)
PLAIN_SPAN = {"季度末": "季度", "天": "日", "年度": "年", "星期": "周"}


def frequencies_in(ground: Ground, counted: Sequence[Found]) -> Iterator[Found]:
    """Every deed that recurs; a clause that counts things per year (每年新增10家) sets a target, no frequency."""
    taken = sorted(found.place for found in counted if not recurs(found))
    before = ""
    for clause in ground.clauses:
        words = ground.text[clause.start : clause.end]
        if not any(clause.start <= place < clause.end for place in _from(taken, clause.start)):
            yield from _every(ground, clause, words, before)
        yield from _short(ground, clause, words)
        before = words


def recurs(found: Found) -> bool:
    """Whether a count says how often (每月2次), not how many (每年200场)."""
    return found.unit in {"次", "轮", "期"} or (
        found.unit in {"场", "场次"} and found.value is not None and found.value <= OFTEN
    )


def _from(places: list[int], start: int) -> list[int]:
    """The first few places at or behind a start."""
    at = bisect_left(places, start)
    return places[at : at + 1]


def _every(ground: Ground, clause: Clause, words: str, before: str) -> Iterator[Found]:
    for said in EVERY.finditer(words):
        span = said["span"] or said["by"] or said["one"]
        following = EVERY.search(words, said.end())
        times = TIMES.search(words, said.end(), following.start() if following else len(words))
        value, upper, sign = Decimal(1), None, "="
        if times and not said["by"]:
            value, upper, sign = _times(times)
        place = clause.start + said.start()
        yield _period(
            ground,
            place,
            place,
            min(clause.end, place + FARTHEST),
            _deed(words, said, times) or before[-LONGEST_NAME:],
            value,
            upper,
            f"次/{PLAIN_SPAN.get(span, span)}",
            sign,
            "frequency",
        )


def _times(times: re.Match[str]) -> tuple[Decimal, Decimal | None, str]:
    value, upper = number_of(times["n"]) or Decimal(1), number_of(times["upper"] or "")
    if upper is not None:
        return value, upper, "range"
    if times["more"] or times["how"] in {"不少于", "至少", "不低于"}:
        return value, None, ">="
    return value, None, "<=" if times["how"] else "="


def _deed(words: str, said: re.Match[str], times: re.Match[str] | None) -> str:
    """What recurs: the words behind, or those before where nothing follows."""
    behind = words[said.end() : said.end() + FARTHEST]
    if times and times.start() >= said.end():
        behind = words[said.end() : times.start()] + words[times.end() : times.end() + FARTHEST]
    behind = re.sub(r"^\d{1,2}[日号](?:之?前|以前)?", "", behind)
    behind = re.sub(r"^(?:原则上|至少|定期|要|应|须|都|召开|组织|开展|进行|一|的)+(?=.{2})", "", behind.strip("、,的"))
    return behind if len(behind) >= 2 else words[max(0, said.start() - FARTHEST) : said.start()]


def _short(ground: Ground, clause: Clause, words: str) -> Iterator[Found]:
    """月督查、季调度、年考核: each stands alone between pauses."""
    for said in SHORT.finditer(words):
        before = words[max(0, said.start() - 1) : said.start()]
        if before and not BESIDE.search(before):
            continue
        start = clause.start + said.start()
        yield _period(
            ground,
            start,
            start,
            clause.start + said.end(),
            said["deed"],
            Decimal(1),
            None,
            f"次/{said['span']}",
            "=",
            "frequency",
        )


def spans_in(ground: Ground, found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """Those that say within how long something is to be done, as periods, and all others as they were."""
    periods: list[Found] = []
    others: list[Found] = []
    kinds = {quantity.start: quantity.kind for quantity in ground.quantities}
    for one in found:
        clause = re.split(r"[,。;:\n]", ground.text[max(0, one.place - 60) : one.place])[-1]
        is_span = (
            kinds.get(one.place) is UnitKind.TIME
            and one.comparator == "<="
            and WITHIN.search(ground.text[one.place : one.value_end])
        )
        if is_span and one.part_of is None and not SQUEEZED.search(clause):
            periods.append(_within(ground, one))
        else:
            others.append(one)
    return periods, others


def _within(ground: Ground, one: Found) -> Found:
    end = _clause_end(ground.text, one.value_end)
    name = (
        ground.text[one.value_end : end] or ground.text[one.start : lead_of(ground.text, one.place, one.start)[1]]
    ).strip(",、")
    return _period(
        ground,
        one.place,
        one.start,
        end,
        name,
        one.value,
        one.upper,
        one.unit,
        "range" if one.upper else "<=",
        "deadline",
    )


def _clause_end(text: str, start: int) -> int:
    """The end of the clause, or of the next one where the span stands before a comma."""
    found = STOP.search(text, start + 1 if text[start : start + 1] == "," else start)
    return found.start() if found else len(text)


def _period(
    ground: Ground,
    place: int,
    start: int,
    end: int,
    name: str,
    value: Decimal | None,
    upper: Decimal | None,
    unit: str | None,
    sign: str | None,
    kind: str,
) -> Found:
    return Found(
        place=place, start=start, end=end, value_end=end, name=name[:LONGEST_NAME], value=value, upper=upper, unit=unit, comparator=sign,
        kind=kind, class_="period", belongs=ground.belonging(place),
    )  # fmt: skip
