"""Who sees messaging: the second wall of the room.

Addresses and habits: their person alone. What waits and what went out: the person it is for, and, of failures to mend, who
sees the whole territory of the unit. It is written by the worker; who may see a message may have it tried again. What a
region allows and how channels stand is no secret; allowances are set by who sees the whole region.
"""

from django.db import migrations

from zhitong.kit.wall import guard

OWN = "person_id = (SELECT organisations_viewer_person())"
ABOVE = """(SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
    SELECT 1 FROM organisations_unit unit JOIN organisations_region_within within ON within.region_id = unit.region_id
    WHERE unit.id = unit_id AND within.ancestor_id = (SELECT organisations_viewer_region()))"""
OF_REGION = """(SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
    SELECT 1 FROM organisations_region_within within
    WHERE within.region_id = messaging_allowance.region_id AND within.ancestor_id = (SELECT organisations_viewer_region()))"""


class Migration(migrations.Migration):
    """Row policies of messaging."""

    dependencies = [("messaging", "0001_messaging"), ("organisations", "0002_wall")]

    operations = [
        guard("messaging_address", seen=OWN),
        guard("messaging_habit", seen=OWN),
        guard("messaging_item", seen=OWN, added="false"),
        guard("messaging_message", seen=f"{OWN} OR ({ABOVE.replace('unit_id', 'messaging_message.unit_id')})", added="false"),
        guard("messaging_allowance", seen="true", added=OF_REGION, changed=OF_REGION),
        guard("messaging_channel_standing", seen="true", added="false", changed="false"),
    ]
