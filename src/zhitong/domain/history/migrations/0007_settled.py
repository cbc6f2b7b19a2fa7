"""Up to where facts are settled: nothing below can come any more. Transactions of other databases are not waited for."""

from django.db import migrations

SETTLED = """
CREATE FUNCTION history_settled() RETURNS xid8 LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT coalesce(min(running), pg_snapshot_xmax(pg_current_snapshot()))
    FROM pg_snapshot_xip(pg_current_snapshot()) AS running
    WHERE NOT EXISTS (
        SELECT FROM pg_locks held JOIN pg_stat_activity holder ON holder.pid = held.pid
        WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
        AND held.transactionid = running::xid AND holder.datname <> current_database()
    )
$$
"""
# A running transaction that shows no lock, because it has just begun, just ended or is prepared, counts as one of ours.


class Migration(migrations.Migration):
    """A server that other databases share does not hold up who follows facts."""

    dependencies = [("history", "0006_archives")]

    operations = [migrations.RunSQL(SETTLED, "DROP FUNCTION history_settled()")]
