"""Who looks after a subject is seen by the firm, by the unit itself and by its own territory, not by every office."""

from django.db import migrations

SEEN = """
DROP POLICY seen ON subjects_care;
CREATE POLICY seen ON subjects_care FOR SELECT TO zhitong_web USING (
    unit_id = (SELECT organisations_viewer_unit()) OR subjects_in_viewers_territory(subject_id));
"""
AS_BEFORE = """
DROP POLICY seen ON subjects_care;
CREATE POLICY seen ON subjects_care FOR SELECT TO zhitong_web USING (
    unit_id = (SELECT organisations_viewer_unit()) OR (SELECT organisations_viewer_reach()) IN ('subtree', 'line'));
"""


class Migration(migrations.Migration):
    """The row policy of care."""

    dependencies = [("subjects", "0003_own_care")]

    operations = [migrations.RunSQL(SEEN, AS_BEFORE)]
