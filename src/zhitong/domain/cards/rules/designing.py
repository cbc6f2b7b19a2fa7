"""Who may draw up, publish and end a template, and what a definition needs before it may be kept or published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from uuid import UUID

from zhitong.domain.cards.rules.shape import placed, shape_findings
from zhitong.domain.cards.rules.soundness import Fault, faults
from zhitong.domain.cards.rules.templates import Definition
from zhitong.domain.cards.rules.texts import classified_mark
from zhitong.domain.organisations.rules.directory import RegionEntry

MOST_FIELDS, MOST_CHARACTERS = 200, 300_000
NEEDED = (("purpose", "用途"), ("basis", "依据"))
"""What the office must say before it may ask anything of anybody."""


def may_govern(viewer_region: UUID, viewer_unit: UUID, asker_unit: UUID | None, path: Iterable[RegionEntry]) -> bool:
    """Whether an office may give out a new version of a template, or end it: the one that asks, and those above it.

    `path` are the regions from the root down to the asking office's own; what a package brought belongs to the root's
    office alone.
    """
    regions = [region.id for region in path]
    if asker_unit is None:
        return viewer_region == regions[0]
    return viewer_unit == asker_unit or viewer_region in regions[:-1]


def refusal_of(definition: Definition) -> str:
    """Why a definition cannot even be kept as a draft; empty when it can."""
    text = json.dumps(definition, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        return "这张表太大，存不下。请删去一些栏目或选项，或者分成两张表。"
    wrong = next(shape_findings(placed(definition)), None)
    if wrong is not None:
        return f"{wrong.file or '表头'}：{wrong.message}"
    fields = sum(len(section["fields"]) for section in definition["sections"])
    if fields > MOST_FIELDS:
        return f"一张表最多{MOST_FIELDS}栏，现在有{fields}栏。请删去一些，或者分成两张表。"
    mark = classified_mark(text)
    return f"本系统为非涉密系统，表里有“{mark}”字样，没有保存。请改写。" if mark else ""


def lacking(definition: Definition) -> Iterator[Fault]:
    """Everything that stands between a draft and its publishing."""
    for key, word in NEEDED:
        if not definition.get(key, "").strip():
            yield Fault("", key, f"还没有写明{word}。请在“基本信息”里写明后再发布。")
    yield from faults(definition)
