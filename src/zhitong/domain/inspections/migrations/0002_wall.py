"""The second wall of inspections: who looks, who approves, who is looked at once it is known, the offices above."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

ME = "(SELECT organisations_viewer_unit())"
ALL_BELOW = "(SELECT organisations_viewer_reach()) = 'subtree'"
WITHIN = """EXISTS (SELECT 1 FROM organisations_region_within within
    WHERE within.region_id = {table}.{column} AND within.ancestor_id = (SELECT organisations_viewer_region()))"""
LOOKING = f"by_unit_id = {ME} OR {ME} = ANY (partners)"

# A unit that is looked at sees the plan once it is approved; one looked at unannounced, when it is over.
INSPECTION = f"""
    {LOOKING}
    OR (state <> 'drafted' AND approver_id = {ME})
    OR (state IN ('approved', 'ended') AND (way <> 'unannounced' OR state = 'ended') AND {ME} = ANY (objects_of))
    OR (state <> 'drafted' AND {ALL_BELOW} AND NOT {ME} = ANY (objects_of)
        AND {WITHIN.format(table='inspections_inspection', column='region_id')})
"""
OF_A_SEEN = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{key})"
SAMPLE = OF_A_SEEN.format(parent="inspections_inspection", table="inspections_sample", key="inspection_id")
DRAWN = OF_A_SEEN.format(parent="inspections_sample", table="inspections_drawn", key="sample_id")
LOOKED_ALONG = f"""EXISTS (SELECT 1 FROM inspections_inspection parent WHERE parent.id = inspections_finding.inspection_id
    AND (parent.approver_id = {ME} OR {ME} = ANY (parent.partners)))"""
FINDING = f"""
    by_unit_id = {ME} OR unit_id = {ME} OR {LOOKED_ALONG}
    OR ({ALL_BELOW} AND {WITHIN.format(table='inspections_finding', column='unit_region_id')})
"""
IN_PLACE = f"""
    unit_id = {ME} OR found_by_id = {ME}
    OR ({ALL_BELOW} AND {WITHIN.format(table='inspections_in_place', column='unit_region_id')})
"""


class Migration(migrations.Migration):
    """Row policies of the inspections room."""

    dependencies = [
        ("inspections", "0001_inspections"), ("organisations", "0002_wall"), ("files", "0002_wall"), ("problems", "0002_wall"),
    ]

    operations = [
        guard(
            "inspections_inspection", seen=INSPECTION, added=f"by_unit_id = {ME}",
            changed=f"by_unit_id = {ME} OR approver_id = {ME}",
        ),
        guard("inspections_sample", seen=SAMPLE),
        guard("inspections_drawn", seen=DRAWN),
        guard("inspections_finding", seen=FINDING, added=f"by_unit_id = {ME}", changed=f"by_unit_id = {ME} OR unit_id = {ME}"),
        guard("inspections_in_place", seen=IN_PLACE),
        seen_through("finding", "inspections_finding"),
    ]
