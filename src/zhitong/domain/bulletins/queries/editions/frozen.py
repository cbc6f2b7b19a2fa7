"""What is kept of a drawn paper as rows, and the paper made of the rows again: the same bytes for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from zhitong.domain.bulletins.models import EditionFigure, Wording
from zhitong.domain.bulletins.rules.drawn import Annex, AnnexRow, Bound, Section


def figures_of(rows: Iterable[EditionFigure]) -> tuple[Bound, ...]:
    """Kept figures as figures, in their order."""
    return tuple(
        Bound(row.key, row.label, row.text, row.unit_word, row.unit_id, row.behind, row.before)
        for row in sorted(rows, key=lambda row: row.position)
    )


def sections_of(wording: Wording) -> tuple[Section, ...]:
    """The sections of a wording."""
    return tuple(Section(**one) for one in wording.sections)


def annexes_of(wording: Wording) -> tuple[Annex, ...]:
    """The annexes of a wording."""
    return tuple(
        Annex(
            one["title"], tuple(one["heads"]),
            tuple(AnnexRow(UUID(row["unit"]) if row["unit"] else None, tuple(row["cells"])) for row in one["rows"]),
            tuple(one["shares"]), one["note"],
        )
        for one in wording.annexes
    )


def plain_sections(sections: Sequence[Section]) -> list[dict[str, str]]:
    """Sections as they are kept."""
    return [{"heading": one.heading, "text": one.text} for one in sections]


def plain_annexes(annexes: Sequence[Annex]) -> list[dict[str, Any]]:
    """Annexes as they are kept."""
    return [
        {
            "title": one.title, "heads": list(one.heads), "shares": list(one.shares), "note": one.note,
            "rows": [{"unit": str(row.unit_id) if row.unit_id else "", "cells": list(row.cells)} for row in one.rows],
        }
        for one in annexes
    ]


def digest_of_content(wording: Wording) -> str:
    """SHA-256 of all that a wording says, in hex."""
    return _digest({
        "title": wording.title, "recipients": wording.recipients, "sections": wording.sections, "annexes": wording.annexes,
    })


def digest_of_figures(figures: Sequence[Bound]) -> str:
    """SHA-256 of the figures by key, in hex."""
    return _digest([[one.key, one.label, one.text, one.unit, dict(one.behind)] for one in sorted(figures, key=lambda one: one.key)])


def _digest(said: Mapping[str, Any] | Sequence[Any]) -> str:
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
