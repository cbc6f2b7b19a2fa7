"""The indicators that a reporting unit's part of a task has, and the sight of who joins the parts."""

from django.db import migrations, models

SEEN = """
    unit_id = (SELECT organisations_viewer_unit())
    OR (SELECT organisations_viewer_reach()) IN ('subtree', 'line')
    AND progress_report.region_id IN (SELECT within.region_id FROM organisations_region_within within
                                      WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
"""
JOINED = """
    OR (SELECT organisations_viewer_reach()) = 'own'
    AND progress_report.task_id IN (SELECT duty.task_id FROM progress_duty duty
                                    WHERE duty.unit_id = (SELECT organisations_viewer_unit())
                                      AND duty.is_joiner AND duty.until IS NULL)
    AND progress_report.region_id IN (SELECT within.region_id FROM organisations_region_within within
                                      WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
"""
"""A body outside the territory chain sees what it takes part in: of a task that it joins, the parts and what stands below."""


def _policies(seen: str) -> str:
    return (
        f"ALTER POLICY seen ON progress_report USING ({seen});"
        f" ALTER POLICY changed ON progress_report USING ({seen}) WITH CHECK ({seen});"
    )


class Migration(migrations.Migration):
    """No part has indicators of its own so far: every duty reports all of its task."""

    dependencies = [("progress", "0004_reporting"), ("plans", "0010_parts")]

    operations = [
        migrations.AddField(model_name="duty", name="indicator_codes", field=models.JSONField(default=list)),
        migrations.RunSQL(_policies(SEEN + JOINED), _policies(SEEN)),
    ]
