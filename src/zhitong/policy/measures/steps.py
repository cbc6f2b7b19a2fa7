"""Dated acts without a quantity (2月底前拿出建设框架), and dates whose month or year the text lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhitong.policy.measures.clauses import Break, Clause
from zhitong.policy.measures.deadlines import DateMark, Grain
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.walking import tells_what_is

FILLER = re.compile(
    r"^(?:要|应|须|将|力争|争取|确保|并|各地|原则上|于|务必|必须|,|、|\)|:)+|(?:于|在|力争|确保|争取|须|"
    r"应|要)$"
)
HAN = re.compile(r"[一-鿿]")
TURNED = re.compile(
    r"(?<![\d.A-Za-z第])(?P<number>\d{1,2})(?=(?P<part>[上中下]{1,2}旬|[初底末])|(?:开始)?(?:落实|全面|"
    r"启动|完成|开展|召开|组织|出台|制定|印发|报送|上报|汇总|总结|基本|建成|投入))"
)
"""A month whose 月 was lost: 4落实分包领导, 4中下旬, 3全面展开."""
ACT = re.compile(
    r"完成|启动|开展|召开|组织|出台|制定|印发|报|汇总|总结|建成|建立|形成|落实|对接|展开|开通|运行|拿出|"
    r"提出|审定|部署|实施|进入|到位|投入|投用|开工|竣工|验收|上线|公布|公示|"
    r"整改|销号|清零|达标|发放|兑现|拨付|编制|修订|评估|督导|检查|考核|排查|备案|结束|取缔|关停|淘汰|拆除|"
    r"搬迁|推广|实现|接入|覆盖|办结|反馈|回复|通报|谋划|摸底|启用|改造|建设|完善|推进|交付|清理|征集|申报|"
    r"筛选|确定|明确|全部|基本|取得|纳入|调整|取消|签订|挂牌|组建|成立|设立|选派|培训|统一|挂网|实行|执行|"
    r"推出|发布|阶段|推开|铺开|通车|通水|通气|通电|贯通|封顶|投产|运营|开放|关闭|退出|腾退|处置|化解|消除|"
    r"解决|整治|治理|供地|入驻|签约|安装|配备|配齐|升级|摘牌|移交|起草|拟订|拟定|招标|公开|设置|见效"
)
FARTHEST = 160
"""Signs on either side of a date that are read for its act."""
LONGEST_NAME = 60
ACT_END = re.compile(r"[,。;\n\d]")
FINE = frozenset({Grain.YEAR_END, Grain.HALF, Grain.MONTH, Grain.DAY})


@dataclass(frozen=True)
class Step:
    """A date with the act that is due on it; `counts` where the clause sets a quantity as well."""

    mark: DateMark
    start: int
    end: int
    what: str
    counts: bool


def steps_in(ground: Ground, targets: Sequence[Found]) -> list[Step]:
    """Every dated act of the text in order; years alone (全年, 2018年) date no step."""
    by_mark: dict[int, list[Found]] = {}
    for target in targets:
        if target.mark is not None and not target.is_optional:
            by_mark.setdefault(target.mark.start, []).append(target)
    steps: list[Step] = []
    for number, clause in enumerate(ground.clauses):
        for mark in ground.marks_in(clause.start, clause.end):
            step = _step(ground, number, clause, mark, by_mark.get(mark.start, []))
            if step is not None:
                steps.append(step)
    return steps


def _step(ground: Ground, number: int, clause: Clause, mark: DateMark, counted: list[Found]) -> Step | None:
    if not mark.is_due or tells_what_is(ground, clause) or not _is_step(mark, ground.year):
        return None
    text = ground.text
    if counted:
        end = max(one.end for one in counted)
        if end <= mark.start:
            begin = max(min(one.start for one in counted), mark.start - FARTHEST)
            end = min(clause.end, mark.end + FARTHEST)
            return Step(mark, begin, end, _around(text, begin, mark, end), True)
        start = max(_past_others(ground, clause, mark), mark.start - FARTHEST)
        return Step(mark, start, end, _around(text, start, mark, min(end, mark.end + FARTHEST)), True)
    start, end = _reach(ground, number, clause, mark)
    end = _before_others(ground, mark, end)
    words = _around(text, start, mark, end)
    if mark.grain not in FINE or len(HAN.findall(words)) < 2 or not ACT.search(words):
        return None
    return Step(mark, start, end, words, False)


def _is_step(mark: DateMark, year: int | None) -> bool:
    if mark.grain in FINE:
        return True
    return mark.grain is Grain.YEAR and mark.year is not None and mark.year != year and mark.text[0] in "到至"


def _reach(ground: Ground, number: int, clause: Clause, mark: DateMark) -> tuple[int, int]:
    """The clause of the act; where the date stands alone before a comma, up to the end of the next clause."""
    start, end = max(_past_others(ground, clause, mark), mark.start - FARTHEST), min(clause.end, mark.end + FARTHEST)
    if len(_around(ground.text, start, mark, end)) >= 2:
        return start, end
    following = ground.clauses[number + 1] if number + 1 < len(ground.clauses) else None
    if following is None or following.opened_by >= Break.SENTENCE:
        return start, end
    return start, min(following.end, mark.end + FARTHEST)


def _past_others(ground: Ground, clause: Clause, mark: DateMark) -> int:
    """Behind the date or value before this one in the same clause: 5月底前完成3个、8月底前…."""
    low = max(clause.start, mark.start - FARTHEST)
    before = [one.end for one in ground.marks_in(low, mark.start)] + [
        one.tail for one in ground.quantities_in(low, mark.start)
    ]
    joint = ground.text.rfind("、", max(before) - 1, mark.start) if before else -1
    return joint + 1 if joint >= 0 else clause.start


def _before_others(ground: Ground, mark: DateMark, end: int) -> int:
    """Before the next date that has an act of its own: 一季度开工、|四季度投产."""
    for later in ground.due_in(mark.end, end):
        if len(HAN.findall(ground.text, mark.end, later.start)) >= 2 and later.grain in FINE:
            return later.start
    return end


def _around(text: str, start: int, mark: DateMark, end: int) -> str:
    """The words on both sides of a date."""
    return _words(_words(text[start : mark.start]) + text[mark.end : end])


def _words(words: str) -> str:
    bare = words.strip(",;:、。()\n\t ")
    while (cut := FILLER.sub("", bare)) != bare:
        bare = cut
    return bare


def acts_of(ground: Ground, steps: Sequence[Step]) -> Iterator[Found]:
    """The dated acts that set no quantity, as periods."""
    for step in steps:
        if not step.counts:
            yield _act(ground, step.mark.start, step.start, step.end, step.what, step.mark, is_damaged=False)


def damaged_dates_in(ground: Ground, marks: Sequence[DateMark]) -> Iterator[Found]:
    """Acts whose date lost its month: the number is shown, no day is made of it."""
    dated = bytearray(len(ground.text))
    for start, end in [(mark.start, mark.end) for mark in marks] + [(one.start, one.end) for one in ground.quantities]:
        dated[start:end] = b"\x01" * (end - start)
    for figure in ground.figures:
        turned = TURNED.match(ground.text, figure.start)
        if turned is None or dated[figure.start] or not 1 <= figure.value <= 12 or figure.upper is not None:
            continue
        act = figure.end + len(turned["part"] or "")
        end = _end_of_act(ground.text, act)
        words = _words(ground.text[act:end])
        yield _act(ground, figure.start, figure.start, end, words, None, is_damaged=True)


def _end_of_act(text: str, start: int) -> int:
    found = ACT_END.search(text, start + 2)
    return found.start() if found else len(text)


def _act(
    ground: Ground, place: int, start: int, end: int, name: str, mark: DateMark | None, *, is_damaged: bool
) -> Found:
    return Found(
        place=place,
        start=start,
        end=end,
        value_end=end,
        name=name[:LONGEST_NAME],
        value=None,
        unit=None,
        comparator=None,
        kind="deadline",
        class_="period",
        belongs=ground.belonging(place),
        mark=mark,
        is_damaged=is_damaged,
    )
