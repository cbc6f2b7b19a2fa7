"""Months taken out of the table, and what of each seal they took."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from zhitong.kit.ids import uuid7
from zhitong.kit.wall import grant, guard

AUDITED = "(SELECT current_setting('zhitong.audit', true)) = 'on'"
STANDS = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION history_keep();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION history_keep();
"""
TABLES = ("history_archive", "history_archived_places")
KEEP_DETAIL = """
CREATE OR REPLACE FUNCTION history_keep_detail() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('zhitong.history', true) = 'erase' AND NEW.text IS NULL
       AND to_jsonb(NEW) - 'text' = to_jsonb(OLD) - 'text' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND current_setting('zhitong.history', true) = 'archive' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'history is only appended to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    """The texts of a month go with its facts: a fourth purpose."""

    dependencies = [("history", "0005_seals")]

    operations = [
        migrations.CreateModel(
            name="Archive",
            fields=[
                ("id", models.UUIDField(default=uuid7, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("facts", models.PositiveBigIntegerField()),
                ("file", models.CharField(max_length=80)),
                ("file_digest", models.CharField(max_length=64)),
                ("members", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "history_archive"},
        ),
        migrations.CreateModel(
            name="ArchivedPlaces",
            fields=[
                ("pk", models.CompositePrimaryKey("number", "archive_id", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("number", models.PositiveBigIntegerField()),
                ("places", django.contrib.postgres.fields.ArrayField(models.PositiveIntegerField())),
                ("archive", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                              to="history.archive")),
            ],
            options={"db_table": "history_archived_places"},
        ),
        *(migrations.RunSQL(STANDS.format(table=table), migrations.RunSQL.noop) for table in TABLES),
        *(guard(table, seen=AUDITED) for table in TABLES),
        *(grant(table, web="SELECT", worker="SELECT") for table in TABLES),
        migrations.RunSQL(KEEP_DETAIL, migrations.RunSQL.noop),
    ]
