"""Let a long upload tell the planner how large the tables have become, in the middle of its transaction.

What is planned for empty tables reads the whole of a wrong index for each row of a thousand once they are full, and
autovacuum sees nothing of a transaction before its end. Tables that somebody else is counting are left to him.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION exchange_learn_sizes() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE grown regclass; learnt integer := 0; BEGIN
    FOR grown IN
        SELECT counted.relid FROM pg_stat_xact_user_tables counted JOIN pg_class kept ON kept.oid = counted.relid
        WHERE counted.schemaname = 'public' AND counted.n_tup_ins >= 500 AND counted.n_tup_ins > kept.reltuples
    LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
        learnt := learnt + 1;
    END LOOP;
    RETURN learnt;
END $$;
"""
GONE = "DROP FUNCTION exchange_learn_sizes()"


class Migration(migrations.Migration):
    """Counting grown tables within a transaction."""

    dependencies = [("exchange", "0003_people")]

    operations = [migrations.RunSQL(FUNCTION, GONE)]
