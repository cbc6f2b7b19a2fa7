"""Duties said in sentences of the body: A会同B及C, …; 由A牵头; 各市负责…; 各市也要建立…. Read only where no clause is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from zhitong.policy.responsibility import wording
from zhitong.policy.responsibility.duties import Duties, Entry
from zhitong.policy.responsibility.marks import outside
from zhitong.policy.responsibility.names import is_collective, is_unit
from zhitong.policy.responsibility.tokens import Token, tokens_of, trimmed
from zhitong.policy.responsibility.wording import LEAD, RESPONSIBLE, SUPPORT

_LONGEST_SUBJECT = 48
_SAID = re.compile(
    r"(?P<joined>会同)|(?P<leads>牵头)|(?P<answers>负责)|"
    r"(?P<also>也要(?:相应)?(?=建立|成立|组建|制定|设立|编制|出台|明确|报送))"
)
_HELPS = re.compile(r"配合|协助|参与|参加")
_NO_VERB_BEHIND = re.compile(r"单位|部门|人|同志|制(?![定订])|的|领导|处室|科室|机构|任")
_OPENING = re.compile(
    r"(?:\(?[\d一二三四五六七八九十]{1,3}[).、]|第[一二三四五六七八九十百]{1,4}条)?(?:\d{1,2}(?:\.\d{1,2})+ ?)?(?:\d{4}年|\d{1,2}月底?前?)?"
    r"(?:按照?[^,]{2,40}?(?:要求|部署))?(?:同时|其中|并|且|具体|原则上|日常工作|此项工作|该项工作|本项工作|以上工作|另外|此外|经)*[,:]?(?:由|请)?"
)
_MODAL = re.compile(r"(?:要|应当?|须|将|具体|统一|共同|分别|主要|全面|积极|切实|总)+$")
_SUBJECT_END = re.compile(
    r"(?:厅|局|委|办|室|院|部|政府|管委会|领导小组|专班|指挥部|中心|集团|公司|单位|部门|乡镇|街道)$"
)
_NO_SUBJECT = re.compile(
    r"推行|通过|满足|科学(?!技术|院)|鼓励|建立|关于|巩固|领导(?!小组)|做好|要|的|由"
    r"|^(?:政府|办公室|部门|单位|企业|学校|机构|主管部门|主管单位|公司|集团)$"
)
_OF_PLACES = re.compile(r"各[^,]{0,6}[市县区州盟旗乡镇]$|^[^,]{0,6}新区$")
_WORK = re.compile(
    r"制定|研究|组织(?!部|人事)|做好|抓好|提出|处理|确定|根据|组建|建立|开展|实施|负责|定期|推进|落实|共同|联合|按|加强|完善|出台|"
    r"选派|编制|发布|印发|督促|统筹|对|将|在"
)
"""Where a row of names ends and what they do begins."""


def duties_in_sentences(words: str) -> tuple[Duties, list[tuple[int, int]]]:
    """What sentences lay on whom (words made alike), and where: the subject with its verb."""
    duties = Duties()
    where: list[tuple[int, int]] = []
    is_following = is_led = False
    for start, end in _pieces(words):
        found = next(_verbs(words, start, end), None)
        if is_led and found is None and (helping := _helping(words, start, end)):
            duties.entries += helping
            where.append((helping[0].start, end))
            continue
        names = _subject(words, start, found.start()) if found else []
        if found and found["joined"] and found.start() == start and is_following:
            behind = _supporting(words, found.end(), end)
            duties.entries += behind
            where += [(start, behind[-1].end)] if behind else []
            continue
        is_following = bool(names)
        is_led = bool(found and names and found["leads"])
        if not found or not names:
            continue
        made = _joined(words, names, found, end) if found["joined"] else _single(words, names, found, end)
        duties.entries += made
        where += [(made[0].start, max(found.end(), made[-1].end))] if made else []
    _lead_of_all(words, duties.entries)
    return duties, where


def _pieces(words: str) -> Iterator[tuple[int, int]]:
    """The stretches between , ; : 。 and line ends, outside brackets and quotations; 、 stays within."""
    begin = 0
    for place in [*outside(words, marks=",;:。\n"), len(words)]:
        if place - begin >= 4:
            yield trimmed(words, begin, place)
        begin = place + 1


def _verbs(words: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Verbs near enough to the start for what stands before to be a subject."""
    if _SAID.search(words, start, min(end, start + _LONGEST_SUBJECT)) is None:
        return
    free = set(outside(words, start, end))
    for found in _SAID.finditer(words, start, min(end, start + _LONGEST_SUBJECT)):
        if found.start() in free and not _NO_VERB_BEHIND.match(words, found.end(), end):
            yield found


def _subject(words: str, start: int, end: int) -> list[Token]:
    """The units before a verb; empty when anything else stands there."""
    opening = _OPENING.match(words, start, end)
    begin = opening.end() if opening else start
    modal = _MODAL.search(words[begin:end])
    stop = begin + modal.start() if modal else end
    tokens = list(tokens_of(words, begin, stop))
    names = [token for token in tokens if token.kind == "name" and _is_subject(words[token.start : token.end])]
    return names if names and len(names) == len(tokens) else []


def _is_subject(said: str) -> bool:
    if _NO_SUBJECT.search(said):
        return False
    return (
        bool(_OF_PLACES.search(said))
        if not is_unit(said)
        else bool(_SUBJECT_END.search(said) or _OF_PLACES.search(said))
    )


def _joined(words: str, names: list[Token], verb: re.Match[str], end: int) -> list[Entry]:
    """A会同B及C: who stands before leads, who stands behind supports; nobody, when no unit stands behind."""
    behind = _supporting(words, verb.end(), end)
    return [*(_entry(token, LEAD) for token in names), *behind] if behind else []


def _supporting(words: str, start: int, end: int) -> list[Entry]:
    """The units behind 会同, up to where what they do begins."""
    work = _WORK.search(words, start, end)
    tokens = tokens_of(words, start, work.start() if work else end)
    return [
        _entry(token, SUPPORT)
        for token in takewhile(lambda one: one.kind == "name" and is_unit(words[one.start : one.end]), tokens)
    ]


def _helping(words: str, start: int, end: int) -> list[Entry]:
    """A牵头，B、C配合: who stands before the verb, when nothing else stands there."""
    found = _HELPS.search(words, start, end)
    names = _subject(words, start, found.start()) if found else []
    return [_entry(token, SUPPORT) for token in names]


def _single(words: str, names: list[Token], verb: re.Match[str], end: int) -> list[Entry]:
    role = LEAD if verb["leads"] else RESPONSIBLE
    begin, stop = trimmed(words, verb.end(), end)
    about = None if role == LEAD or wording.NO_PART.fullmatch(words[begin:stop]) else (begin, stop)
    entries = [_entry(token, role) for token in names]
    for entry in entries:
        entry.part = about
    return entries


def _entry(token: Token, role: str) -> Entry:
    return Entry(token.start, token.end, token.mark == "、", token.closed_by, role=role, is_settled=True)


def _lead_of_all(words: str, entries: list[Entry]) -> None:
    """各专项行动牵头单位负责…: when no other unit has a duty here, those who lead lead the whole."""
    if (
        len(entries) == 1
        and "牵头" in words[entries[0].start : entries[0].end]
        and is_collective(words[entries[0].start : entries[0].end])
    ):
        entries[0].role, entries[0].part = LEAD, None
