"""The second wall of editions: the office that makes one, the units it asks, after its issue all officials it reaches.

What was issued is never changed again: the database itself refuses it, whoever asks.
"""

from django.db import migrations

from zhitong.kit.wall import guard

ME = "(SELECT organisations_viewer_unit())"
# Officials below the office's region, and those who oversee a territory that holds it; never the served.
REACHED = f"""
    EXISTS (SELECT 1 FROM organisations_unit viewer WHERE viewer.id = {ME} AND viewer.kind NOT IN ('served', 'delegates'))
    AND (EXISTS (
            SELECT 1 FROM organisations_region_within within
            WHERE within.region_id = (SELECT organisations_viewer_region()) AND within.ancestor_id = bulletins_edition.region_id)
        OR (SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
            SELECT 1 FROM organisations_region_within within
            WHERE within.region_id = bulletins_edition.region_id AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
EDITION = f"""
    unit_id = {ME}
    OR (state IN ('checking', 'to_sign') AND EXISTS (
        SELECT 1 FROM bulletins_check asked WHERE asked.edition_id = bulletins_edition.id AND asked.unit_id = {ME}))
    OR (state = 'issued' AND {REACHED})
"""
OF_EDITION = "EXISTS (SELECT 1 FROM bulletins_edition edition WHERE edition.id = {table}.edition_id AND ({asked}))"
# Of a wording others than its office read only the one that was issued.
WORDING = OF_EDITION.format(
    table="bulletins_wording",
    asked=f"edition.unit_id = {ME} OR (edition.state = 'issued' AND edition.version = bulletins_wording.version)",
)
# Before the issue a unit reads its own figures and those of all together, nobody's else.
FIGURE = OF_EDITION.format(
    table="bulletins_figure",
    asked=f"edition.unit_id = {ME} OR edition.state = 'issued' OR bulletins_figure.unit_id IS NULL OR bulletins_figure.unit_id = {ME}",
)
OWN_WORDING, OWN_FIGURE = (
    OF_EDITION.format(table=table, asked=f"edition.unit_id = {ME}") for table in ("bulletins_wording", "bulletins_figure")
)
OWN = f"unit_id = {ME}"
CHECK = f"unit_id = {ME} OR by_unit_id = {ME}"

FROZEN = """
CREATE FUNCTION bulletins_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'issued' THEN
        RAISE EXCEPTION '已印发的文件不能改动。请另发更正函。' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION bulletins_frozen_with() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_edition uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN of_edition := NEW.edition_id; ELSE of_edition := OLD.edition_id; END IF;
    IF EXISTS (SELECT 1 FROM bulletins_edition WHERE id = of_edition AND state = 'issued') THEN
        RAISE EXCEPTION '已印发的文件不能改动。请另发更正函。' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON bulletins_edition FOR EACH ROW EXECUTE FUNCTION bulletins_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON bulletins_wording
    FOR EACH ROW EXECUTE FUNCTION bulletins_frozen_with();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON bulletins_figure
    FOR EACH ROW EXECUTE FUNCTION bulletins_frozen_with();
"""
THAWED = """
DROP TRIGGER frozen ON bulletins_edition; DROP TRIGGER frozen ON bulletins_wording; DROP TRIGGER frozen ON bulletins_figure;
DROP FUNCTION bulletins_frozen(); DROP FUNCTION bulletins_frozen_with();
"""


class Migration(migrations.Migration):
    """Row policies of editions, and their freezing."""

    dependencies = [("bulletins", "0001_editions"), ("organisations", "0002_wall")]

    operations = [
        guard("bulletins_check", seen=CHECK),
        guard("bulletins_edition", seen=EDITION, added=OWN, changed=OWN),
        guard("bulletins_wording", seen=WORDING, added=OWN_WORDING, changed=OWN_WORDING),
        guard("bulletins_figure", seen=FIGURE, added=OWN_FIGURE, changed=OWN_FIGURE),
        guard("bulletins_series", seen=OWN),
        guard("bulletins_number", seen=OWN),
        migrations.RunSQL(FROZEN, THAWED),
    ]
