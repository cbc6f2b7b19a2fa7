"""Closed to the three administrators; and, asked on purpose, who takes part in a problem that the asker's territory holds."""

from django.db import migrations

from zhitong.kit.wall import WEB

# One constant per statement: plans of everybody else stay as they were.
APART = (
    f"CREATE POLICY apart ON problems_problem AS RESTRICTIVE FOR SELECT TO {WEB}"
    " USING ((SELECT organisations_viewer_apart()) = '')"
)
FUNCTIONS = """
CREATE FUNCTION problems_open_with(unit uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT problem.id FROM problems_problem problem
       WHERE problem.accountable_unit_id = unit AND problem.open_spell_id IS NOT NULL AND EXISTS (
           SELECT 1 FROM organisations_unit body JOIN organisations_region_within within ON within.region_id = body.region_id
           WHERE body.id = unit AND within.ancestor_id = organisations_viewer_region())
       ORDER BY problem.stage_due_at, problem.id $$;
CREATE FUNCTION problems_turns_of(unit uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT count(*)::int FROM (
           SELECT id FROM problems_problem WHERE accountable_unit_id = unit AND open_spell_id IS NOT NULL
           UNION SELECT id FROM problems_problem WHERE relay_unit_id = unit
           UNION SELECT id FROM problems_problem WHERE decider_unit_id = unit
           UNION SELECT id FROM problems_problem WHERE offered_unit_id = unit
           UNION SELECT id FROM problems_problem WHERE looker_unit_id = unit
           UNION SELECT id FROM problems_problem WHERE prechecker_unit_id = unit
           UNION SELECT part.problem_id FROM problems_part part WHERE part.unit_id = unit AND part.state = 'asked') turn
       WHERE EXISTS (
           SELECT 1 FROM organisations_unit body JOIN organisations_region_within within ON within.region_id = body.region_id
           WHERE body.id = unit AND within.ancestor_id = organisations_viewer_region()) $$;
CREATE FUNCTION problems_traced(asked text) RETURNS TABLE (
    id uuid, number varchar, state varchar, region_id uuid, line_id uuid, confidential boolean, reporter_unit_id uuid,
    unnamed boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT problem.id, problem.number, problem.state, problem.region_id, problem.line_id, problem.confidential,
              problem.reporter_unit_id, problem.unnamed
       FROM problems_problem problem WHERE problem.number = asked AND organisations_viewer_traces(problem.region_id) $$;
CREATE FUNCTION problems_parties_traced(asked uuid) RETURNS TABLE (unit_id uuid, role varchar)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT party.unit_id, party.role FROM problems_party party JOIN problems_problem problem ON problem.id = party.problem_id
       WHERE party.problem_id = asked AND organisations_viewer_traces(problem.region_id)
       ORDER BY party.since, party.unit_id $$;
"""
GONE = """
DROP FUNCTION problems_parties_traced(uuid); DROP FUNCTION problems_traced(text); DROP FUNCTION problems_turns_of(uuid);
DROP FUNCTION problems_open_with(uuid);
"""


class Migration(migrations.Migration):
    """The wall's answer for who keeps the system, and what is asked of it."""

    dependencies = [("problems", "0024_parties_by_probe"), ("organisations", "0009_apart_and_instead")]

    operations = [
        migrations.RunSQL(APART, "DROP POLICY apart ON problems_problem"),
        migrations.RunSQL(FUNCTIONS, GONE),
    ]
