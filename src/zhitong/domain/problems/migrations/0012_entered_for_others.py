"""Officials write matters down for firms: of their own territory, or of those they look after."""

from importlib import import_module

from django.db import migrations

SEEN = import_module("zhitong.domain.problems.migrations.0002_wall").SEEN
ADDED = """
    reporter_unit_id = (SELECT organisations_viewer_unit())
    OR ((SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = problems_problem.region_id
          AND within.ancestor_id = (SELECT organisations_viewer_region())))
    OR subject_id IN (
        SELECT care.subject_id FROM subjects_care care WHERE care.unit_id = (SELECT organisations_viewer_unit()))
"""


class Migration(migrations.Migration):
    """Which problems the web role may add: what it writes need not be its own to see until it takes part."""

    dependencies = [("problems", "0011_sharing"), ("subjects", "0004_care_of_ones_territory")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY added ON problems_problem WITH CHECK ({ADDED})",
            f"ALTER POLICY added ON problems_problem WITH CHECK ({SEEN})",
        ),
    ]
