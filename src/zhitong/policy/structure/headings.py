"""Headings as papers number them: 第X章, 第X条, 一、, （一）, 1., （1）, ① in every width, and the words of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhitong.policy.numerals import number_of
from zhitong.policy.structure.lines import Line

PART, FIRST, SECOND, THIRD, FOURTH, FIFTH = range(6)
"""Levels: parts, chapters and attachments; 一、 and 第X条; （一）; 1.; （1）; ①."""

SPOKEN = "[一二三四五六七八九十百零〇]{1,5}"
FORMS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"[#*]{{0,6}}\s?(?P<number>{form})[ \t\u3000\xa0]*"))
    for level, form in (
        (PART, rf"第\s?(?P<n>{SPOKEN}|\d{{1,3}})\s?(?:部分|编|篇|章|节)[、:：.．]?"),
        (FIRST, rf"第\s?(?P<n>{SPOKEN}|\d{{1,3}})\s?条[、:：.．]?"),
        (FIRST, rf"(?P<n>{SPOKEN})\s?[、.．﹒]"),
        (SECOND, rf"[（(〔\[【]\s?(?P<n>{SPOKEN})\s?[）)〕\]】][、.．]?"),
        (SECOND, r"(?P<n>[㈠-㈩])"),
        (FOURTH, r"(?P<n>\d{1,2}[.．]\d{1,2})(?![\d.．%％万亿个年月家倍公元])[、.．]?"),
        (FIFTH, r"(?P<n>\d{1,2}[.．]\d{1,2}[.．]\d{1,2})(?![\d%％])[、.．]?"),
        (THIRD, r"(?P<n>\d{1,3})\s?[.．、﹒·](?![\d.．])"),
        (THIRD, r"(?P<n>[⒈-⒛])"),
        (FOURTH, r"[（(]\s?(?P<n>\d{1,3})\s?[）)][、.．]?"),
        (FOURTH, r"(?P<n>[⑴-⒇])"),
        (FOURTH, r"(?P<n>\d{1,2})[）)]"),
        (FIFTH, r"(?P<n>[①-⑳])"),
        (SECOND, rf"(?:专项)?(?:行动|任务|工程|项目|举措)(?P<n>{SPOKEN}|\d{{1,2}})[:：、]"),
        (FIRST, r"(?P<n>\d{1,2})(?=[ \u3000]+[\u4e00-\u9fff][^，。；：]{1,20}$)"),
    )
)
NAMED = "专行任工项举"
"""How the word of a counted action begins: 行动一, 任务二."""
DECIMAL = len(FORMS) - 1
"""A bare number is a heading only where its first point (2.1) follows."""
LAME = re.compile(rf"(?P<number>[（(](?P<n>{SPOKEN})(?![）)、])|(?P<late>{SPOKEN})[）)])")
"""A level-two number that lost one of its brackets; believed only where exactly this number is due."""

ATTACHMENT = re.compile(rf"(?P<number>附\s*[件表录]\s*(?P<n>\d{{1,2}}|{SPOKEN})?)\s*[:：]?$")
TITLED = re.compile(rf"(?P<number>附\s*[件表录]\s*(?P<n>\d{{1,2}}|{SPOKEN})?)\s*(?:[:：]|[ \t\u3000])\s*(?=[^\d\s]\S{{3,60}}$)")
LISTING = re.compile(r"附\s*件\s*[:：]\s*1\s*[.．、﹒]")
LISTED = re.compile(r"(?P<n>\d{1,2})\s*[.．、﹒]")
SIGNATURE = re.compile(r"(?:[12]\d{3}|[二一][〇○零oO0一二三四五六七八九]{3})\s*年.{2,8}日$|抄\s*送|主\s*送")
NEAR = 8
"""How many lines below the title of an attachment its first heading stands at most."""
STARTS = frozenset(f"第一二三四五六七八九十百零〇（(〔[【附#*{NAMED}") | frozenset("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
MISSED = 3
"""How many numbers may have been lost between two headings of a row."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens with a number: where the number starts, what it counts, and the words behind it."""

    level: int
    number: str
    counts: int
    line: Line
    start: int
    words_at: int
    """Where the words behind the number start."""
    form: int
    """Which of the notations, so that two rows of the same level do not disturb each other."""
    is_lame: bool = False

    @property
    def words(self) -> str:
        """What stands behind the number on its line."""
        return self.line.text[self.words_at - self.line.start:]


def headings_in(lines: Sequence[Line]) -> tuple[Heading, ...]:
    """The headings, in order: only numbers that go on in their row, or start a new one."""
    last: dict[int, int] = {}
    kept: list[Heading] = []
    for heading in _candidates(lines):
        if _goes_on(heading, last):
            kept.append(heading)
            last[heading.form] = heading.counts
            _forget_below(heading, kept, last)
    return tuple(kept)


def _candidates(lines: Sequence[Line]) -> Iterator[Heading]:
    listed = 0
    for place, line in enumerate(lines):
        first = line.text[0]
        listed = _listed(line, listed)
        if listed:
            continue
        if first == "附" and (titled := _titled_attachment(lines, place)):
            yield titled
            continue
        if first in STARTS or first.isdigit() or "㈠" <= first <= "㈩" or "⑴" <= first <= "⒇":
            heading = _heading_of(line)
            if heading and (heading.form != DECIMAL or _has_point(lines[place + 1:place + 1 + NEAR], heading.counts)):
                yield heading


def _has_point(below: Sequence[Line], counts: int) -> bool:
    return any(re.match(rf"{counts}[.．]1(?!\d)", line.text) for line in below)


def _listed(line: Line, last: int) -> int:
    """Which attachment a line lists, when it is one of 附件：1.… 2.…; 0 where it lists none."""
    if last == 0:
        return int(LISTING.match(line.text) is not None)
    found = LISTED.match(line.text)
    return last + 1 if found and int(found["n"]) == last + 1 else 0


def _titled_attachment(lines: Sequence[Line], place: int) -> Heading | None:
    """附件1：任务清单, where the attachment itself follows: its first heading stands near, and no signature between."""
    found = TITLED.match(lines[place].text)
    if found is None:
        return None
    for line in lines[place + 1:place + 1 + NEAR]:
        if line.text[0] == "附" or SIGNATURE.match(line.text):
            return None
        heading = _heading_of(line)
        if heading and heading.counts == 1 and heading.level in (PART, FIRST, SECOND, THIRD):
            return _attachment(found, lines[place], lines[place].start + found.end())
    return None


def _attachment(found: re.Match[str], line: Line, words_at: int) -> Heading:
    counts = number_of(found["n"]) if found["n"] else None
    return Heading(PART, re.sub(r"\s", "", found["number"]), int(counts or 0), line, line.start, words_at, -1)


def _heading_of(line: Line) -> Heading | None:
    attached = ATTACHMENT.match(line.text) if line.text[0] == "附" else None
    if attached:
        return _attachment(attached, line, line.end)
    for form, (level, pattern) in enumerate(FORMS):
        found = pattern.match(line.text)
        if found:
            return _made(found, level, form, line)
    lame = LAME.match(line.text)
    if lame is None:
        return None
    made = _made(lame, SECOND, 3, line, lame["n"] or lame["late"])
    return made and replace(made, is_lame=True)


def _made(found: re.Match[str], level: int, form: int, line: Line, printed: str = "") -> Heading | None:
    counted = _counted(printed or found["n"])
    if counted is None or (found.end() == len(line.text) and level > SECOND):
        return None
    return Heading(
        level, found["number"].strip(), counted, line, line.start + found.start("number"), line.start + found.end(), form
    )


def _counted(printed: str) -> int | None:
    """What a number counts; of 2.13 the last part."""
    if len(printed) == 1 and "①" <= printed <= "⒛":
        base = next(base for base in ("⒈", "⑴", "①") if printed >= base)
        return ord(printed) - ord(base) + 1
    if "㈠" <= printed <= "㈩":
        return ord(printed) - ord("㈠") + 1
    value = number_of(re.split(r"[.．]", printed)[-1])
    return None if value is None else int(value)


def _goes_on(heading: Heading, last: dict[int, int]) -> bool:
    """Whether a number follows on its row, starts one, or is the first to be seen."""
    before = last.get(heading.form)
    if heading.form == -1 or heading.counts == 1:
        return not heading.is_lame or before is None
    if heading.is_lame:
        return before is not None and heading.counts == before + 1
    return before is None or before < heading.counts <= before + MISSED


def _forget_below(heading: Heading, kept: Sequence[Heading], last: dict[int, int]) -> None:
    """Under a new heading every row in brackets or circles starts anew; 1. may run on through the document."""
    for form in [form for form in last if form >= 0 and FORMS[form][0] > heading.level and FORMS[form][0] != THIRD]:
        del last[form]
    if heading.level == PART and kept:
        for form in [form for form in last if form >= 0 and FORMS[form][0] == FIRST and "条" not in FORMS[form][1].pattern]:
            del last[form]
