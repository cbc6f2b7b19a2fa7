"""An older installation's policies on attached files are moved to functions, and show what they showed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import psycopg
import pytest

pytestmark = pytest.mark.postgres

MOVE = import_module("zhitong.domain.files.migrations.0004_asked_by_functions").MOVE
WRITTEN_OUT = (
    "ALTER POLICY seen_as_extra ON files_attachment USING"
    " (thing_kind = 'extra' AND EXISTS (SELECT 1 FROM extras_proposal thing WHERE thing.id = files_attachment.thing_id))"
)
QUAL = "SELECT qual FROM pg_policies WHERE tablename = 'files_attachment' AND policyname = 'seen_as_extra'"


def test_a_policy_that_was_written_out_asks_its_function(fresh_database: str, owner_connection: psycopg.Connection[Any]) -> None:
    new = owner_connection.execute(QUAL).fetchone()
    owner_connection.execute(WRITTEN_OUT)
    owner_connection.execute("ALTER FUNCTION files_seen_as_extra(uuid) RENAME TO put_aside")

    owner_connection.execute(MOVE)

    assert owner_connection.execute(QUAL).fetchone() == new
    assert owner_connection.execute("SELECT files_seen_as_extra(gen_random_uuid())").fetchone() == (False,)
