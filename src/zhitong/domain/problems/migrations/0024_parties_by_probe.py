"""The second wall of problems, said shorter and cheaper: territory first, parties looked up one by one.

Left free, the planner reads every problem that a unit ever took part in, anew for each branch of a list: a cost that grows with
the years. OFFSET 0 leaves it the key alone; and whoever sees by territory is not asked for it.
"""

from importlib import import_module

from django.db import migrations

_ROOM = "zhitong.domain.problems.migrations"
BEFORE = import_module(f"{_ROOM}.0002_wall").SEEN
OPEN_BEFORE = import_module(f"{_ROOM}.0013_open_to_delegates").OPEN
REACH = "(SELECT organisations_viewer_reach())"
BY_LINE = f"{REACH} = 'line' AND line_id = ANY ((SELECT organisations_viewer_lines())::uuid[])"
SEEN = """
    reporter_unit_id = (SELECT organisations_viewer_unit())
    OR ({reach}
        AND EXISTS (
            SELECT 1 FROM organisations_region_within within
            WHERE within.region_id = problems_problem.region_id
              AND within.ancestor_id = (SELECT organisations_viewer_region())))
    OR EXISTS (
        SELECT 1 FROM problems_party party
        WHERE party.unit_id = (SELECT organisations_viewer_unit()) AND party.problem_id = problems_problem.id OFFSET 0)
"""
READ = SEEN.format(reach=f"({REACH} = 'subtree' OR NOT confidential AND ({REACH} = 'open' OR {BY_LINE}))")
WRITTEN = SEEN.format(reach=f"({REACH} = 'subtree' OR NOT confidential AND {BY_LINE})")


def _policies(read: str, written: str) -> str:
    return (
        f"ALTER POLICY seen ON problems_problem USING ({read});"
        f" ALTER POLICY changed ON problems_problem USING ({written}) WITH CHECK ({written});"
        f" ALTER POLICY removed ON problems_problem USING ({written});"
    )


class Migration(migrations.Migration):
    """Row policies of problems, equal in what they let through."""

    dependencies = [("problems", "0023_signed_on_paper")]

    operations = [migrations.RunSQL(_policies(READ, WRITTEN), _policies(f"{BEFORE} {OPEN_BEFORE}", BEFORE))]
