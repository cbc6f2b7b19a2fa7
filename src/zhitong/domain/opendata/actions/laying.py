"""Laying the views of the schema `open_data` and taking them down, as the owner of the database.

They come down before tables change and are laid anew afterwards, so that no migration has to mind them.
"""

from __future__ import annotations

from django.db import connection, transaction

from zhitong.domain.opendata.rules.laying import SCHEMA, TAKING_DOWN, mark, statements

_LAID = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s"


@transaction.atomic
def take_down() -> None:
    """Remove the schema with its views."""
    with connection.cursor() as cursor:
        cursor.execute(TAKING_DOWN)


@transaction.atomic
def lay() -> bool:
    """Lay the schema as the code has it; returns whether there was anything to do."""
    with connection.cursor() as cursor:
        cursor.execute(_LAID, [SCHEMA])
        laid = cursor.fetchone()
        if laid is not None and laid[0] == mark():
            return False
        cursor.execute(TAKING_DOWN)
        for statement in statements():
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{mark()}'")
    return True
