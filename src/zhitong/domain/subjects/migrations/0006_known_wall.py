"""A firm's figures are for itself, for who looks after it, for who drew its list, and for the offices above it.

Qualifications and elements are seen with the subject. All of them are written by the subject's own territory.
Source: R-F13 (seeing is per part), R-D7.
"""

from django.db import migrations

from zhitong.kit.wall import guard

FUNCTION = """
CREATE FUNCTION subjects_figures_open(subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (
            SELECT 1 FROM subjects_subject one WHERE one.id = subject AND one.unit_id = organisations_viewer_unit())
        OR EXISTS (
            SELECT 1 FROM subjects_care care
            WHERE care.subject_id = subject AND care.unit_id = organisations_viewer_unit() AND care.until IS NULL)
        OR EXISTS (
            SELECT 1 FROM subjects_membership member JOIN subjects_list list ON list.id = member.list_id
            WHERE member.subject_id = subject AND member.until IS NULL
              AND list.drawn_by_id = organisations_viewer_unit())
        OR (organisations_viewer_reach() = 'subtree' AND subjects_in_viewers_territory(subject)) $$;
"""
GONE = "DROP FUNCTION subjects_figures_open(uuid)"
OF_A_SEEN_SUBJECT = "EXISTS (SELECT 1 FROM subjects_subject subject WHERE subject.id = {table}.subject_id)"
WRITTEN = "subjects_in_viewers_territory(subject_id)"


class Migration(migrations.Migration):
    """Row policies of what is known of a subject."""

    dependencies = [("subjects", "0005_known")]

    operations = [
        migrations.RunSQL(FUNCTION, GONE),
        guard("subjects_fact", seen="subjects_figures_open(subject_id)", added=WRITTEN, changed=WRITTEN),
        *(
            guard(table, seen=OF_A_SEEN_SUBJECT.format(table=table), added=WRITTEN, changed=WRITTEN)
            for table in ("subjects_mark", "subjects_element")
        ),
    ]
