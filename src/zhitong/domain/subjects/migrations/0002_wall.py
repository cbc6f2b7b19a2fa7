"""The second wall of the registry: a subject is seen by itself, by its territory, and by who cares for it."""

from django.db import migrations

from zhitong.kit.wall import guard

IN_REACH = """
    unit_id = (SELECT organisations_viewer_unit())
    OR ((SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = subjects_subject.region_id
          AND within.ancestor_id = (SELECT organisations_viewer_region())))
    OR id IN (SELECT care.subject_id FROM subjects_care care WHERE care.unit_id = (SELECT organisations_viewer_unit()))
"""
OF_A_SEEN_SUBJECT = "EXISTS (SELECT 1 FROM subjects_subject subject WHERE subject.id = {table}.subject_id)"
CARE = "unit_id = (SELECT organisations_viewer_unit()) OR (SELECT organisations_viewer_reach()) IN ('subtree', 'line')"


class Migration(migrations.Migration):
    """Row policies of subjects."""

    dependencies = [("subjects", "0001_subjects"), ("organisations", "0002_wall")]

    operations = [
        guard("subjects_subject", seen=IN_REACH),
        guard("subjects_membership", seen=OF_A_SEEN_SUBJECT.format(table="subjects_membership")),
        guard("subjects_care", seen=CARE),
    ]
