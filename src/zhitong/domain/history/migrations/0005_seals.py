"""Seals over facts, and how each verifying of them went; read by auditors alone."""

import django.contrib.postgres.fields
from django.db import migrations, models

from zhitong.kit.ids import uuid7
from zhitong.kit.wall import grant, guard

AUDITED = "(SELECT current_setting('zhitong.audit', true)) = 'on'"
# Auditors look by time: an index of a few pages, which an act hardly notices.
BY_TIME = "CREATE INDEX history_fact_at ON history_fact USING brin (at)"
STANDS = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON history_seal FOR EACH ROW EXECUTE FUNCTION history_keep();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON history_seal FOR EACH STATEMENT EXECUTE FUNCTION history_keep();
"""


class Migration(migrations.Migration):
    """The chain."""

    dependencies = [("history", "0004_append_only")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("first_xid", models.BigIntegerField()),
                ("first_id", models.UUIDField()),
                ("last_xid", models.BigIntegerField()),
                ("last_id", models.UUIDField()),
                ("lowest_id", models.UUIDField()),
                ("highest_id", models.UUIDField()),
                ("count", models.PositiveIntegerField()),
                ("total", models.PositiveBigIntegerField()),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("algorithm", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                ("fact_ids", django.contrib.postgres.fields.ArrayField(models.UUIDField())),
                ("leaves", models.BinaryField()),
            ],
            options={
                "db_table": "history_seal",
                "indexes": [
                    models.Index(fields=["highest_id"], name="history_seal_highest"),
                    models.Index(fields=["at"], name="history_seal_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.UUIDField(default=uuid7, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("until", models.PositiveBigIntegerField()),
                ("last_number", models.PositiveBigIntegerField(default=0)),
                ("facts", models.PositiveBigIntegerField(default=0)),
                ("details", models.PositiveBigIntegerField(default=0)),
                ("faults", models.PositiveBigIntegerField(default=0)),
                ("named", models.JSONField(default=list)),
            ],
            options={"db_table": "history_check"},
        ),
        migrations.RunSQL(BY_TIME, "DROP INDEX history_fact_at"),
        migrations.RunSQL(
            STANDS, "DROP TRIGGER kept ON history_seal; DROP TRIGGER never_emptied ON history_seal"
        ),
        guard("history_seal", seen=AUDITED),
        guard("history_check", seen=AUDITED),
        grant("history_seal", web="SELECT", worker="SELECT, INSERT"),
        grant("history_check", web="SELECT", worker="SELECT, INSERT, UPDATE"),
    ]
