"""Files of an older installation are looked at through functions too; a new one has them from the start.

The room of problems adds a condition of its own and moves its policy itself.
"""

from django.db import migrations

MOVE = """
DO $move$
DECLARE old record; kind text; shown text;
BEGIN
    FOR old IN SELECT policyname, qual FROM pg_policies
        WHERE tablename = 'files_attachment' AND policyname LIKE 'seen\\_as\\_%' AND policyname <> 'seen_as_problem'
          AND qual LIKE '%EXISTS%'
    LOOP
        kind := substring(old.policyname from '^seen_as_(.*)$');
        shown := substring(old.qual from 'FROM ([a-z_]+) thing');
        EXECUTE format('CREATE OR REPLACE FUNCTION files_seen_as_%s(asked uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS'
            ' $f$ BEGIN RETURN EXISTS (SELECT 1 FROM %I thing WHERE thing.id = files_seen_as_%s.asked); END $f$',
            kind, shown, kind);
        EXECUTE format('ALTER POLICY %I ON files_attachment USING (thing_kind = %L AND files_seen_as_%s(thing_id))',
            old.policyname, kind, kind);
    END LOOP;
END $move$
"""


class Migration(migrations.Migration):
    """Nothing is shown that was not, and nothing hidden."""

    dependencies = [("files", "0003_place")]

    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
