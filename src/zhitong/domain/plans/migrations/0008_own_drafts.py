"""A draft amendment is seen by its own region only."""

from django.db import migrations

SEEN = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND (
        plans_amendment.region_id IN (SELECT within.region_id FROM organisations_region_within within
                                      WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
        OR plans_amendment.region_id IN (SELECT within.ancestor_id FROM organisations_region_within within
                                         WHERE within.region_id = (SELECT organisations_viewer_region())))
"""
OWN_DRAFTS = "AND (plans_amendment.state <> 'draft' OR plans_amendment.region_id = (SELECT organisations_viewer_region()))"


class Migration(migrations.Migration):
    """The second wall of amendments being drafted."""

    dependencies = [("plans", "0007_timetable")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY seen ON plans_amendment USING ({SEEN} {OWN_DRAFTS})",
            f"ALTER POLICY seen ON plans_amendment USING ({SEEN})",
        ),
    ]
