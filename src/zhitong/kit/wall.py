"""The second wall: row-level policies written with the table they guard.

The web role sees a row when the table's own condition holds; the worker, which acts for nobody and shows nothing,
sees all; the owner, who migrates, is not bound. Conditions speak of the viewer through the settings that
`organisations.scope.acting_as` puts into the transaction.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

WEB, WORKER = "zhitong_web", "zhitong_worker"


def guard(table: str, *, seen: str, added: str | None = None, changed: str | None = None) -> RunSQL:
    """Turn on row security: `seen` decides which rows the web role reads, `added` which it may insert, `changed` which
    it may change and remove; what is not given is as `seen`."""
    touched = changed or seen
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen ON {table} FOR SELECT TO {WEB} USING ({seen});
        CREATE POLICY changed ON {table} FOR UPDATE TO {WEB} USING ({touched}) WITH CHECK ({touched});
        CREATE POLICY removed ON {table} FOR DELETE TO {WEB} USING ({touched});
        CREATE POLICY added ON {table} FOR INSERT TO {WEB} WITH CHECK ({added or seen});
        CREATE POLICY worker ON {table} TO {WORKER} USING (true) WITH CHECK (true);
        """,
        f"""
        DROP POLICY seen ON {table}; DROP POLICY changed ON {table}; DROP POLICY removed ON {table};
        DROP POLICY added ON {table}; DROP POLICY worker ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def grant(table: str, *, web: str, worker: str) -> RunSQL:
    """Replace the roles' default rights on a table by the named ones, e.g. "SELECT, INSERT" for what is only appended."""
    return RunSQL(
        f"REVOKE ALL ON {table} FROM {WEB}, {WORKER}; GRANT {web} ON {table} TO {WEB};"
        f" GRANT {worker} ON {table} TO {WORKER};",
        RunSQL.noop,
    )
