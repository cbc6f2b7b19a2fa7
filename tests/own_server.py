"""The server that tests run on is theirs alone, beside the installation's, and does not wait for the disk: what a test wrote
need not outlive the machine. Whatever kills servers, or asks how durable one is, starts another."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.launch.embedded import server

HOME = Path(__file__).resolve().parent.parent / ".zhitong" / "tests"
QUICK = ("fsync", "synchronous_commit", "full_page_writes")

if not environment.text("ZHITONG_DATABASE_URL"):
    os.environ.setdefault("ZHITONG_STATE_DIR", str(HOME))
os.environ.setdefault("ZHITONG_PACE", "off")  # a story is told faster than anybody works, and its clock stands still


def make_quick() -> None:
    """Let the running server answer before the disk has; an external one is left as it is."""
    logins = config.logins()
    if environment.text("ZHITONG_DATABASE_URL") or logins is None:
        return
    address = {"host": logins["host"], "port": logins["port"], "dbname": "postgres"}
    login = {"user": server.SUPERUSER, "password": server.superuser_password()}
    with psycopg.connect(**address, **login, autocommit=True) as superuser:
        if superuser.execute("SELECT current_setting('fsync')").fetchone() == ("off",):
            return
        for name in QUICK:
            superuser.execute(f"ALTER SYSTEM SET {name} = off")
        superuser.execute("SELECT pg_reload_conf()")
