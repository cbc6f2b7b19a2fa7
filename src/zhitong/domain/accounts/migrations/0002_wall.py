"""Who sees accounts: the second wall of the room.

A password's hash: its person alone. A second factor, its recovery codes and a sitting: its person, and who sees the whole
territory in which he holds a post, to reset them. A count of tries: whoever names its key while knocking, and likewise who
sees the territory; where nobody has the login, the root alone. Whether such a post administers, the acts ask.
"""

from django.db import migrations

from zhitong.kit.wall import guard

BELOW = """
CREATE FUNCTION accounts_below(someone uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
        SELECT 1 FROM organisations_tenure tenure
        JOIN organisations_post post ON post.id = tenure.post_id
        JOIN organisations_unit unit ON unit.id = post.unit_id
        JOIN organisations_region_within within ON within.region_id = unit.region_id
        WHERE tenure.person_id = someone AND within.ancestor_id = (SELECT organisations_viewer_region()))
$$;
CREATE FUNCTION accounts_at_root() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (SELECT organisations_viewer_reach()) = 'subtree' AND NOT EXISTS (
        SELECT 1 FROM organisations_region_edge edge
        WHERE edge.region_id = (SELECT organisations_viewer_region()) AND edge.relation = 'reporting' AND edge.until IS NULL)
$$;
"""
OWN = "person_id = (SELECT organisations_viewer_person())"
OWN_OR_BELOW = f"{OWN} OR accounts_below(person_id)"
KNOCK = """
    key = ANY(string_to_array(current_setting('zhitong.knock', true), ','))
    OR (person_id IS NULL AND (SELECT accounts_at_root())) OR accounts_below(person_id)
"""


class Migration(migrations.Migration):
    """Row policies of accounts."""

    dependencies = [("accounts", "0001_accounts"), ("organisations", "0002_wall")]

    operations = [
        migrations.RunSQL(BELOW, "DROP FUNCTION accounts_below(uuid); DROP FUNCTION accounts_at_root()"),
        guard("accounts_own_password", seen=OWN),
        guard("accounts_factor", seen=OWN_OR_BELOW, added=OWN),
        guard("accounts_recovery_code", seen=OWN_OR_BELOW, added=OWN),
        guard("accounts_sitting", seen=OWN_OR_BELOW, added=OWN),
        guard("accounts_knock", seen=KNOCK, added="key = ANY(string_to_array(current_setting('zhitong.knock', true), ','))"),
    ]
