"""The head of a paper: its number, title over several lines, issuers, date, and whom it is sent to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from zhitong.policy.numerals import number_of
from zhitong.policy.shapes import Document
from zhitong.policy.structure.addressees import addressees
from zhitong.policy.structure.lines import Line

KIND = (
    r"(?:意见|方案|通知|办法|计划|决定|规定|措施|要点|细则|通告|公告|规划|纲要|清单|分工|条例|批复|报告|规程|规则|政策|分解表?|责任书|"
    r"通报|函)"
)
NUMBER = re.compile(
    r"(?:[^\s：:〔［\[【（(]{0,6}[号字][：:]\s*)?([\u4e00-\u9fff]{1,14}\s*[〔［\[【（(﹝]\s*\d{4}\s*[〕］\]】）)﹞]\s*第?\s*\d{1,5}\s*号)$"
)
TITLE_END = re.compile(rf"{KIND}\s*(?:[（(【〔][^）)】〕]{{1,12}}[）)】〕])?[》”]?(?:的(?:通知|意见|决定|函|批复|通告))?$")
NOTICE = re.compile(r"(?:印发|转发|下发|发布)《?(?P<plan>.{4,120}?)》?的(?:通知|通告|决定|函)$")
BODY = re.compile(
    r"[\u4e00-\u9fff]{2,30}?(?:省委|市委|县委|区委|州委|旗委|委员会|党委|党工委|党组|人民政府|管理委员会|管委会|办公厅|办公室|领导小组|指挥部|厅|局|委|署|院|会)"
)
ISSUERS = re.compile(rf"(?:{BODY.pattern})(?:[\s\u3000、，,]+(?:{BODY.pattern}))*$")
DATE = re.compile(
    r"(?P<y>[12]\d{3}|[二一][〇○零oO0一二三四五六七八九]{3})\s*[年./-]\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*[月./-]\s*"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
YEARS = re.compile(r"[（(]\s*(?:19|20)\d\d年?\s*[-—–－~～至]+\s*(?:19|20)?\d\d年?\s*[）)]")
"""The span of a plan on a line of its own below its title."""
LABELLED = re.compile(r"(?:成文日期|发文日期|印发日期|发布日期|发布时间|日\s*期)\s*[:：]\s*")
NO_TITLE = re.compile(r"[。：:；;>]|^(?:[（(【\[]|附|\d{1,2}\s*[.．、]|目录|来源|索引)|[，,]$|[〔\[【（(]\d{4}[〕\]】）)]\s?第?\d+号")
WORKS = re.compile(r"(?:工程|实事|行动|任务|工作|重点|活动|项目)(?:[（(].{1,12}[）)])?$")
LONGEST_NAME = 40
LONGEST_HEAD_LINE = 90
LONGEST_HEAD = 80
"""Lines."""


def document_of(
    lines: Sequence[Line], first_heading: int, closing: Sequence[Line], noted: Sequence[str] = (), attached: str = ""
) -> Document:
    """The head, read from the lines before `first_heading` and from those that close the paper.

    `noted` are the lines of the file that are no part of the paper: a table of metadata may give number and date.
    `attached` is the title of the attachment the text begins with: the name of a paper without a head.
    """
    head = [line for line in lines[:LONGEST_HEAD] if line.start < first_heading]
    titles = titles_in(head)
    title = _title(titles) or _bare_title(head) or attached or None
    number = _number([line.text for line in head]) or _number(noted)
    signed = [*head, *closing]
    date = _date([line.text for line in signed], noted)
    return Document(
        title=title,
        number=re.sub(r"\s", "", number) if number else None,
        issuer=_issuers(head, titles, signed),
        date_issued=date,
        recipients=next((addressees(line.text) for line in head if is_address(line.text)), ()),
        year=_year(title, number, date),
    )


def is_address(printed: str) -> bool:
    """各市、县人民政府，省直各部门："""
    return (
        printed[-1:] in "：:" and 5 <= len(printed) <= 400
        and re.search(r"人民政府|管委会|部门|单位|办事处|委员会|机构|党委|公司|[厅局委办]|企业", printed) is not None
        and re.search(r"如下|方案|意见[：:]|责任单位|通知", printed) is None
    )


def titles_in(head: Sequence[Line]) -> tuple[tuple[str, int, int], ...]:
    """The titles of a head, each joined from its lines: words, first and last line's place in `head`."""
    found: list[tuple[str, int, int]] = []
    place = 0
    while place < len(head):
        joined = _joined_title(head, place)
        if joined:
            found.append(joined)
            place = joined[2]
        place += 1
    return tuple(found)


def _joined_title(head: Sequence[Line], place: int) -> tuple[str, int, int] | None:
    """A title of one to four lines that starts here and ends in a word for a kind of paper."""
    if not _may_be_title(head[place].text):
        return None
    joined = ""
    for last in range(place, min(len(head), place + 4)):
        line = head[last].text
        if last > place and not _may_be_title(line):
            return None
        joined += line
        if TITLE_END.search(joined) and _is_whole(joined) and len(joined) <= 150:
            behind = head[last + 1].text if last + 1 < len(head) else ""
            years = behind if YEARS.fullmatch(behind) else ""
            return re.sub(r"\s+", "", joined + years), place, last + bool(years)
    return None


def _may_be_title(line: str) -> bool:
    """Neither a number, a date, an address, a label nor a sentence; nor a body that stands alone."""
    return len(line) <= LONGEST_HEAD_LINE and not any(
        (NO_TITLE.search(line), NUMBER.fullmatch(line), DATE.fullmatch(line), ISSUERS.fullmatch(line))
    )


def _is_whole(joined: str) -> bool:
    """Whether brackets are closed and a thing is named, not a kind of paper alone."""
    return joined.count("《") == joined.count("》") and joined.count("“") == joined.count("”") and len(joined) >= 6


def _title(titles: Sequence[tuple[str, int, int]]) -> str | None:
    """The plan's own title, where a notice carries it; else what the notice says it hands out; else the first."""
    carrying = next((place for place, (words, _, _) in enumerate(titles) if NOTICE.search(words)), None)
    if carrying is None:
        return titles[0][0] if titles else None
    behind = [words for words, _, _ in titles[carrying + 1:] if not NOTICE.search(words)]
    found = NOTICE.search(titles[carrying][0])
    return behind[0] if behind or found is None else _unquoted(found["plan"])


def _bare_title(head: Sequence[Line]) -> str | None:
    """The first line of a head that holds nothing but a name: 演示区2022年十大民生工程."""
    first = next((line.text for line in head if not is_address(line.text) and not NUMBER.fullmatch(line.text)), "")
    is_name = 8 <= len(first) <= LONGEST_NAME and _may_be_title(first) and _is_whole(first) and not re.search("[，,、]", first)
    return re.sub(r"\s+", "", first) if is_name and WORKS.search(first) else None


def _unquoted(words: str) -> str:
    """The words without the title marks around them; what is quoted within keeps its own."""
    whole = f"《{words}" if words.count("》") > words.count("《") else words
    return whole if "》" in words else whole.strip("《")


def _number(lines: Iterable[str]) -> str | None:
    """The number of this paper: on a line of its own or behind a label, not quoted in a sentence."""
    for line in lines:
        found = NUMBER.search(line) if len(line) <= LONGEST_HEAD_LINE else None
        if found and (found.start() == 0 or re.search(r"[，,。；;]", line) is None):
            return found[1]
    return None


def _issuers(
    head: Sequence[Line], titles: Sequence[tuple[str, int, int]], signed: Sequence[Line]
) -> tuple[str, ...]:
    """Bodies on lines of their own above the title; else who signs beside the date; else who stands in the title."""
    top = titles[0][1] if titles else len(head)
    above = [name for line in head[:top] for name in _bodies(line.text)]
    if above:
        return tuple(dict.fromkeys(above))
    for place, line in enumerate(signed):
        if place and DATE.fullmatch(line.text):
            names = _bodies(signed[place - 1].text)
            if names:
                return names
    prefix = re.match(rf"({BODY.pattern})(?=(?:关于|印发))", titles[0][0]) if titles else None
    return (prefix[1],) if prefix else ()


def _bodies(printed: str) -> tuple[str, ...]:
    """The bodies of a line that names nothing else."""
    bare = re.sub(r"文件$", "", printed).strip()
    if len(bare) > 80 or not ISSUERS.fullmatch(bare):
        return ()
    parts = [part for part in re.split(r"[\s\u3000、，,]+", bare) if part]
    if all(len(part) <= 2 for part in parts) or sum(len(part) == 1 for part in parts) > 1:
        return ("".join(parts),)
    return tuple(parts)


def _date(lines: Sequence[str], noted: Sequence[str]) -> str | None:
    """The day of signing (a line of its own), else a labelled one; None where neither is printed."""
    for line in lines:
        found = DATE.fullmatch(line.strip("（）()"))
        if found and (day := day_of(found)):
            return day
    for line in [*lines, *noted]:
        label = LABELLED.search(line)
        found = DATE.match(line, label.end()) if label else None
        if found and (day := day_of(found)):
            return day
    return None


def day_of(found: re.Match[str]) -> str | None:
    """YYYY-MM-DD of a printed day, or None where no calendar has it."""
    year, month, day = (number_of(re.sub("[oO0]", "〇", found[key]) if key == "y" and not found[key].isdigit() else found[key])
                        for key in "ymd")
    if year is None or month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{int(year):04}-{int(month):02}-{int(day):02}"


def _year(title: str | None, number: str | None, date: str | None) -> int | None:
    """The year the paper is about: that of its title, else of its number, else of its date."""
    for words in (title, number, date):
        found = re.search(r"(?<!\d)(20\d\d|19\d\d)(?!\d)", words or "")
        if found:
            return int(found[1])
    return None
