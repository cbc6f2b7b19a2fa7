"""Ladders of cultivation (梯度培育) and reserve pools: what each rung asks, which one a firm is ready for, and why. Pure.

Source: 冀发〔2018〕7号 三（一）5: 抓好苗圃、雏鹰、小巨人和上市四大工程……建立企业后备库 (R-D4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import yuan_in_words


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a rung asks: a mark to be borne (`lacks`: not to be borne), or a figure above a bound.

    `percent_of` makes the figure a share of another one; `growth_years` makes it yearly growth in percent over as many years.
    """

    label: str
    mark: str = ""
    lacks: str = ""
    fact: str = ""
    at_least: Decimal | None = None
    percent_of: str = ""
    growth_years: int = 0


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung; all it asks must hold."""

    code: str
    name: str
    all: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder from its lowest rung up, for some kinds of enterprises.

    `source` says whose the numbers are, `line` which line of work leads it, by its code.
    """

    code: str
    name: str
    kinds: tuple[SubjectKind, ...]
    task: str
    line: str
    source: str
    rungs: tuple[Rung, ...]

    def place(self, rung: str) -> int:
        """The height of a rung from 0; -1 for none."""
        return next((place for place, one in enumerate(self.rungs) if one.code == rung), -1)

    def named(self, rung: str) -> str:
        """The name of a rung; empty for none."""
        return next((one.name for one in self.rungs if one.code == rung), "")


@dataclass(frozen=True, slots=True)
class Climber:
    """What is known of a firm: its marks today, and yearly figures by code and year."""

    marks: frozenset[str]
    figures: Mapping[str, Mapping[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rung the rule sees a firm on ("" for none), why, and what the next rung still asks."""

    rung: str
    words: str
    lacking: str = ""


def propose(one: Climber, ladder: Ladder) -> Proposal:
    """The highest rung whose asks all hold; a rung may be reached without those below it."""
    met = [rung for rung in ladder.rungs if not _lacking(one, rung)]
    highest = met[-1] if met else None
    following = ladder.rungs[ladder.place(highest.code) + 1:] if highest else ladder.rungs
    lacking = f"距“{following[0].name}”还差：{'、'.join(_lacking(one, following[0]))}。" if following else ""
    if highest is None:
        return Proposal("", "不够任何一级的条件。", lacking)
    reasons = "、".join(_met(one, ask) for ask in highest.all)
    return Proposal(highest.code, f"{reasons}，符合“{highest.name}”的条件。", lacking)


def _lacking(one: Climber, rung: Rung) -> list[str]:
    return [f"{ask.label}{_found(one, ask)}" for ask in rung.all if not _holds(one, ask)]


def _holds(one: Climber, ask: Ask) -> bool:
    if ask.mark:
        return ask.mark in one.marks
    if ask.lacks:
        return ask.lacks not in one.marks
    value = value_of(one, ask)
    return value is not None and ask.at_least is not None and value >= ask.at_least


def _met(one: Climber, ask: Ask) -> str:
    return f"{ask.label}{_found(one, ask)}"


def _found(one: Climber, ask: Ask) -> str:
    """What was found of a figure, in brackets; nothing for marks."""
    if not ask.fact:
        return ""
    value = value_of(one, ask)
    if value is None:
        return "（还没有数据）"
    if ask.percent_of or ask.growth_years:
        return f"（现为{format(value.normalize(), 'f')}%）"
    return f"（现为{yuan_in_words(int(value))}）" if ask.fact.endswith("_cny") else f"（现为{int(value)}）"


def value_of(one: Climber, ask: Ask) -> Decimal | None:
    """The figure an ask looks at, of the newest year told; None when it cannot be worked out."""
    years = one.figures.get(ask.fact, {})
    if not years:
        return None
    newest = max(years)
    if ask.percent_of:
        whole = one.figures.get(ask.percent_of, {}).get(newest)
        return (years[newest] * 100 / whole).quantize(Decimal("0.1")) if whole and whole > 0 else None
    if not ask.growth_years:
        return years[newest]
    first = years.get(newest - ask.growth_years)
    if first is None or first <= 0 or years[newest] < 0:
        return None
    yearly = (float(years[newest] / first) ** (1 / ask.growth_years) - 1) * 100
    return Decimal(yearly).quantize(Decimal("0.1"))


def kept_form(ladder: Ladder) -> dict[str, Any]:
    """The ladder as JSON; bounds as text."""
    return {
        "code": ladder.code, "name": ladder.name, "kinds": [str(one) for one in ladder.kinds], "task": ladder.task,
        "line": ladder.line, "source": ladder.source,
        "rungs": [
            {
                "code": rung.code, "name": rung.name,
                "all": [
                    {
                        "label": one.label, "mark": one.mark, "lacks": one.lacks, "fact": one.fact,
                        "at_least": None if one.at_least is None else str(one.at_least),
                        "percent_of": one.percent_of, "growth_years": one.growth_years,
                    }
                    for one in rung.all
                ],
            }
            for rung in ladder.rungs
        ],
    }


def read_ladder(kept: Mapping[str, Any]) -> Ladder:
    """The ladder that was kept."""
    rungs = tuple(
        Rung(one["code"], one["name"], tuple(
            Ask(**{**ask, "at_least": None if ask["at_least"] is None else Decimal(ask["at_least"])}) for ask in one["all"]
        ))
        for one in kept["rungs"]
    )
    kinds = tuple(SubjectKind(one) for one in kept["kinds"])
    return Ladder(kept["code"], kept["name"], kinds, kept["task"], kept["line"], kept["source"], rungs)
