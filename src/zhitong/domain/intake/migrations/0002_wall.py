"""The second wall of intake: a unit's own lists and orders; screenings and symposia also for the offices above."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

OWN = "unit_id = (SELECT organisations_viewer_unit())"
ABOVE_TOO = f"""
    {OWN} OR ((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = {{table}}.region_id AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
THROUGH = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{key}_id)"


class Migration(migrations.Migration):
    """Row policies of intake."""

    dependencies = [("intake", "0001_intake"), ("organisations", "0002_wall"), ("files", "0002_wall")]

    operations = [
        *(guard(table, seen=OWN) for table in ("intake_sheet", "intake_order", "intake_columns_kept")),
        *(
            guard(table, seen=ABOVE_TOO.format(table=table), added=OWN)
            for table in ("intake_screening", "intake_symposium")
        ),
        seen_through("symposium", "intake_symposium"),
        guard("intake_sheet_row", seen=THROUGH.format(parent="intake_sheet", table="intake_sheet_row", key="sheet")),
        guard("intake_item", seen=THROUGH.format(parent="intake_screening", table="intake_item", key="screening")),
        guard("intake_matter", seen=THROUGH.format(parent="intake_symposium", table="intake_matter", key="symposium")),
    ]
