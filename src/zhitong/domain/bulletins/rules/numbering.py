"""The numbers of issued papers: one series for each kind of paper, office and year, without gaps. Pure."""

from __future__ import annotations

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.rules.directory import RegionEntry, UnitEntry

_WORDS = {PaperKind.CIRCULAR: "通", PaperKind.CORRECTION: "函"}
NUMBERED = (PaperKind.CIRCULAR, PaperKind.BRIEF, PaperKind.CORRECTION)
"""The kinds that are numbered in series of their own."""


def number_of(kind: PaperKind, unit: UnitEntry, region: RegionEntry, year: int, serial: int) -> str:
    """The number on the paper: 某市双创双服办通〔2018〕5号; of a brief its issue: 第5期."""
    if kind is PaperKind.BRIEF:
        return f"〔{year}〕第{serial}期"
    named = unit.short if region.parent_id is None or region.short in unit.short else f"{region.short}{unit.short}"
    return f"{named}{_WORDS[kind]}〔{year}〕{serial}号"
