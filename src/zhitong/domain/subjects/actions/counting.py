"""Keeping the registry's counts while its rows change: the cells before, the cells after, and the difference posted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from zhitong.domain.subjects.rules.cuts import CARE, STANDING, cell_of
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell


@contextmanager
def counted(subject_ids: Collection[UUID]) -> Iterator[None]:
    """Let subjects, or who looks after them, change inside the block and post what that does to every cut of the registry.

    Two statements whatever the number. It goes around every act that changes place, tier, stage, end or care of subjects
    that the actor sees before and afterwards.
    """
    before = _cells(subject_ids)
    yield
    after = _cells(subject_ids)
    after.subtract(before)
    post({cell: n for cell, n in after.items() if n})


def _cells(subject_ids: Collection[UUID]) -> Counter[Cell]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT region_id, kind, tier, stage, home, coverage FROM ({STANDING}) AS standing WHERE id = ANY(%s)",
            [list(subject_ids)],
        )
        rows = cursor.fetchall()
    kinds = Counter(cell_of(region_id, kind, tier, stage) for region_id, kind, tier, stage, _home, _coverage in rows)
    return kinds + Counter(CARE.cell(region_id, kind, home, cover) for region_id, kind, _tier, _stage, home, cover in rows)
