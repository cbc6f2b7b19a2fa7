"""A division is seen in its target's region, in those below it and those above it."""

from django.db import migrations

OFFICIALS = "(SELECT organisations_viewer_reach()) IN ('subtree', 'line')"
SEEN = f"""
    {OFFICIALS} AND EXISTS (
        SELECT 1 FROM plans_target target WHERE target.id = plans_division.target_id AND (
            target.region_id IN (SELECT within.region_id FROM organisations_region_within within
                                 WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
            OR target.region_id IN (SELECT within.ancestor_id FROM organisations_region_within within
                                    WHERE within.region_id = (SELECT organisations_viewer_region()))))
"""


class Migration(migrations.Migration):
    """The second wall of divisions, as that of their shares."""

    dependencies = [("plans", "0008_own_drafts")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY seen ON plans_division USING ({SEEN})", f"ALTER POLICY seen ON plans_division USING ({OFFICIALS})",
        ),
    ]
