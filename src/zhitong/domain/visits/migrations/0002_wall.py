"""The second wall of visits: the firm itself, who goes there, who looks after it, and the offices above it. No other firm."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

UNIT = "(SELECT organisations_viewer_unit())"
CARED_FOR = """
CREATE FUNCTION visits_cared_for() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT subject_id FROM subjects_care WHERE unit_id = organisations_viewer_unit() AND until IS NULL $$;
"""
OF_CONCERN = f"""
    unit_id = {UNIT} OR subject_id IN (SELECT subjects_of_viewer()) OR subject_id IN (SELECT visits_cared_for())
    OR ((SELECT organisations_viewer_reach()) = 'subtree' AND subjects_in_viewers_territory(subject_id))
"""
COMING = f"{OF_CONCERN} OR subjects_in_viewers_territory(subject_id)"
MADE = """
CREATE FUNCTION visits_made_to(asked uuid, since date, until date) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT count(*)::integer FROM visits_visit
       WHERE subject_id = asked AND kind = 'visit' AND happened_on BETWEEN since AND until
         AND (subjects_in_viewers_territory(asked) OR asked IN (SELECT visits_cared_for())
              OR asked IN (SELECT subjects_of_viewer())) $$;
"""
"""How often a firm was visited, for whoever may plan to go there; what was said there has a narrower wall."""
VISIT = f"""
    unit_id = {UNIT} OR subject_unit_id = {UNIT} OR subject_id IN (SELECT visits_cared_for())
    OR ((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
        SELECT 1 FROM organisations_region_within within WHERE within.region_id = visits_visit.region_id
          AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
OF_A_SEEN_VISIT = "EXISTS (SELECT 1 FROM visits_visit visit WHERE visit.id = {table}.visit_id)"
OF_AN_OWN_VISIT = f"EXISTS (SELECT 1 FROM visits_visit visit WHERE visit.id = {{table}}.visit_id AND visit.unit_id = {UNIT})"


class Migration(migrations.Migration):
    """Row policies of visits."""

    dependencies = [("visits", "0001_visits"), ("subjects", "0003_own_care"), ("files", "0002_wall")]

    operations = [
        migrations.RunSQL(CARED_FOR, "DROP FUNCTION visits_cared_for()"),
        migrations.RunSQL(MADE, "DROP FUNCTION visits_made_to(uuid, date, date)"),
        guard("visits_plan", seen=COMING, added=f"unit_id = {UNIT}", changed=f"unit_id = {UNIT}"),
        guard("visits_quiet", seen=COMING),
        guard("visits_visit", seen=VISIT, added=f"unit_id = {UNIT}", changed=f"unit_id = {UNIT} OR subject_unit_id = {UNIT}"),
        guard(
            "visits_promise", seen=f"unit_id = {UNIT} OR {OF_A_SEEN_VISIT.format(table='visits_promise')}",
            added=OF_AN_OWN_VISIT.format(table="visits_promise"),
            changed=f"unit_id = {UNIT} OR {OF_AN_OWN_VISIT.format(table='visits_promise')}",
        ),
        guard(
            "visits_raised", seen=OF_A_SEEN_VISIT.format(table="visits_raised"),
            added=OF_AN_OWN_VISIT.format(table="visits_raised"),
        ),
        seen_through("visit", "visits_visit"),
    ]
