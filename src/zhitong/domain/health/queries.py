"""How an installation stands; asked by operators' programs, of nobody's data."""

from __future__ import annotations

import pkgutil
from datetime import datetime
from functools import cache
from importlib import util

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from zhitong.domain.health.models import Beat

_CONNECTIONS = """
SELECT usename, count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL GROUP BY usename ORDER BY usename
"""


def last_beats() -> dict[str, datetime]:
    """When each part that ever began was last at work; one query."""
    return dict(Beat.objects.values_list("part", "at"))


def missing_migrations() -> list[str]:
    """The migrations of this code that the database does not have, as `room.name`; one query.

    What the database has beyond this code's is no fault: an older release runs on while the newer one is put in place.
    """
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return [f"{room}.{name}" for room, name in _of_this_code() if (room, name) not in applied]


def connections_in_use() -> dict[str, int]:
    """How many connections to this database each login role holds; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CONNECTIONS)
        return {str(role): int(count) for role, count in cursor.fetchall()}


@cache
def _of_this_code() -> tuple[tuple[str, str], ...]:
    """(room, name) of every migration that lies on disk, found without loading one."""
    found = []
    for app in apps.get_app_configs():
        spec = util.find_spec(f"{app.name}.migrations")
        folders = spec.submodule_search_locations if spec else None
        found += [(app.label, one.name) for one in pkgutil.iter_modules(folders or [])]
    return tuple(sorted(found))
