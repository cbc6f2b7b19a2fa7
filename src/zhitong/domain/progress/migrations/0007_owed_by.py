"""How many reports a unit still owes, for who administers it and sees no reports."""

from django.db import migrations

OWED = """
CREATE FUNCTION progress_reports_owed_by(asked uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT count(*)::int FROM progress_report report
       WHERE report.unit_id = asked AND report.state IN ('owed', 'waiting_below', 'returned') AND EXISTS (
           SELECT 1 FROM organisations_unit body JOIN organisations_region_within within ON within.region_id = body.region_id
           WHERE body.id = asked AND within.ancestor_id = organisations_viewer_region()) $$;
"""


class Migration(migrations.Migration):
    """A number and nothing else."""

    dependencies = [("progress", "0006_withdrawn"), ("organisations", "0009_apart_and_instead")]

    operations = [migrations.RunSQL(OWED, "DROP FUNCTION progress_reports_owed_by(uuid)")]
