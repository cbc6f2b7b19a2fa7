"""How this process logs in to the database: one of three roles, from the file that `launch` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhitong.config import state
from zhitong.kit.arrays import write_plainly

write_plainly()

POOLED_ROLE = "web"  # many threads share few connections; the others are one thread each
POOL = {"min_size": 1, "max_size": 8, "timeout": 20}
BOUND_BY_SERVER = {"server_side_binding": True, "prepare_threshold": 3}
"""Parameters travel apart from statements, so the server plans what comes again and again once, policies included."""


def file() -> Path:
    """Where the logins are kept (0600)."""
    return state.location() / "database.json"


def logins() -> dict[str, Any] | None:
    """Host, port, name and the three roles with passwords; None before the first start."""
    try:
        known: dict[str, Any] = json.loads(file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return known


def settings_for(role: str, *, name: str | None = None, pooled: bool | None = None) -> dict[str, Any]:
    """Django's entry for one of the roles owner, web, worker; `name` chooses another database on the same server.

    Before the first start it points at a socket folder that does not exist, so that settings can be imported
    and no stranger's server is ever reached by accident.
    """
    known = logins()
    options: dict[str, Any] = {"application_name": f"zhitong {role}", **BOUND_BY_SERVER}
    entry: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name or "zhitong",
        "HOST": str(state.location() / "not-started"),
        "PORT": 5432,
        "USER": f"zhitong_{role}",
        "PASSWORD": "",
        "OPTIONS": options,
    }
    if known:
        login = known["roles"][role]
        entry |= {
            "NAME": name or known["name"],
            "HOST": known["host"],
            "PORT": known["port"],
            "USER": login["user"],
            "PASSWORD": login["password"],
        }
        options |= known.get("options", {})
    if role == POOLED_ROLE if pooled is None else pooled:
        options["pool"] = dict(POOL)
    return entry


@contextmanager
def as_role(role: str, *, name: str | None = None) -> Iterator[None]:
    """Point Django's default connection at another role (or database) for the length of a block."""
    from django.db import connections

    before = dict(connections["default"].settings_dict)
    point_at(settings_for(role, name=name, pooled=False))
    try:
        yield
    finally:
        point_at(before)


def point_at(entry: dict[str, Any]) -> None:
    """Close Django's default connection and let its next use log in as the entry says."""
    from django.db import connections

    connection = connections["default"]
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool:
        close_pool()
    connection.settings_dict.update(entry)


def this_thread_as(role: str, *, name: str | None = None) -> None:
    """Let Django's default connection log in as a role in the thread that asks; other threads keep theirs."""
    from django.db import connections
    from django.db.utils import load_backend

    entry = {**connections.settings["default"], **settings_for(role, name=name, pooled=False)}
    connections["default"] = load_backend(entry["ENGINE"]).DatabaseWrapper(entry, "default")


def parameters(role: str, *, name: str | None = None) -> dict[str, Any]:
    """The same login as keyword arguments of `psycopg.connect`."""
    entry = settings_for(role, name=name, pooled=False)
    return {
        "host": entry["HOST"],
        "port": entry["PORT"],
        "dbname": entry["NAME"],
        "user": entry["USER"],
        "password": entry["PASSWORD"],
        **{name: value for name, value in entry["OPTIONS"].items() if name not in BOUND_BY_SERVER},
    }
