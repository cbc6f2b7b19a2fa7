"""Test databases: one template with the small world in it, cheap copies of it, and no rights that users lack."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import world
from zhitong.config import database as config
from zhitong.config import environment, state
from zhitong.launch import database

TEMPLATES = "zhitong_template_"
COPIES = "zhitong_test_"
ONE_BUILDER = 0x7A68_7470  # advisory lock: parallel workers build the template once
SHAPING = ("domain/**/*.py", "domain/**/*.yaml", "domain/**/*.tsv", "kit/**/*.py")  # what the database is made from


def template() -> str:
    """The database with the small world in it that copies are made of; built anew when what shapes it has changed."""
    name = TEMPLATES + _digest()
    with psycopg.connect(**config.parameters("owner"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_BUILDER])
        known = database.names(TEMPLATES)
        if name not in known:
            _build(name)
            for outdated in known:
                database.drop(outdated)
    return name


@contextmanager
def copy_of(origin: str) -> Iterator[str]:
    """A database of one's own for the length of a block."""
    name = f"{COPIES}{os.getpid()}_{secrets.token_hex(4)}"
    database.create_from_template(name, origin, by_files=True)
    try:
        yield name
    finally:
        database.drop(name)


def drop_copies_of_the_dead() -> None:
    """Remove what killed runs left on this machine's own server."""
    if environment.text("ZHITONG_DATABASE_URL"):
        return
    for name in database.names(COPIES):
        pid = name.removeprefix(COPIES).split("_", 1)[0]
        if not Path(f"/proc/{pid}").exists():
            database.drop(name)


def _build(name: str) -> None:
    from zhitong.launch import migrating

    draft = f"{name}_draft"
    database.drop(draft)
    database.create(draft)
    with config.as_role("owner", name=draft):
        migrating.apply()
        world.build()
    database.rename(draft, name)


def _digest() -> str:
    from django.conf import settings

    digest = hashlib.sha256(repr([settings.INSTALLED_APPS, database.OPENING]).encode())
    files = {path for kind in SHAPING for path in state.PACKAGE.glob(kind)}
    digest.update(Path(world.__file__).read_bytes())
    for path in sorted(files):
        digest.update(str(path.relative_to(state.PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
