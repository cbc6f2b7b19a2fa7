"""How the second wall shows attached files: through the thing they stand beside, for the migration of the room that owns it."""

from __future__ import annotations

from django.db.migrations import RunSQL

from zhitong.kit.wall import WEB


def seen_through(thing_kind: str, table: str) -> RunSQL:
    """Show the files attached to a kind of thing to whoever sees its row: `seen_through("problem", "problems_problem")`.

    The look at the thing is a function of its own: written into the policy, every look at one file would plan the walls
    of all kinds of things, a hundred times what the answer costs. The function asks as whoever calls it.
    """
    return RunSQL(
        f"{sight_of(thing_kind, table)}; CREATE POLICY seen_as_{thing_kind} ON files_attachment FOR SELECT TO {WEB}"
        f" USING {asked(thing_kind)}",
        f"DROP POLICY seen_as_{thing_kind} ON files_attachment; DROP FUNCTION files_seen_as_{thing_kind}(uuid)",
    )


def sight_of(thing_kind: str, table: str, and_: str = "true") -> str:
    """The statement that makes the function behind `seen_through`, with a further condition on the row, `thing`."""
    name = f"files_seen_as_{thing_kind}"
    return (
        f"CREATE OR REPLACE FUNCTION {name}(asked uuid) RETURNS boolean LANGUAGE plpgsql STABLE"
        f" AS $$ BEGIN RETURN EXISTS (SELECT 1 FROM {table} thing WHERE thing.id = {name}.asked AND {and_}); END $$"
    )


def asked(thing_kind: str) -> str:
    """The condition of the policy that asks the function."""
    return f"(thing_kind = '{thing_kind}' AND files_seen_as_{thing_kind}(thing_id))"


def handed_on(from_kind: str, to_kind: str, table: str, while_: str) -> RunSQL:
    """Let a file go from one kind of thing to another, while the row it stands beside (`thing`) is seen and so."""
    return RunSQL(
        f"GRANT UPDATE (thing_kind, thing_id, position) ON files_attachment TO {WEB};"
        f" CREATE POLICY handed_on_from_{from_kind} ON files_attachment FOR UPDATE TO {WEB} USING (thing_kind = '{from_kind}'"
        f" AND EXISTS (SELECT 1 FROM {table} thing WHERE thing.id = files_attachment.thing_id AND {while_}))"
        f" WITH CHECK (thing_kind = '{to_kind}')",
        f"DROP POLICY handed_on_from_{from_kind} ON files_attachment",
    )
