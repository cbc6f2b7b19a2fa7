"""Facts by month, details apart, outcomes, followers; and the SQL twin of the id maker."""

import uuid

from django.db import migrations, models

from zhitong.kit.ids import uuid7
from zhitong.kit.wall import WEB, WORKER, grant, guard

UUID7 = """
CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                FROM 1 FOR 6),
            52, 1), 53, 1),
        'hex')::uuid
$$;
"""

# A partition is reached through its parent alone: asked by its own name it would answer past the wall. A month opened
# late takes over the facts that waited in the partition for all other months.
FACTS = """
CREATE TABLE history_fact (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind text NOT NULL,
    thing_kind text NOT NULL,
    thing_id uuid NOT NULL,
    person_id uuid,
    post_id uuid,
    unit_id uuid,
    via text NOT NULL,
    request_id uuid,
    body jsonb NOT NULL,
    digests jsonb NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX history_fact_order ON history_fact (xid, id);
CREATE INDEX history_fact_thing ON history_fact (thing_id, at);
CREATE TABLE history_fact_other PARTITION OF history_fact DEFAULT;

CREATE TABLE history_detail (
    fact_id uuid NOT NULL,
    field text NOT NULL,
    thing_id uuid NOT NULL,
    salt bytea NOT NULL,
    text text,
    PRIMARY KEY (fact_id, field)
);
CREATE INDEX history_detail_thing ON history_detail (thing_id);

CREATE FUNCTION history_open_months(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', first)::date;
    name text;
    begins timestamptz;
    ends timestamptz;
    opened integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('history_open_months'));
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
            opened := opened + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN opened;
END $$;
"""

OPENED = "thing_id = (SELECT nullif(current_setting('zhitong.opened', true), '')::uuid)"


class Migration(migrations.Migration):
    """The first migration of the house."""

    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(UUID7, "DROP FUNCTION uuid7()"),
        migrations.RunSQL(
            FACTS.format(web=WEB, worker=WORKER),
            "DROP TABLE history_fact; DROP TABLE history_detail; DROP FUNCTION history_open_months(date, date)",
        ),
        guard("history_fact", seen=OPENED, added="true"),
        guard("history_detail", seen=OPENED, added="true"),
        grant("history_fact", web="SELECT, INSERT", worker="SELECT, INSERT"),
        grant("history_detail", web="SELECT, INSERT", worker="SELECT, INSERT"),
        migrations.RunSQL(f"REVOKE ALL ON history_fact_other FROM {WEB}, {WORKER}", migrations.RunSQL.noop),
        migrations.RunSQL(
            f"REVOKE ALL ON FUNCTION history_open_months(date, date) FROM PUBLIC, {WEB};"
            f"GRANT EXECUTE ON FUNCTION history_open_months(date, date) TO {WORKER}",
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="FactRow",
            fields=[("id", models.UUIDField(default=uuid7, primary_key=True, serialize=False))],
            options={"db_table": "history_fact", "managed": False},
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("pk", models.CompositePrimaryKey("actor", "key", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("actor", models.UUIDField()),
                ("key", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("answer", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "history_outcome",
                "indexes": [models.Index(fields=["at"], name="history_outcome_at")],
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("xid", models.BigIntegerField(default=0)),
                ("fact_id", models.UUIDField(default=uuid.UUID(int=0))),
            ],
            options={"db_table": "history_follower"},
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.UUIDField(default=uuid7, primary_key=True, serialize=False)),
                ("follower", models.CharField(max_length=60)),
                ("fact_id", models.UUIDField()),
                ("tries", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                ("set_aside", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "history_set_aside",
                "constraints": [
                    models.UniqueConstraint(fields=("follower", "fact_id"), name="history_set_aside_once"),
                ],
            },
        ),
    ]
