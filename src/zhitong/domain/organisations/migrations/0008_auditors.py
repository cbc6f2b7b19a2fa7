"""The seat of who watches the others, and what he reads: the facts of every unit that reports through his region."""

from django.db import migrations, models

from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.kit.choices import choices_of
from zhitong.kit.wall import WEB

# Behind functions, so that everybody else's statements on facts are planned as they were.
AUDITED = f"""
CREATE FUNCTION organisations_audited_units() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY SELECT unit.id FROM organisations_unit unit
        JOIN organisations_region_within place ON place.region_id = unit.region_id
        WHERE place.ancestor_id = organisations_viewer_region();
END $$;
CREATE FUNCTION organisations_audits_all() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN organisations_viewer_region() IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM organisations_region_edge edge WHERE edge.region_id = organisations_viewer_region()
            AND edge.relation = 'reporting' AND edge.until IS NULL);
END $$;
CREATE POLICY audited ON history_fact FOR SELECT TO {WEB} USING (
    (SELECT current_setting('zhitong.audit', true)) = 'on'
    AND (unit_id IN (SELECT organisations_audited_units()) OR (unit_id IS NULL AND (SELECT organisations_audits_all()))));
"""
GONE = """
DROP POLICY audited ON history_fact; DROP FUNCTION organisations_audits_all(); DROP FUNCTION organisations_audited_units();
"""


class Migration(migrations.Migration):
    """What is nobody's act (the clock's) is read at the top alone."""

    dependencies = [("organisations", "0007_tiles"), ("history", "0005_seals")]

    operations = [
        migrations.AlterField("post", "kind", models.CharField(choices=choices_of(PostKind), max_length=24)),
        migrations.RunSQL(AUDITED, GONE),
    ]
