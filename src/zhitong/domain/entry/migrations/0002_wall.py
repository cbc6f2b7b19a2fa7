"""Who sees invitations, codes and presences: the second wall of the room.

An invitation: the unit it is for, the office that made it, the offices above, and whoever holds its link in his hand.
A code: whoever names its phone. A presence: the unit itself and bodies that see its region; it is written by a
function of the owner, for whoever signs in is nobody yet.
"""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, guard

VIEWER = "(SELECT organisations_viewer_unit())"
INVITATION = f"""
    unit_id = {VIEWER} OR made_in_id = {VIEWER}
    OR id = nullif(current_setting('zhitong.invitation', true), '')::uuid
    OR ((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = entry_invitation.region_id
          AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
CODE = "phone = nullif(current_setting('zhitong.phone', true), '')"
PRESENCE = f"""
    unit_id = {VIEWER}
    OR ((SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND EXISTS (
        SELECT 1 FROM organisations_unit unit
        JOIN organisations_region_within within ON within.region_id = unit.region_id
        WHERE unit.id = entry_presence.unit_id AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
NOTE = f"""
CREATE FUNCTION entry_note_presence(person uuid, today date) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ INSERT INTO entry_presence (id, unit_id, month)
       SELECT DISTINCT ON (post.unit_id) uuid7(), post.unit_id, to_char(today, 'YYYY-MM')
       FROM organisations_tenure tenure JOIN organisations_post post ON post.id = tenure.post_id
       WHERE tenure.person_id = person AND tenure.since <= today AND (tenure.until IS NULL OR tenure.until >= today)
       ON CONFLICT (unit_id, month) DO NOTHING $$;
REVOKE ALL ON FUNCTION entry_note_presence(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION entry_note_presence(uuid, date) TO {WEB}, {WORKER};
"""


class Migration(migrations.Migration):
    """Row policies of entry."""

    dependencies = [("entry", "0001_entry"), ("organisations", "0002_wall")]

    operations = [
        guard("entry_invitation", seen=INVITATION),
        guard("entry_phone_code", seen=CODE),
        guard("entry_presence", seen=PRESENCE, added="false", changed="false"),
        migrations.RunSQL(NOTE, "DROP FUNCTION entry_note_presence(uuid, date)"),
    ]
