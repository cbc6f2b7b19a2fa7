"""The second wall of supervision: who presses, who is pressed, the offices above; an instruction to fewer."""

from django.db import migrations

from zhitong.kit.wall import guard

ME = "(SELECT organisations_viewer_unit())"

# A paper shows itself to its issuer, once signed also to the unit it is for and to the offices above that unit.
SUPERVISION = f"""
    by_unit_id = {ME}
    OR (state <> 'drafted' AND (
        unit_id = {ME}
        OR ((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
            SELECT 1 FROM organisations_region_within within
            WHERE within.region_id = supervision_supervision.unit_region_id
              AND within.ancestor_id = (SELECT organisations_viewer_region())))))
"""
# The clerk's unit and the campaign office of its region.
KEEPERS = f"""
    by_unit_id = {ME}
    OR EXISTS (
        SELECT 1 FROM organisations_unit office
        WHERE office.id = {ME} AND office.kind = 'campaign_office' AND office.region_id = {{table}}.region_id)
"""
ITEM = f"unit_id = {ME} OR {KEEPERS.format(table='supervision_item')}"
INSTRUCTION = f"""
    {KEEPERS.format(table='supervision_instruction')}
    OR EXISTS (
        SELECT 1 FROM supervision_item item
        WHERE item.instruction_id = supervision_instruction.id AND item.unit_id = {ME})
"""
OF_A_SEEN = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {table}.{key})"
IN_SIGHT = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = {table}.problem_id)"
OF_INSTRUCTION = OF_A_SEEN.format(
    parent="supervision_instruction", table="supervision_instruction_case", key="instruction_id"
)
# Words on confidential problems only to who sees every one of these problems.
TEXT = f"""
    {OF_A_SEEN.format(parent="supervision_instruction", table="supervision_instruction_text", key="instruction_id")}
    AND confidential_cases = (
        SELECT count(*) FROM supervision_instruction_case about
        WHERE about.instruction_id = supervision_instruction_text.instruction_id AND about.confidential)
"""
# To who pressed, and to officials who see both the problem and the paper behind it; not to the firm it is about.
URGING = f"""
    by_unit_id = {ME}
    OR ((supervision_id IS NULL OR {OF_A_SEEN.format(
            parent="supervision_supervision", table="supervision_urging", key="supervision_id")})
        AND (instruction_id IS NULL OR {OF_A_SEEN.format(
            parent="supervision_instruction", table="supervision_urging", key="instruction_id")})
        AND EXISTS (
            SELECT 1 FROM problems_problem problem
            WHERE problem.id = supervision_urging.problem_id AND problem.reporter_unit_id IS DISTINCT FROM {ME}))
"""


class Migration(migrations.Migration):
    """Row policies of supervision."""

    dependencies = [("supervision", "0001_supervision"), ("organisations", "0002_wall"), ("problems", "0002_wall")]

    operations = [
        guard("supervision_counter", seen=f"unit_id = {ME}"),
        guard("supervision_supervision", seen=SUPERVISION, added=f"by_unit_id = {ME}"),
        guard(
            "supervision_case",
            seen=f"""{OF_A_SEEN.format(parent="supervision_supervision", table="supervision_case", key="supervision_id")}
                 AND {IN_SIGHT.format(table="supervision_case")}""",
        ),
        guard("supervision_item", seen=ITEM, added=f"by_unit_id = {ME}"),
        guard("supervision_instruction", seen=INSTRUCTION, added=f"by_unit_id = {ME}"),
        guard(
            "supervision_instruction_case",
            seen=f"{OF_INSTRUCTION} AND {IN_SIGHT.format(table='supervision_instruction_case')}",
        ),
        guard("supervision_instruction_text", seen=TEXT),
        guard("supervision_urging", seen=URGING, added=f"by_unit_id = {ME}"),
    ]
