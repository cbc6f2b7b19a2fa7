"""A firm sees who looks after it; the second wall asks a function, for two policies must not ask each other."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION subjects_of_viewer() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT id FROM subjects_subject WHERE unit_id = organisations_viewer_unit() $$;
"""
OWN = "CREATE POLICY own ON subjects_care FOR SELECT TO zhitong_web USING (subject_id IN (SELECT subjects_of_viewer()))"


class Migration(migrations.Migration):
    """The row policy of one's own care."""

    dependencies = [("subjects", "0002_wall")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION subjects_of_viewer()"),
        migrations.RunSQL(OWN, "DROP POLICY own ON subjects_care"),
    ]
