"""Row policies: what a region reports and how it stands is seen by the reporting unit and by the officials of its
territory and of those above; which system sends and who reports what is the standing order."""

from django.db import migrations

from zhitong.kit.wall import guard

WITHIN = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line')
    AND {table}.region_id IN (SELECT within.region_id FROM organisations_region_within within
                              WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
"""
OWN = "unit_id = (SELECT organisations_viewer_unit()) OR "
THROUGH = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{key}_id)"


class Migration(migrations.Migration):
    """The second wall of the progress room."""

    dependencies = [("progress", "0001_progress"), ("organisations", "0002_wall")]

    operations = [
        guard("progress_report", seen=OWN + WITHIN.format(table="progress_report")),
        guard("progress_figure", seen=THROUGH.format(parent="progress_report", table="progress_figure", key="report")),
        guard("progress_correction", seen=THROUGH.format(parent="progress_figure", table="progress_correction", key="figure")),
        *(
            guard(table, seen=WITHIN.format(table=table))
            for table in ("progress_source_figure", "progress_standing", "progress_override", "progress_gate_reading")
        ),
    ]
