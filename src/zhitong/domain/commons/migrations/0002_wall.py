"""The walls of common problems, and the counter of their numbers.

A member is seen by who sees the problem itself. The common problem is seen by its office, its lead unit and the
territories above, and by who sees one of its members; what the offices wrote for themselves by the first three alone.
"""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, guard

INNER = """
    {table}.office_id = (SELECT organisations_viewer_unit()) OR {table}.lead_id = (SELECT organisations_viewer_unit())
    OR ((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = {table}.region_id AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
OF_A_SEEN_PROBLEM = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = commons_member.problem_id)"
OWN = "office_id = (SELECT organisations_viewer_unit())"
WITH_A_SEEN_MEMBER = "EXISTS (SELECT 1 FROM commons_member member WHERE member.common_id = commons_common.id)"
LEADING = """
    {table}.office_id = (SELECT organisations_viewer_unit()) OR {table}.lead_id = (SELECT organisations_viewer_unit())
"""
OF_A_COMMON = "EXISTS (SELECT 1 FROM commons_common common WHERE common.id = {table}.common_id AND ({inner}))"


class Migration(migrations.Migration):
    """Row policies of common problems."""

    dependencies = [("commons", "0001_commons"), ("organisations", "0002_wall"), ("problems", "0002_wall")]

    operations = [
        guard(
            "commons_common", seen=f"{INNER.format(table='commons_common')} OR {WITH_A_SEEN_MEMBER}",
            added=OWN, changed=LEADING.format(table="commons_common"),
        ),
        guard(
            "commons_member", seen=OF_A_SEEN_PROBLEM, added=f"{OWN} AND {OF_A_SEEN_PROBLEM}", changed=OWN,
        ),
        guard(
            "commons_brief", seen=OF_A_COMMON.format(table="commons_brief", inner=INNER.format(table="common")),
            changed=OF_A_COMMON.format(table="commons_brief", inner=LEADING.format(table="common")),
        ),
        migrations.RunSQL(
            f"CREATE SEQUENCE commons_number; GRANT USAGE, SELECT ON commons_number TO {WEB}, {WORKER}",
            "DROP SEQUENCE commons_number",
        ),
    ]
