"""Duties said in sentences of the body: A会同B及C, …; 由A牵头; 各市负责…; 各市也要建立…. Read only where no clause is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitong.policy.responsibility import wording
from zhitong.policy.responsibility.duties import Duties, Entry
from zhitong.policy.responsibility.marks import outside
from zhitong.policy.responsibility.names import is_collective, is_unit
from zhitong.policy.responsibility.tokens import Token, tokens_of, trimmed
from zhitong.policy.responsibility.wording import LEAD, RESPONSIBLE, SUPPORT

_LONGEST_SUBJECT = 48
_SAID = re.compile(
    r"(?P<joined>会同|联合(?!会|体|国|执法))|(?P<leads>牵头)|(?P<answers>负责)|(?P<also>也要(?:相应)?(?=建立|成立|组建|制定|设立|编制|出台|明确|报送))"
)
_NO_VERB_BEHIND = re.compile(r"单位|部门|人|同志|制|的|领导|处室|科室|机构|任")
_OPENING = re.compile(
    r"(?:按照?[^,]{2,40}?(?:要求|部署))?(?:同时|其中|并|且|具体|原则上|日常工作|此项工作|该项工作|本项工作|以上工作|另外|此外)*[,:]?(?:由|请)?"
)
_MODAL = re.compile(r"(?:要|应当?|须|将|具体|统一|共同|分别|主要|全面|积极|切实|总)+$")
_SUBJECT_END = re.compile(
    r"(?:厅|局|委|办|室|院|部|政府|管委会|领导小组|专班|指挥部|中心|集团|公司|单位|部门|乡镇|街道)$"
)
_OF_PLACES = re.compile(r"各[^,]{0,6}[市县区州盟旗乡镇]$|^[^,]{0,6}新区$")
_CUT = re.compile(
    r".*?(?:厅|局|委|办公室|政府|管委会|部门|单位|部|室|院|中心)(?=$|制定|研究|开展|实施|负责|做好|组织|建立|对|定期|抓好|推进|落实|,|。)"
)


def duties_in_sentences(words: str) -> tuple[Duties, list[tuple[int, int]]]:
    """What sentences lay on whom (words made alike), and where: the subject with its verb."""
    duties = Duties()
    where: list[tuple[int, int]] = []
    is_following = False
    for start, end in _pieces(words):
        found = next(_verbs(words, start, end), None)
        names = _subject(words, start, found.start()) if found else []
        if found and found["joined"] and found.start() == start and is_following:
            names = _supporting(words, found, end)
            duties.entries += [_entry(token, SUPPORT) for token in names]
            where += [(start, names[-1].end)] if names else []
        is_following = bool(names)
        if not found or not names or found.start() == start:
            continue
        made = _joined(words, names, found, end) if found["joined"] else _single(words, names, found, end)
        duties.entries += made
        where.append((names[0].start, max(found.end(), made[-1].end)))
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
    return (is_unit(said) and bool(_SUBJECT_END.search(said) or _OF_PLACES.search(said))) or bool(
        _OF_PLACES.search(said) and len(said) <= 8
    )


def _joined(words: str, names: list[Token], verb: re.Match[str], end: int) -> list[Entry]:
    """A会同B及C: who stands before leads, who stands behind supports."""
    return [
        *(_entry(token, LEAD) for token in names),
        *(_entry(token, SUPPORT) for token in _supporting(words, verb, end)),
    ]


def _supporting(words: str, verb: re.Match[str], end: int) -> list[Token]:
    """The units behind 会同."""
    return [token for token in tokens_of(words, verb.end(), _names_end(words, verb.end(), end)) if token.kind == "name"]


def _names_end(words: str, start: int, end: int) -> int:
    """Where a row of names ends and what they do begins: 会同市财政局、市人社局|制定办法."""
    last = max(start, words.rfind("、", start, end) + 1)
    cut = _CUT.match(words, last, end)
    return cut.end() if cut else end


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
