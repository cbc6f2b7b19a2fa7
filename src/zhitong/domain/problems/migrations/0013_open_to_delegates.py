"""Delegates read the open problems of their region: none confidential, no files, and nothing they could change."""

from importlib import import_module

from django.db import migrations

SEEN = import_module("zhitong.domain.problems.migrations.0002_wall").SEEN
OPEN = """
    OR ((SELECT organisations_viewer_reach()) = 'open' AND NOT confidential AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = problems_problem.region_id
          AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
FILES = "thing_kind = 'problem' AND EXISTS (SELECT 1 FROM problems_problem thing WHERE thing.id = files_attachment.thing_id"
OWN = " AND ((SELECT organisations_viewer_reach()) <> 'open' OR thing.reporter_unit_id = (SELECT organisations_viewer_unit()))"


class Migration(migrations.Migration):
    """The second wall for delegates."""

    dependencies = [("problems", "0012_entered_for_others")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY seen ON problems_problem USING ({SEEN} {OPEN})",
            f"ALTER POLICY seen ON problems_problem USING ({SEEN})",
        ),
        migrations.RunSQL(
            f"ALTER POLICY seen_as_problem ON files_attachment USING ({FILES} {OWN}))",
            f"ALTER POLICY seen_as_problem ON files_attachment USING ({FILES}))",
        ),
    ]
