"""Texts can be taken out of history, never changed; and an outcome is read by its own actor alone."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, guard

# The facts keep the digests: what was erased stays provable to whoever has it. Only the thing that is open is touched.
ERASE = """
CREATE FUNCTION history_erase_details(thing uuid) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH erased AS (
        UPDATE history_detail SET text = NULL
        WHERE thing_id = thing AND text IS NOT NULL
          AND thing = nullif(current_setting('zhitong.opened', true), '')::uuid
        RETURNING 1)
    SELECT count(*)::integer FROM erased
$$;
"""


class Migration(migrations.Migration):
    """One door to erasing, and a policy of outcomes."""

    dependencies = [("history", "0001_facts")]

    operations = [
        migrations.RunSQL(ERASE, "DROP FUNCTION history_erase_details(uuid)"),
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION history_erase_details(uuid) FROM PUBLIC;"
            f"GRANT EXECUTE ON FUNCTION history_erase_details(uuid) TO {WEB}, {WORKER}",
            migrations.RunSQL.noop,
        ),
        guard("history_outcome", seen="actor = nullif(current_setting('zhitong.person', true), '')::uuid"),
    ]
