"""Who sees other systems: the second wall of the room; and how a key is known before anybody is.

A client, its keys, subscriptions and deliveries: the client itself, and who sees the whole territory in which its unit lies.
Whether such a post administers, the acts ask. Keys are looked up, and calls counted, by a function of the owner's that tells
nothing but whom one key stands for.
"""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, guard

CLIENT = """
    person_id = (SELECT organisations_viewer_person())
    OR ((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = systems_client.region_id AND within.ancestor_id = (SELECT organisations_viewer_region())))
"""
OF_CLIENT = "EXISTS (SELECT 1 FROM systems_client client WHERE client.id = client_id)"
DELIVERY = "EXISTS (SELECT 1 FROM systems_subscription one WHERE one.id = subscription_id)"
KNOWN = f"""
CREATE FUNCTION systems_known_by(asked_digest text, asked_key uuid, moment timestamptz)
RETURNS TABLE (client uuid, key uuid, person uuid, post uuid, rights text[], addresses text[], rate text, calls integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE caller record; counted integer;
BEGIN
    SELECT known.id AS key, one.* INTO caller FROM systems_client_key known JOIN systems_client one ON one.id = known.client_id
    WHERE (known.digest = asked_digest OR known.id = asked_key) AND known.ended_at IS NULL AND known.expires_at > moment
      AND one.ended_at IS NULL;
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO systems_call_count AS count (client_id, minute, calls) VALUES (caller.id, date_trunc('minute', moment), 1)
    ON CONFLICT (client_id) DO UPDATE SET minute = excluded.minute,
        calls = CASE WHEN count.minute = excluded.minute THEN count.calls + 1 ELSE 1 END
    RETURNING count.calls INTO counted;
    UPDATE systems_client_key SET last_used_at = moment
    WHERE id = caller.key AND (last_used_at IS NULL OR last_used_at < moment - interval '1 minute');
    RETURN QUERY SELECT caller.id, caller.key, caller.person_id, caller.post_id, caller.rights::text[], caller.addresses::text[],
        caller.rate::text, counted;
END $$;
REVOKE ALL ON FUNCTION systems_known_by(text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION systems_known_by(text, uuid, timestamptz) TO {WEB}, {WORKER};
"""


class Migration(migrations.Migration):
    """Row policies of other systems."""

    dependencies = [("systems", "0001_systems"), ("organisations", "0002_wall")]

    operations = [
        guard("systems_client", seen=CLIENT),
        guard("systems_client_key", seen=OF_CLIENT),
        guard("systems_call_count", seen=OF_CLIENT),
        guard("systems_subscription", seen=OF_CLIENT),
        guard("systems_delivery", seen=DELIVERY),
        migrations.RunSQL(KNOWN, "DROP FUNCTION systems_known_by(text, uuid, timestamptz)"),
    ]
