"""Facts of many things in one statement: each is opened by itself, so the second wall stands as for one."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER

FACTS_OF = """
CREATE FUNCTION history_facts_of(things uuid[], since timestamptz[], kinds text[])
RETURNS TABLE (thing_id uuid, id uuid, at timestamptz, kind text, unit_id uuid, body jsonb, words jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = public AS $$
DECLARE
    place integer;
BEGIN
    FOR place IN 1 .. coalesce(array_length(things, 1), 0) LOOP
        PERFORM set_config('zhitong.opened', things[place]::text, true);
        RETURN QUERY
            SELECT fact.thing_id, fact.id, fact.at, fact.kind, fact.unit_id, fact.body,
                   coalesce((SELECT jsonb_object_agg(detail.field, detail.text) FROM history_detail detail
                             WHERE detail.fact_id = fact.id), '{}'::jsonb)
            FROM history_fact fact
            WHERE fact.thing_id = things[place] AND fact.at >= since[place] AND fact.kind = ANY(kinds)
            ORDER BY fact.at, fact.id;
    END LOOP;
    PERFORM set_config('zhitong.opened', '', true);
END $$;
"""


class Migration(migrations.Migration):
    """Reading for papers that tell of many things."""

    dependencies = [("history", "0002_erasing")]

    operations = [
        migrations.RunSQL(FACTS_OF, "DROP FUNCTION history_facts_of(uuid[], timestamptz[], text[])"),
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION history_facts_of(uuid[], timestamptz[], text[]) FROM PUBLIC;"
            f"GRANT EXECUTE ON FUNCTION history_facts_of(uuid[], timestamptz[], text[]) TO {WEB}, {WORKER}",
            migrations.RunSQL.noop,
        ),
    ]
