"""四大功能 with three of them listed: the number behind a list against the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.policy.ground.standing import Ground
from zhitong.policy.numerals import number_of
from zhitong.policy.shapes import Finding

NUMBER = re.compile(
    r"(?P<open>等)?[“\"]?(?P<number>\d{1,2}|[二两三四五六七八九十]{1,3})(?P<kind>大|类|级|到位|个方面|方面|项重点|个重点|项|个|种|条)(?![0-9])"
)
STRICT = ("大", "类", "级", "到位", "个方面", "方面")
SENTENCE_WORDS = re.compile("[的为是在把将对按经]|作为|围绕")
JOINED = re.compile("以及|[和与及]")
LONGEST_NAME = 16
FEWEST = 3


@dataclass(frozen=True)
class Enumeration:
    """A list in one clause with the number printed behind it."""

    start: int
    end: int
    number: int
    counts: tuple[int, ...]
    """How many names there are; two answers where the last one may be two (A、B和C)."""
    is_open: bool
    is_strict: bool
    """The number speaks of the list itself (四大, 三类), not of what the last name counts (道路16个)."""
    is_plain: bool
    """Only short names, so that counting them is safe."""


def enumerations(ground: Ground) -> Iterator[Finding]:
    """Lists with another number than they say are doubted; those that agree are told as one."""
    agreeing = []
    for one in _found(ground):
        span = (one.start, one.end)
        if one.number in one.counts:
            agreeing.append(span)
        elif _is_doubtful(one):
            yield Finding(
                "enumeration",
                "medium",
                f"{ground.said(*span)}，写明{one.number}，列出{max(one.counts)}，请核对。",
                (span,),
            )
    if agreeing:
        yield Finding("enumeration", "low", f"{len(agreeing)}处列举的项数与所写数目相符。", tuple(agreeing), holds=True)


def _is_doubtful(one: Enumeration) -> bool:
    """More names than the number allows, or fewer where the list is closed and the number speaks of it."""
    if not one.is_plain:
        return False
    if min(one.counts) > one.number:
        return one.is_strict or one.is_open
    return one.is_strict and not one.is_open and max(one.counts) < one.number


def _found(ground: Ground) -> Iterator[Enumeration]:
    for clause in ground.clauses():
        if "、" not in clause[0]:
            continue
        last = clause[0].rfind("、")
        found = NUMBER.search(clause[0], last)
        if found is None or re.search(r"\d", clause[0][: found.start()]):
            continue
        number = number_of(found["number"])
        if number is None or number < FEWEST:
            continue
        names = clause[0][: found.start()].strip().split("、")
        joined = len(JOINED.findall(names[-1]))
        counts = (len(names), len(names) + 1) if joined else (len(names),)
        yield Enumeration(
            clause.start() + len(clause[0]) - len(clause[0].lstrip()), clause.start() + found.end(), int(number), counts,
            bool(found["open"]), found["kind"] in STRICT,
            joined < 2 and all(len(name) <= LONGEST_NAME and not SENTENCE_WORDS.search(name) for name in names),
        )  # fmt: skip
