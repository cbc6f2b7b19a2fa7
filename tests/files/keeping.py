"""Files stored and attached by the cast, and how many rows a viewer sees of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from tests.cast import acting
from tests.files.samples import photo, upload
from tests.world import NOW
from zhitong.domain.files.actions import attach, store
from zhitong.domain.files.queries import FileView

TABLES = ("files_file", "files_attachment", "files_content")


def stored(login: str = "firm", *names: str, now: datetime = NOW) -> list[FileView]:
    """Photos stored by a member of the cast, each with bytes of its own."""
    with acting(login) as actor:
        made = (upload(name, photo(size=(40 + place, 30))) for place, name in enumerate(names or ("现场.jpg",)))
        return store(made, actor=actor, now=now)


def attached(problem_id: UUID, *files: FileView, login: str = "firm", now: datetime = NOW, caption: str = "") -> None:
    """Put files beside a problem as a member of the cast."""
    with acting(login) as actor:
        attach([file.id for file in files], "problem", problem_id, actor=actor, now=now, caption=caption)


def counts() -> dict[str, int]:
    """How many rows of each table the viewer sees."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found
