"""How many papers and matters of instructions are open at a unit, for who administers it and sees none."""

from django.db import migrations

OPEN = """
CREATE FUNCTION supervision_open_at(asked uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT count(*)::int FROM (
           SELECT id FROM supervision_supervision WHERE unit_id = asked AND state IN ('issued', 'returned', 'answered')
           UNION SELECT id FROM supervision_supervision WHERE by_unit_id = asked AND state <> 'accepted'
           UNION SELECT id FROM supervision_item WHERE unit_id = asked AND state <> 'ended') open
       WHERE EXISTS (
           SELECT 1 FROM organisations_unit body JOIN organisations_region_within within ON within.region_id = body.region_id
           WHERE body.id = asked AND within.ancestor_id = organisations_viewer_region()) $$;
"""


class Migration(migrations.Migration):
    """A number and nothing else."""

    dependencies = [("supervision", "0003_photos"), ("organisations", "0009_apart_and_instead")]

    operations = [migrations.RunSQL(OPEN, "DROP FUNCTION supervision_open_at(uuid)")]
