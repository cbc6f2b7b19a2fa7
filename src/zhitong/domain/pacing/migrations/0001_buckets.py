"""Buckets, without a log: nobody misses them after a crash. Digests of who asks; the web role counts, the worker forgets."""

from django.db import migrations, models

from zhitong.kit.wall import grant


class Migration(migrations.Migration):
    """The room's only table."""

    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("full_at", models.DateTimeField()),
            ],
            options={"db_table": "pacing_bucket"},
        ),
        migrations.RunSQL("ALTER TABLE pacing_bucket SET UNLOGGED", migrations.RunSQL.noop),
        grant("pacing_bucket", web="SELECT, INSERT, UPDATE", worker="SELECT, DELETE"),
    ]
