"""The second wall of problems, the counter of numbers, the version of the rulebook."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, guard

# Seen by its reporter, by who takes part or took part, by the offices above its region, and, unless the firm asked
# for confidence, by the departments of its line above its region.
SEEN = """
    reporter_unit_id = (SELECT organisations_viewer_unit())
    OR EXISTS (
        SELECT 1 FROM problems_party party
        WHERE party.unit_id = (SELECT organisations_viewer_unit()) AND party.problem_id = problems_problem.id)
    OR (
        ((SELECT organisations_viewer_reach()) = 'subtree'
            OR ((SELECT organisations_viewer_reach()) = 'line' AND NOT confidential
                AND line_id = ANY ((SELECT organisations_viewer_lines())::uuid[])))
        AND EXISTS (
            SELECT 1 FROM organisations_region_within within
            WHERE within.region_id = problems_problem.region_id
              AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
OF_A_SEEN_PROBLEM = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = {table}.problem_id)"
WAY = ("problems_spell", "problems_escalation", "problems_answer", "problems_relay", "problems_verdict")


class Migration(migrations.Migration):
    """Row policies of problems."""

    dependencies = [
        ("problems", "0001_problems"), ("organisations", "0002_wall"), ("history", "0001_facts"),
        ("tallies", "0001_tallies"),
    ]

    operations = [
        guard("problems_problem", seen=SEEN),
        guard("problems_party", seen="unit_id = (SELECT organisations_viewer_unit())", added="true"),
        *(guard(table, seen=OF_A_SEEN_PROBLEM.format(table=table)) for table in WAY),
        migrations.RunSQL(
            f"CREATE SEQUENCE problems_number; GRANT USAGE, SELECT ON problems_number TO {WEB}, {WORKER};"
            f"CREATE SEQUENCE problems_rulebook_version;"
            f"GRANT SELECT ON problems_rulebook_version TO {WEB}, {WORKER}",
            "DROP SEQUENCE problems_number; DROP SEQUENCE problems_rulebook_version",
        ),
    ]
