"""The second wall of the rhythm: the office, who is called, whose the decisions are, the offices above."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

ME = "(SELECT organisations_viewer_unit())"
ALL_BELOW = "(SELECT organisations_viewer_reach()) = 'subtree'"
WITHIN = """EXISTS (SELECT 1 FROM organisations_region_within within
    WHERE within.region_id = {table}.{column} AND within.ancestor_id = (SELECT organisations_viewer_region()))"""

CYCLE = f"""
    office_id = {ME} OR ((state <> 'dropped' OR called_at IS NOT NULL) AND {ME} = ANY (called))
    OR ({ALL_BELOW} AND {WITHIN.format(table='rhythm_cycle', column='region_id')})
"""
# A row of a cycle is reached through the cycle, whose own wall holds inside the look at it.
OF_A_SEEN = "EXISTS (SELECT 1 FROM rhythm_cycle parent WHERE parent.id = {table}.cycle_id AND ({and_}))"
ABOVE = f"({ALL_BELOW} AND {WITHIN.format(table='parent', column='region_id')})"
TOLD = f"parent.state NOT IN ('preparing', 'dropped') AND {ME} = ANY (parent.called)"
FIGURE = OF_A_SEEN.format(table="rhythm_figure", and_=f"parent.office_id = {ME} OR {ABOVE} OR ({TOLD})")
OWN_FIGURE = OF_A_SEEN.format(table="rhythm_figure", and_=f"parent.office_id = {ME}")
AGENDA = f"""
    office_id = {ME} OR by_unit_id = {ME} OR {OF_A_SEEN.format(table='rhythm_agenda_item', and_=ABOVE)}
    OR (state = 'on' AND (unit_id = {ME} OR source IN ('asked', 'own'))
        AND {OF_A_SEEN.format(table='rhythm_agenda_item', and_=TOLD)})
"""
ASKED = f"""
    office_id = {ME} OR (by_unit_id = {ME} AND source = 'asked' AND state = 'asked'
        AND {OF_A_SEEN.format(table='rhythm_agenda_item', and_=f"{ME} = ANY (parent.called)")})
"""
DECISION = f"""
    office_id = {ME} OR (state <> 'draft' AND (
        unit_id = {ME} OR {ME} = ANY (joint)
        OR ({ALL_BELOW} AND {WITHIN.format(table='rhythm_decision', column='unit_region_id')})
        OR {OF_A_SEEN.format(table='rhythm_decision', and_='true')}))
"""
CARRYING_OUT = f"office_id = {ME} OR (state <> 'draft' AND (unit_id = {ME} OR {ME} = ANY (joint)))"


class Migration(migrations.Migration):
    """Row policies of the rhythm room."""

    dependencies = [
        ("rhythm", "0001_rhythm"), ("organisations", "0002_wall"), ("files", "0002_wall"), ("inspections", "0002_wall"),
    ]

    operations = [
        guard("rhythm_cycle", seen=CYCLE, added=f"office_id = {ME}", changed=f"office_id = {ME}"),
        guard("rhythm_figure", seen=FIGURE, added=OWN_FIGURE, changed=OWN_FIGURE),
        guard("rhythm_agenda_item", seen=AGENDA, added=ASKED, changed=f"office_id = {ME}"),
        guard("rhythm_decision", seen=DECISION, added=f"office_id = {ME}", changed=CARRYING_OUT),
        guard("rhythm_habit", seen=f"office_id = {ME}"),
        seen_through("decision", "rhythm_decision"),
    ]
