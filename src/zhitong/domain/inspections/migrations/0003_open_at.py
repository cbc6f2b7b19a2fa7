"""How many findings are open at a unit, for who administers it and sees none."""

from django.db import migrations

OPEN = """
CREATE FUNCTION inspections_findings_open_at(asked uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT count(*)::int FROM inspections_finding finding
       WHERE (finding.unit_id = asked OR finding.by_unit_id = asked) AND finding.state <> 'closed' AND EXISTS (
           SELECT 1 FROM organisations_unit body JOIN organisations_region_within within ON within.region_id = body.region_id
           WHERE body.id = asked AND within.ancestor_id = organisations_viewer_region()) $$;
"""


class Migration(migrations.Migration):
    """A number and nothing else."""

    dependencies = [("inspections", "0002_wall"), ("organisations", "0009_apart_and_instead")]

    operations = [migrations.RunSQL(OPEN, "DROP FUNCTION inspections_findings_open_at(uuid)")]
