"""The texts that themes are found in: of a period and the one before, the newest first; never confidential or unnamed ones."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from zhitong.domain.analysis.queries.hurting.coming import Narrowed, coming
from zhitong.domain.analysis.queries.overseeing import Overseen
from zhitong.domain.analysis.rules.hurting.themes import Told

MOST_TEXTS = 10_000
"""So many of the newest texts are read, of the period and the one before together."""

_TOLD = """
SELECT id, firm, subject_name, text FROM asked WHERE NOT unnamed ORDER BY submitted_at DESC, id DESC LIMIT %(most)s
"""


def told_in(seen: Overseen, narrowed: Narrowed, since: datetime, until: datetime, *, most: int = MOST_TEXTS // 2) -> list[Told]:
    """Up to `most` texts that came after `since` up to `until`, the newest first. One statement."""
    clause, parameters = coming(seen, narrowed, since, until)
    with connection.cursor() as cursor:
        cursor.execute(clause + _TOLD, {**parameters, "most": most})
        return [Told(*row) for row in cursor.fetchall()]
