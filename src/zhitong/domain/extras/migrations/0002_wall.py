"""The second wall of extras: who proposed it, who leads it, whose territory it is; what is published, everyone below."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

UNIT = "(SELECT organisations_viewer_unit())"
OFFICIALS = "(SELECT organisations_viewer_reach()) IN ('subtree', 'line')"
WITHIN = """region_id IN (SELECT within.region_id FROM organisations_region_within within
                          WHERE within.ancestor_id = (SELECT organisations_viewer_region()))"""
ABOVE = """region_id IN (SELECT within.ancestor_id FROM organisations_region_within within
                         WHERE within.region_id = (SELECT organisations_viewer_region()))"""
OWN = f"by_unit_id = {UNIT} OR lead_unit_id = {UNIT} OR ({OFFICIALS} AND {WITHIN})"
OF_A_SEEN_ONE = "EXISTS (SELECT 1 FROM extras_proposal parent WHERE parent.id = extras_score.proposal_id)"


class Migration(migrations.Migration):
    """Row policies of the extras room."""

    dependencies = [("extras", "0001_extras"), ("organisations", "0002_wall"), ("files", "0002_wall")]

    operations = [
        guard(
            "extras_proposal", seen=f"{OWN} OR ({OFFICIALS} AND published_on IS NOT NULL AND {ABOVE})",
            added=f"by_unit_id = {UNIT}", changed=OWN,
        ),
        guard("extras_score", seen=OF_A_SEEN_ONE, added=f"by_unit_id = {UNIT} AND {OF_A_SEEN_ONE}"),
        seen_through("extra", "extras_proposal"),
    ]
