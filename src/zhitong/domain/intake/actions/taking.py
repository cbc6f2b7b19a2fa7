"""What acts of this room share: what rows are read against, and which firm a row means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.intake.actions.naming import Named, of_subject, subject_named
from zhitong.domain.intake.queries.firms import firms_meant
from zhitong.domain.intake.rules.sheets import Column, Known, RowRead
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import UNDECIDED, UNDECIDED_WORDS
from zhitong.domain.subjects.models import Subject


class Surroundings:
    """The categories and regions that people's words mean, for one viewer and campaign."""

    def __init__(self, viewer: Viewer, campaign: str) -> None:
        here = directory()
        self._viewer = viewer
        self.book = rulebook(campaign)
        self.categories = {UNDECIDED_WORDS: UNDECIDED}
        for entry in self.book.categories.values():
            self.categories.setdefault(entry.label, entry.code)
            self.categories.setdefault(entry.code, entry.code)
        self.regions: dict[str, UUID] = {}
        for region_id in here.within(viewer.region_id):
            region = here.regions[region_id]
            for word in (region.code, region.name, region.short):
                self.regions.setdefault(word, region_id)

    def known(self, now: datetime) -> Known:
        """What rows are read against."""
        return Known(self.categories.get, self.regions.__contains__, now)

    def firms_of(self, rows: Sequence[RowRead]) -> dict[str, Subject]:
        """The registered firms that rows mean by code or by name; one query."""
        words = [row.said.get(column, "") for row in rows for column in (Column.CODE, Column.FIRM)]
        return firms_meant(self._viewer, words)

    def about(self, row: RowRead, firms: dict[str, Subject]) -> dict[str, Any]:
        """What a report says of a row's subject and category; a category that does not fit the firm is left to the office."""
        firm = firms.get(row.said.get(Column.CODE, "")) or firms.get(row.said.get(Column.FIRM, ""))
        name = row.said.get(Column.FIRM, "")
        region_id = self.regions.get(row.said.get(Column.REGION, ""))
        said = of_subject(firm) if firm else subject_named(self._viewer, Named(None, name, region_id))
        code = self.category_of(row, said["subject_kind"])
        return {**said, "category": code, "text": row.said[Column.TEXT]}

    def category_of(self, row: RowRead, kind: str) -> str:
        """The category a row names, of the firm's kind where several kinds have one so called."""
        word = row.said.get(Column.CATEGORY, "")
        own = next((one.code for one in self.book.of_kind(kind) if word in (one.label, one.code)), None)
        code = own or self.categories.get(word, UNDECIDED)
        return code if self.book.has(kind, code) else UNDECIDED
