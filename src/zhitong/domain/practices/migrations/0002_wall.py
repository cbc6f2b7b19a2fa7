"""The second wall of pieces: the unit that wrote it, its territory; what is published, the officials below. Wordings and
uses are for the first two alone; that a piece tells of a problem is known to who sees both."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

ME = "(SELECT organisations_viewer_unit())"
REACH = "(SELECT organisations_viewer_reach())"
WITHIN = """{table}.region_id IN (SELECT within.region_id FROM organisations_region_within within
                          WHERE within.ancestor_id = (SELECT organisations_viewer_region()))"""
ABOVE = """region_id IN (SELECT within.ancestor_id FROM organisations_region_within within
                         WHERE within.region_id = (SELECT organisations_viewer_region()))"""
INSIDE = f"{{table}}.by_unit_id = {ME} OR ({REACH} = 'subtree' AND {WITHIN})"
OWN = INSIDE.format(table="practices_piece")
OF_ONES_OWN = f"""EXISTS (SELECT 1 FROM practices_piece parent WHERE parent.id = {{table}}.piece_id
    AND ({INSIDE.format(table='parent')}))"""
OF_A_SEEN_PIECE = "EXISTS (SELECT 1 FROM practices_piece parent WHERE parent.id = practices_problem.piece_id)"
OF_A_SEEN_PROBLEM = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = practices_problem.problem_id)"


class Migration(migrations.Migration):
    """Row policies of the practices room."""

    dependencies = [
        ("practices", "0001_practices"), ("organisations", "0002_wall"), ("files", "0002_wall"), ("problems", "0002_wall"),
    ]

    operations = [
        guard(
            "practices_piece", seen=f"{OWN} OR ({REACH} IN ('subtree', 'line') AND state = 'published' AND {ABOVE})",
            added=f"by_unit_id = {ME}", changed=OWN,
        ),
        guard("practices_wording", seen=OF_ONES_OWN.format(table="practices_wording")),
        guard("practices_use", seen=OF_ONES_OWN.format(table="practices_use")),
        guard(
            "practices_problem", seen=f"{OF_A_SEEN_PIECE} AND {OF_A_SEEN_PROBLEM}",
            changed=OF_ONES_OWN.format(table="practices_problem"),
            added=f"{OF_ONES_OWN.format(table='practices_problem')} AND {OF_A_SEEN_PROBLEM}",
        ),
        seen_through("piece", "practices_piece"),
        seen_through("piece_use", "practices_use"),
    ]
