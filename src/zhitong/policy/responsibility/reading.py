"""Clauses with their units: names in full, roles, parts and limits of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhitong.policy.responsibility.clauses import Place, places_in
from zhitong.policy.responsibility.duties import Duties, Entry, in_order_of_rank, read_duties
from zhitong.policy.responsibility.house import HouseRules, rules_stated, without_statements
from zhitong.policy.responsibility.lists import whole_names
from zhitong.policy.responsibility.marks import OPENING, alike
from zhitong.policy.responsibility.names import ORGAN_END, is_collective
from zhitong.policy.responsibility.prose import duties_in_sentences
from zhitong.policy.responsibility.wording import LABEL_AT_START, LABEL_IN_BRACKET, LEAD, TIME_HEAD
from zhitong.policy.shapes import Responsible


@dataclass(frozen=True)
class Clause:
    """Words that name units for work: where they stand, brackets included, and what they say."""

    start: int
    end: int
    text: str
    responsible: tuple[Responsible, ...]
    due_text: str | None = None
    """A limit of time said among the units, as printed."""
    is_damaged: bool = False
    """A bracket, a separator or the end of a name is lost."""
    is_prose: bool = False
    """Said in a sentence of the body (A会同B, 各市负责…); the sentence is still part of what is to be done."""


def printed_clauses(text: str, start: int, end: int, rules: HouseRules) -> tuple[Clause, ...]:
    """The clauses in brackets and under labels in text[start:end], in order of print."""
    words = _labels_with_colons(without_statements(alike(text[start:end])))
    return tuple(read for place in places_in(words) if (read := _clause(text, start, place, rules)) is not None)


def _labels_with_colons(words: str) -> str:
    """The words as long as they were, with 【牵头单位】 written as a label with a colon."""
    return LABEL_IN_BRACKET.sub(
        lambda found: f" {found[0][1:-1]}:" if words[found.end()] != ":" else f" {found[0][1:-1]} ", words
    )


def clauses_in_sentences(text: str, start: int, end: int, rules: HouseRules) -> tuple[Clause, ...]:
    """What the sentences of text[start:end] lay on whom, one clause for each subject with its verb."""
    words = alike(text[start:end])
    duties, where = duties_in_sentences(words)
    units, _ = units_of(text, words, start, duties, replace(rules, is_first_lead=False))
    return tuple(
        Clause(start + begin, start + stop, text[start + begin : start + stop], named, is_prose=True)
        for begin, stop in where
        if (named := tuple(one for one in units if one.start is not None and begin <= one.start - start < stop))
    )


def clause_in_cell(text: str, head: str, start: int, end: int, rules: HouseRules) -> Clause | None:
    """What the cell text[start:end] of a table says under the head of its column; None where it names nobody and no time."""
    label = f"{alike(head)}:"
    label = label if LABEL_AT_START.match(label) else "完成时限:" if TIME_HEAD.search(head) else "责任单位:"
    words = label + without_statements(alike(text[start:end]))
    base, duties = start - len(label), read_duties(words)
    responsible, is_damaged = units_of(text, words, base, duties, rules)
    due = "；".join(_clean(text[base + begin : base + stop]) for begin, stop in duties.due) or None
    return Clause(start, end, text[start:end], responsible, due, is_damaged) if responsible or due else None


def _clause(text: str, base: int, place: Place, rules: HouseRules) -> Clause | None:
    inner = base + place.inner_start
    responsible, is_damaged = units_of(text, place.words, inner, place.duties, rules)
    due = "；".join(_clean(text[inner + begin : inner + end]) for begin, end in place.duties.due) or None
    if not responsible and not due:
        return None
    begin, stop = base + place.start, base + place.end
    if begin and text[begin - 1] in OPENING and text[begin] not in OPENING and place.start == place.inner_start:
        begin -= 1
    return Clause(begin, stop, text[begin:stop], responsible, due, place.is_damaged or is_damaged)


def units_of(
    text: str, words: str, base: int, duties: Duties, rules: HouseRules
) -> tuple[tuple[Responsible, ...], bool]:
    """The units of a clause in full, and whether a name was damaged; words are text from base on, made alike."""
    entries, is_damaged = _apart(words, duties.entries)
    entries = [_unstarred(words, entry, rules.lead_mark) for entry in entries]
    if rules.is_first_lead:
        entries = in_order_of_rank(entries, others=rules.others)
    printed = [_clean(text[base + entry.start : base + entry.end]) for entry in entries]
    healed = [_healed(name, rules.names) for name in printed]
    full = whole_names(healed, [entry.is_joined for entry in entries], [entry.closed_by for entry in entries])
    made = [
        Responsible(
            name=name,
            role=entry.role or "responsible",
            part=_clean(text[base + entry.part[0] : base + entry.part[1]]) if entry.part else None,
            printed=said if said != name else None,
            is_collective=is_collective(name),
            start=base + entry.start,
            end=base + entry.end,
        )
        for entry, name, said in zip(entries, full, printed, strict=True)
    ]
    return tuple(made), is_damaged or healed != printed


def _clean(printed: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", printed)


def _apart(words: str, entries: list[Entry]) -> tuple[list[Entry], bool]:
    """Names run together where a mark was lost: 甲新区行政审批甲新区工商局, 省财政厅省教育厅."""
    made: list[Entry] = []
    for entry in entries:
        cut = _seam(words[entry.start : entry.end])
        if cut:
            made += [replace(entry, end=entry.start + cut), replace(entry, start=entry.start + cut, is_joined=True)]
        else:
            made.append(entry)
    return made, len(made) > len(entries)


_TWICE = re.compile(r"(?P<place>[^()]{1,8}[区市县省州旗镇乡])[^()]{2,12}?(?P<seam>(?P=place)[^()]{2,})$")
_SINGLE = re.compile(
    r"(?P<level>[省市县区州])[^()省市县区州]{2,12}(?:厅|局|办|部|委(?!政府|市政府|省政府|县政府|区政府))(?P<seam>(?P=level)(?!场|政|区|县|民|级|直)[^()]{2,12}(?:厅|局|办|部|委))$"
)


def _seam(word: str) -> int | None:
    found = _TWICE.match(word) or _SINGLE.match(word)
    return found.start("seam") if found else None


def _unstarred(words: str, entry: Entry, mark: str | None) -> Entry:
    """A name with the sign that the paper gives to those who lead."""
    begin, end = entry.start, entry.end
    starred = mark is not None and mark in words[max(0, begin - 1) : begin + 1] + words[end - 1 : end + 1]
    while begin < end - 1 and words[begin] in "★☆*※▲△#●":
        begin += 1
    while begin < end - 1 and words[end - 1] in "★☆*※▲△#●":
        end -= 1
    role = LEAD if starred else entry.role
    return replace(entry, start=begin, end=end, role=role, is_settled=entry.is_settled or starred)


def _healed(name: str, known: Iterable[str]) -> str:
    """The name with its last character, where the paper prints it whole elsewhere and only one such name fits."""
    if ORGAN_END.search(name):
        return name
    whole = {one for one in known if len(one) == len(name) + 1 and one.startswith(name)}
    return whole.pop() if len(whole) == 1 else name


def house_rules(text: str) -> HouseRules:
    """What the paper says once for all its clauses, and the names it prints whole."""
    stated = rules_stated(text)
    names = {
        one.name
        for clause in printed_clauses(text, 0, len(text), stated)
        if not clause.is_damaged
        for one in clause.responsible
        if not one.is_collective
    }
    return replace(stated, names=frozenset(names))
