"""Row policies: what is drafted, divided and changed is seen by one's own region, those below it and those above it.

The paper itself, the values in force and the curves are open to everybody.
"""

from django.db import migrations

from zhitong.kit.wall import guard

REGIONS = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND (
        {table}.region_id IN (SELECT within.region_id FROM organisations_region_within within
                              WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
        OR {table}.region_id IN (SELECT within.ancestor_id FROM organisations_region_within within
                                 WHERE within.region_id = (SELECT organisations_viewer_region())))
"""
WITHIN = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line')
    AND {table}.region_id IN (SELECT within.region_id FROM organisations_region_within within
                              WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
"""
THROUGH = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{key}_id)"
OFFICIALS = "(SELECT organisations_viewer_reach()) IN ('subtree', 'line')"


class Migration(migrations.Migration):
    """The second wall of what was added to plans."""

    dependencies = [("plans", "0002_the_plan_watched"), ("organisations", "0002_wall")]

    operations = [
        guard("plans_division", seen=OFFICIALS),
        *(
            guard(table, seen=REGIONS.format(table=table), added=WITHIN.format(table=table), changed=WITHIN.format(table=table))
            for table in ("plans_share", "plans_amendment", "plans_milestone")
        ),
        guard("plans_amended_item", seen=THROUGH.format(parent="plans_amendment", table="plans_amended_item", key="amendment")),
        guard(
            "plans_milestone_link", seen=THROUGH.format(parent="plans_milestone", table="plans_milestone_link", key="after"),
        ),
    ]
