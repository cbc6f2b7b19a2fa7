"""Row policies: runs are seen and made inside one's territory, what is said of a subject is seen with the subject.

A diagnosis tells of figures and is for who may see those.
"""

from django.db import migrations

from zhitong.kit.wall import guard

OF_TERRITORY = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = tiering_run.region_id
          AND within.ancestor_id = (SELECT organisations_viewer_region()))
"""
OF_A_SEEN_RUN = "EXISTS (SELECT 1 FROM tiering_run run WHERE run.id = tiering_result.run_id)"
OF_A_SEEN_SUBJECT = "EXISTS (SELECT 1 FROM subjects_subject subject WHERE subject.id = {table}.subject_id)"
WRITTEN = "subjects_in_viewers_territory(subject_id)"


class Migration(migrations.Migration):
    """Row policies of the tiering room."""

    dependencies = [("tiering", "0001_tiering"), ("subjects", "0006_known_wall")]

    operations = [
        guard("tiering_run", seen=OF_TERRITORY),
        guard("tiering_result", seen=OF_A_SEEN_RUN),
        *(
            guard(table, seen=OF_A_SEEN_SUBJECT.format(table=table), added=WRITTEN, changed=WRITTEN)
            for table in ("tiering_move", "tiering_rung", "tiering_footing")
        ),
        guard("tiering_diagnosis", seen="subjects_figures_open(subject_id)", added=WRITTEN, changed=WRITTEN),
    ]
