"""History is only appended to: not even the owner changes, removes or empties it without naming one of three purposes."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER

# The purposes: a text is erased (the digest stays), a fact moves into its month, facts are placed on another server.
# What takes none of them stands still; who may give a table orders can take the triggers off, and is found by verifying.
KEEP = """
CREATE FUNCTION history_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    RAISE EXCEPTION 'history is only appended to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION history_keep_fact() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'history_fact_other'
       AND current_setting('zhitong.history', true) = 'move' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('zhitong.history', true) = 'settle'
       AND to_jsonb(NEW) - 'xid' = to_jsonb(OLD) - 'xid' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is only appended to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION history_keep_detail() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('zhitong.history', true) = 'erase' AND NEW.text IS NULL
       AND to_jsonb(NEW) - 'text' = to_jsonb(OLD) - 'text' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is only appended to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON history_fact FOR EACH ROW EXECUTE FUNCTION history_keep_fact();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON history_detail FOR EACH ROW EXECUTE FUNCTION history_keep_detail();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON history_detail FOR EACH STATEMENT EXECUTE FUNCTION history_keep();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON history_fact FOR EACH STATEMENT EXECUTE FUNCTION history_keep();
DO $$
DECLARE
    month regclass;
BEGIN
    FOR month IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'history_fact'::regclass LOOP
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT'
                       ' EXECUTE FUNCTION history_keep()', month);
    END LOOP;
END $$;
"""
UNKEEP = """
DO $$
DECLARE
    month regclass;
BEGIN
    FOR month IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'history_fact'::regclass LOOP
        EXECUTE format('DROP TRIGGER never_emptied ON %s', month);
    END LOOP;
END $$;
DROP TRIGGER never_emptied ON history_fact; DROP TRIGGER never_emptied ON history_detail;
DROP TRIGGER kept ON history_fact; DROP TRIGGER kept ON history_detail;
DROP FUNCTION history_keep_detail(); DROP FUNCTION history_keep_fact(); DROP FUNCTION history_keep();
"""

OPEN_MONTHS = """
CREATE OR REPLACE FUNCTION history_open_months(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', first)::date;
    name text;
    begins timestamptz;
    ends timestamptz;
    opened integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('history_open_months'));
    PERFORM set_config('zhitong.history', 'move', true);
    WHILE month <= last LOOP
        name := 'history_fact_' || to_char(month, 'YYYYMM');
        IF to_regclass(name) IS NULL THEN
            begins := month::timestamp AT TIME ZONE 'Asia/Shanghai';
            ends := (month + interval '1 month')::timestamp AT TIME ZONE 'Asia/Shanghai';
            LOCK TABLE history_fact_other IN ACCESS EXCLUSIVE MODE;
            EXECUTE format('CREATE TABLE %I (LIKE history_fact INCLUDING DEFAULTS INCLUDING INDEXES)', name);
            EXECUTE format('REVOKE ALL ON %I FROM {web}, {worker}', name);
            EXECUTE format(
                'WITH late AS (DELETE FROM history_fact_other WHERE at >= $1 AND at < $2 RETURNING *)'
                ' INSERT INTO %I SELECT * FROM late', name) USING begins, ends;
            EXECUTE format('ALTER TABLE history_fact ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                           name, begins, ends);
            EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT'
                           ' EXECUTE FUNCTION history_keep()', name);
            opened := opened + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    PERFORM set_config('zhitong.history', '', true);
    RETURN opened;
END $$;
"""

# Says which texts it took out, so that the act leaves a fact of it. Only the thing that is open is touched.
ERASE = """
DROP FUNCTION history_erase_details(uuid);
CREATE FUNCTION history_erase_details(thing uuid) RETURNS TABLE (fact_id uuid, field text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM set_config('zhitong.history', 'erase', true);
    RETURN QUERY
        UPDATE history_detail detail SET text = NULL
        WHERE detail.thing_id = thing AND detail.text IS NOT NULL
          AND thing = nullif(current_setting('zhitong.opened', true), '')::uuid
        RETURNING detail.fact_id, detail.field;
    PERFORM set_config('zhitong.history', '', true);
END $$;
"""


# Texts erased before erasing left a fact: one fact names them all, at the time of the last that was told.
ERASED_BEFORE = """
INSERT INTO history_fact (id, at, kind, thing_kind, thing_id, via, body, digests)
SELECT uuid7(), (SELECT max(at) FROM history_fact), 'history.erased', 'erasure', uuid7(), 'work',
       jsonb_build_object('details', jsonb_agg(jsonb_build_array(fact_id, field) ORDER BY fact_id, field)), '{}'
FROM history_detail WHERE text IS NULL HAVING count(*) > 0
"""


class Migration(migrations.Migration):
    """What was told stands."""

    dependencies = [("history", "0003_words_of_many")]

    operations = [
        migrations.RunSQL(KEEP, UNKEEP),
        migrations.RunSQL(ERASED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN_MONTHS.format(web=WEB, worker=WORKER), migrations.RunSQL.noop),
        migrations.RunSQL(
            f"{ERASE} REVOKE ALL ON FUNCTION history_erase_details(uuid) FROM PUBLIC;"
            f"GRANT EXECUTE ON FUNCTION history_erase_details(uuid) TO {WEB}, {WORKER}",
            migrations.RunSQL.noop,
        ),
    ]
