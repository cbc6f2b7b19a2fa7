"""A firm sees who looks after it, and only its own territory may say so.

Two policies must not ask each other's tables, so what they need to know is told by functions of the owner.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION subjects_of_viewer() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT id FROM subjects_subject WHERE unit_id = organisations_viewer_unit() $$;
CREATE FUNCTION subjects_in_viewers_territory(subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT organisations_viewer_reach() IN ('subtree', 'line') AND EXISTS (
        SELECT 1 FROM subjects_subject JOIN organisations_region_within within USING (region_id)
        WHERE subjects_subject.id = subject AND within.ancestor_id = organisations_viewer_region()) $$;
"""
GONE = "DROP FUNCTION subjects_of_viewer(); DROP FUNCTION subjects_in_viewers_territory(uuid)"
POLICIES = """
CREATE POLICY own ON subjects_care FOR SELECT TO zhitong_web USING (subject_id IN (SELECT subjects_of_viewer()));
DROP POLICY added ON subjects_care;
CREATE POLICY added ON subjects_care FOR INSERT TO zhitong_web
    WITH CHECK (subjects_in_viewers_territory(subject_id));
DROP POLICY changed ON subjects_care;
CREATE POLICY changed ON subjects_care FOR UPDATE TO zhitong_web
    USING (subjects_in_viewers_territory(subject_id)) WITH CHECK (subjects_in_viewers_territory(subject_id));
DROP POLICY removed ON subjects_care;
"""
AS_BEFORE = """
DROP POLICY own ON subjects_care; DROP POLICY added ON subjects_care; DROP POLICY changed ON subjects_care;
CREATE POLICY added ON subjects_care FOR INSERT TO zhitong_web WITH CHECK (
    unit_id = organisations_viewer_unit() OR organisations_viewer_reach() IN ('subtree', 'line'));
CREATE POLICY changed ON subjects_care FOR UPDATE TO zhitong_web USING (
    unit_id = organisations_viewer_unit() OR organisations_viewer_reach() IN ('subtree', 'line'));
CREATE POLICY removed ON subjects_care FOR DELETE TO zhitong_web USING (
    unit_id = organisations_viewer_unit() OR organisations_viewer_reach() IN ('subtree', 'line'));
"""


class Migration(migrations.Migration):
    """The row policies of care: nothing is deleted, it ends."""

    dependencies = [("subjects", "0002_wall")]

    operations = [migrations.RunSQL(FUNCTIONS, GONE), migrations.RunSQL(POLICIES, AS_BEFORE)]
