"""The words of a clause in order: names, verbs with what they govern, parts before 由, limits of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.policy.responsibility import wording
from zhitong.policy.responsibility.marks import outside
from zhitong.policy.responsibility.names import OPEN_END, is_person, is_unit, without_sub_unit

LONGEST_NAME = 45
"""What is longer between two marks is a sentence, not a name."""
LONGEST_UNKNOWN = 16
"""What does not end as units do is taken for a damaged or uncommon name only when it is short."""
_EDGE = " \n,、;:。.*·●—-"
_COUNTED = re.compile(r"第?\d{1,3}(?:[-—~至]\d{1,3})?[项条款号](?:任务|工作)?|第?\d{1,3}")
"""Numbers of duties before the units of several: 3、4项牵头单位."""
_CONJUNCTION = re.compile(r"以及|及其?|和|与|、|/|暨")
_BARE_RIGHT = re.compile(r"(?:人民)?政府|管委会|党委|党工委|办事处|部门|单位|企业|机构|个人")


@dataclass(frozen=True)
class Token:
    """One word of a clause: kind is name, verb, part, due or odd; start and end without the marks around it."""

    kind: str
    start: int
    end: int
    mark: str = ""
    """What joins it to the word before: 、 or , or "" where a verb or a label stands between."""
    role: str | None = None
    governed: tuple[int, int] | None = None
    """What the verb is about, when it says more than the verb does."""
    manner: str = ""
    closed_by: str | None = None


def stretches(words: str, start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """Runs between ; 。 and labels of words[start:end] (made alike): the kind their label announces (None: no label), and where."""
    begin = start
    for place in [*outside(words, start, end, ";。"), end]:
        begin, _ = trimmed(words, begin, place)
        label = wording.LABEL_AT_START.match(words, begin, place)
        while begin < place:
            inner = begin if label is None else label.end()
            following = _following_label(words, inner, place)
            yield (wording.kind_of(label) if label else None), inner, following.start() if following else place
            begin, label = (following.start(), following) if following else (place, None)
        begin = place + 1


def _following_label(words: str, start: int, end: int) -> re.Match[str] | None:
    """A further label: with its colon anywhere, without one only behind a comma."""
    found = wording.LABEL_INSIDE.search(words, start, end)
    while found and not found["mark"] and words[found.start() - 1] not in ",、 ":
        found = wording.LABEL_INSIDE.search(words, found.end(), end)
    return found


def tokens_of(words: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of one stretch; 城区:市住建局 names the part before it names the unit, 市住建局:负责… the unit, 适用范围:… none."""
    start, _ = trimmed(words, start, end)
    said = wording.UNKNOWN_LABEL.match(words, start, end)
    if said and wording.NO_PART_LABEL.search(said["said"]):
        return
    if said:
        kind = "name" if is_unit(said["said"]) and wording.VERB.match(words, said.end(), end) else "part"
        yield Token(kind, start, said.end("said"))
        start = said.end()
    begin, mark = start, ""
    for place in [*outside(words, start, end, "、,|"), end]:
        if words[begin:place].strip() in wording.LEVELS and place < end:
            continue
        yield from _of_piece(words, *trimmed(words, begin, place), mark)
        begin, mark = place + 1, words[place : place + 1]


def trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without marks and spaces at its ends."""
    while start < end and words[start] in _EDGE:
        start += 1
    while start < end and words[end - 1] in _EDGE:
        end -= 1
    return start, end


def _of_piece(words: str, start: int, end: int, mark: str) -> Iterator[Token]:
    said = words[start:end]
    if not said or said == "下同" or _COUNTED.fullmatch(said):
        return
    if wording.DUE_WORDS.fullmatch(said) and not is_unit(said):
        yield Token("due", start, end, mark)
        return
    by_whom = _by_whom(words, start, end)
    if by_whom:
        begin, stop = trimmed(words, start, by_whom.start())
        if begin < stop:
            yield Token("part", *_without_manner(words, begin, stop), mark, manner=words[begin:stop])
        start, mark = by_whom.end(), ""
    verb = _verb_in(words, start, end)
    if verb is None:
        end = _list_end(words, start, end)
    stop, manner_start = (end, end) if verb is None else (verb.start(), verb.start())
    bare_start, bare_stop = _without_manner(words, start, stop)
    manner = words[bare_stop:manner_start]
    yield from _names(words, bare_start, bare_stop, mark)
    if verb is not None:
        yield from _behind(words, verb, end, manner)
    elif manner and bare_stop < end:
        yield Token("verb", bare_stop, end, role=wording.RESPONSIBLE, manner=manner)


def _list_end(words: str, start: int, end: int) -> int:
    """The end of 市教育局等部门, where what they do follows without a verb that hands out work."""
    found = wording.LIST_END.search(words, start, end)
    return found.end() if found and is_unit(words[start : found.start()]) else end


def _by_whom(words: str, start: int, end: int) -> re.Match[str] | None:
    """由 as in 由A牵头; not inside a name, not in a quotation or bracket."""
    free = set(outside(words, start, end)) if "由" in words[start:end] else ()
    return next((found for found in wording.BY_WHOM.finditer(words, start, end) if found.start() in free), None)


def _verb_in(words: str, start: int, end: int) -> re.Match[str] | None:
    """The first verb of a piece that hands out work; a word inside a unit's name is none."""
    free = set(outside(words, start, end))
    for found in wording.VERB.finditer(words, start, end):
        if found.start() not in free:
            continue
        before = words[slice(*_without_manner(words, start, found.start()))]
        behind = words[found.end() : end]
        further = next((one for one in wording.VERB.finditer(behind) if one["strong"]), None)
        behind = behind[: further.start()] if further else behind
        is_free = not before or is_unit(_open(before)[0])
        if found["strong"] in wording.TAKE_ANY_NAME and len(before) >= 2:
            return found
        if is_free and (found["strong"] or not (is_unit(behind) or is_unit(found[0] + behind))):
            return found
    return None


def _behind(words: str, verb: re.Match[str], end: int, manner: str) -> Iterator[Token]:
    """The verb, and what stands behind it: 牵头统筹…, 牵头会同B, 牵头B配合."""
    role = wording.STRONG_VERBS.get(verb[0]) or wording.WEAK_VERBS[verb[0]]
    begin, stop = trimmed(words, verb.end(), end)
    said = words[begin:stop]
    if wording.HELPS.match(said) and role == wording.RESPONSIBLE:
        role = wording.SUPPORT
    if role == wording.JOINED or (wording.VERB.match(words, begin, stop) and _joins(words, begin, stop)):
        yield Token("verb", verb.start(), verb.end(), role=role, manner=manner)
        yield from _of_piece(words, begin, stop, "")
        return
    further = _verb_in(words, begin, stop)
    if further and is_unit(words[begin : further.start()]):
        yield Token("verb", verb.start(), verb.end(), role=role, manner=manner)
        yield from _of_piece(words, begin, stop, "")
    elif wording.DUE_WORDS.fullmatch(said):
        yield Token("verb", verb.start(), verb.end(), role=role, manner=manner)
        yield Token("due", begin, stop)
    else:
        about = None if wording.NO_PART.fullmatch(said) else (begin, stop)
        yield Token("verb", verb.start(), stop, role=role, governed=about, manner=manner)


def _joins(words: str, begin: int, stop: int) -> bool:
    return words.startswith(("会同", "联合"), begin, stop)


def _names(words: str, start: int, end: int, mark: str) -> Iterator[Token]:
    """The names between two marks: split at 和, 及, 与 and at spaces between whole units."""
    for begin, stop in _split(words, start, end):
        begin, stop = trimmed(words, begin, stop)
        bare, closed_by = _open(words[begin:stop])
        if bare and bare not in wording.NO_NAMES:
            kind = "odd" if _is_odd(bare) else "name"
            yield Token(kind, begin, begin + len(bare), mark, closed_by=closed_by)
        mark = "、"


def _is_odd(bare: str) -> bool:
    if len(bare) < 2 or len(bare) > LONGEST_NAME or ":" in bare or is_person(bare):
        return True
    return not is_unit(bare) and (len(bare) > LONGEST_UNKNOWN or wording.SENTENCE_START.match(bare) is not None)


def _split(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for place in outside(words, start, end):
        if place < begin:
            continue
        if words[place] == " " and _is_whole(words[begin:place]):
            yield begin, place
            begin = place + 1
            continue
        found = _CONJUNCTION.match(words, place, end)
        left, right = words[begin:place], words[found.end() : end] if found else ""
        if found and _is_whole(left) and right and not _BARE_RIGHT.fullmatch(right):
            yield begin, place
            begin = found.end()
    yield begin, end


def _is_whole(left: str) -> bool:
    """Whether a name may end here: as units do, or with 等部门."""
    bare, closed_by = _open(left)
    return bool(closed_by) or is_unit(without_sub_unit(bare))


def _open(said: str) -> tuple[str, str | None]:
    """The name, and the words that leave its list open behind it: 省发展改革委 + 等部门."""
    found = OPEN_END.search(said)
    if not found or not found.start():
        return said, None
    return said[: found.start()], found[0]


def _without_manner(words: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without how it is done at its end: 按职责分工, 共同, 分别."""
    while True:
        start, end = trimmed(words, start, end)
        said = words[start:end]
        found = wording.MANNER.search(said)
        if found:
            end = start + found.start()
            continue
        if not said.endswith(wording.MANNERS):
            return start, end
        last = next((one for one in wording.MANNERS if said.endswith(one) and not is_unit(said)), None)
        if last is None:
            return start, end
        end -= len(last)
