"""The register is closed to who audits and who keeps the locks; and, asked on purpose, who looks after one of the served."""

from django.db import migrations

from zhitong.kit.wall import WEB

APART = (
    f"CREATE POLICY apart ON subjects_subject AS RESTRICTIVE FOR SELECT TO {WEB}"
    " USING ((SELECT organisations_viewer_apart()) <> 'all')"
)
FUNCTIONS = """
CREATE FUNCTION subjects_traced(asked uuid) RETURNS TABLE (id uuid, code varchar, region_id uuid, unit_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT subject.id, subject.code, subject.region_id, subject.unit_id FROM subjects_subject subject
       WHERE subject.id = asked AND organisations_viewer_traces(subject.region_id) $$;
CREATE FUNCTION subjects_coded(asked text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT subject.id FROM subjects_subject subject
       WHERE subject.code = asked AND asked <> '' AND organisations_viewer_traces(subject.region_id) ORDER BY subject.id LIMIT 1 $$;
CREATE FUNCTION subjects_carers_traced(asked uuid) RETURNS TABLE (unit_id uuid, until date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT care.unit_id, care.until FROM subjects_care care JOIN subjects_subject subject ON subject.id = care.subject_id
       WHERE care.subject_id = asked AND organisations_viewer_traces(subject.region_id) ORDER BY care.since, care.id $$;
"""
GONE = """
DROP FUNCTION subjects_carers_traced(uuid); DROP FUNCTION subjects_coded(text); DROP FUNCTION subjects_traced(uuid);
"""


class Migration(migrations.Migration):
    """The wall's answer for who keeps the system, and what is asked of it."""

    dependencies = [("subjects", "0010_wording"), ("organisations", "0009_apart_and_instead")]

    operations = [
        migrations.RunSQL(APART, "DROP POLICY apart ON subjects_subject"),
        migrations.RunSQL(FUNCTIONS, GONE),
    ]
