"""How the second wall shows attached files: through the thing they stand beside, for the migration of the room that owns it."""

from __future__ import annotations

from django.db.migrations import RunSQL

from zhitong.kit.wall import WEB


def seen_through(thing_kind: str, table: str) -> RunSQL:
    """Show the files attached to a kind of thing to whoever sees its row: `seen_through("problem", "problems_problem")`."""
    return RunSQL(
        f"CREATE POLICY seen_as_{thing_kind} ON files_attachment FOR SELECT TO {WEB} USING (thing_kind = '{thing_kind}'"
        f" AND EXISTS (SELECT 1 FROM {table} thing WHERE thing.id = files_attachment.thing_id))",
        f"DROP POLICY seen_as_{thing_kind} ON files_attachment",
    )
